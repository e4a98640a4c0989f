//! What spaCy and its own packages register: functions, parts of pipelines, and languages (spaCy 3.8, without versions).

/// Functions that build parts of a pipeline from numbers and words.
#[rustfmt::skip]
pub(super) const FUNCTIONS: &[&str] = &[
    "spacy-curated-transformers.AlbertTransformer", "spacy-curated-transformers.BertTransformer", "spacy-curated-transformers.BertWordpieceEncoder",
    "spacy-curated-transformers.ByteBpeEncoder", "spacy-curated-transformers.CamembertSentencepieceEncoder",
    "spacy-curated-transformers.CamembertTransformer", "spacy-curated-transformers.CharEncoder",
    "spacy-curated-transformers.LastTransformerLayerListener", "spacy-curated-transformers.RobertaTransformer",
    "spacy-curated-transformers.ScalarWeight", "spacy-curated-transformers.ScalarWeightingListener",
    "spacy-curated-transformers.SentencepieceEncoder", "spacy-curated-transformers.TransformerLayersListener",
    "spacy-curated-transformers.WithStridedSpans", "spacy-curated-transformers.WordpieceEncoder",
    "spacy-curated-transformers.XlmrSentencepieceEncoder", "spacy-curated-transformers.XlmrTransformer", "spacy-experimental.Coref",
    "spacy-experimental.SpanResolver", "spacy-experimental.char_ner_tokenizer_scorer", "spacy-experimental.char_pretokenizer",
    "spacy-experimental.coref_scorer", "spacy-experimental.span_resolver_scorer", "spacy-experimental.tagger_char_tokenizer_scorer",
    "spacy-legacy.CharacterEmbed", "spacy-legacy.EntityLinker", "spacy-legacy.HashEmbedCNN", "spacy-legacy.MaxoutWindowEncoder",
    "spacy-legacy.MishWindowEncoder", "spacy-legacy.MultiHashEmbed", "spacy-legacy.StaticVectors", "spacy-legacy.Tagger", "spacy-legacy.TextCatBOW",
    "spacy-legacy.TextCatCNN", "spacy-legacy.TextCatEnsemble", "spacy-legacy.Tok2Vec", "spacy-legacy.TransitionBasedParser",
    "spacy-legacy.textcat_multilabel_scorer", "spacy-legacy.textcat_scorer", "spacy-transformers.Tok2VecTransformer",
    "spacy-transformers.TransformerListener", "spacy-transformers.TransformerModel", "spacy-transformers.doc_spans",
    "spacy-transformers.null_annotation_setter", "spacy-transformers.sent_spans", "spacy-transformers.strided_spans", "spacy.CandidateBatchGenerator",
    "spacy.CandidateGenerator", "spacy.CharEmbed", "spacy.CharacterEmbed", "spacy.EmptyKB", "spacy.EntityLinker", "spacy.FeatureExtractor",
    "spacy.HashEmbedCNN", "spacy.LinearLogistic", "spacy.LowercaseCandidateBatchGenerator", "spacy.LowercaseCandidateGenerator",
    "spacy.MaxoutWindowEncoder", "spacy.MishWindowEncoder", "spacy.MultiFeatureHashEmbed", "spacy.MultiHashEmbed", "spacy.MultiTask",
    "spacy.ParserLower", "spacy.ParserModel", "spacy.PrecomputableAffine", "spacy.PretrainCharacters", "spacy.PretrainVectors",
    "spacy.SpanCategorizer", "spacy.SpanFinder", "spacy.StaticVectors", "spacy.Tagger", "spacy.TextCatBOW", "spacy.TextCatCNN",
    "spacy.TextCatEnsemble", "spacy.TextCatLowData", "spacy.TextCatParametricAttention", "spacy.TextCatReduce", "spacy.Tok2Vec",
    "spacy.Tok2VecListener", "spacy.Tokenizer", "spacy.TorchBiLSTMEncoder", "spacy.TransitionBasedParser", "spacy.TransitionModel", "spacy.Vectors",
    "spacy.attribute_ruler_scorer", "spacy.batch_by_padded", "spacy.batch_by_sequence", "spacy.batch_by_words", "spacy.combined_augmenter",
    "spacy.entity_linker_scorer", "spacy.entity_ruler_scorer", "spacy.extract_ngrams", "spacy.extract_spans", "spacy.first_longest_spans_filter",
    "spacy.ja.JapaneseTokenizer", "spacy.ko.KoreanTokenizer", "spacy.lemmatizer_scorer", "spacy.levenshtein_compare", "spacy.lower_case",
    "spacy.mean_max_reducer", "spacy.models_and_pipes_with_nvtx_range", "spacy.models_with_nvtx_range", "spacy.morphologizer_scorer",
    "spacy.ner_scorer", "spacy.ngram_range_suggester", "spacy.ngram_suggester", "spacy.orth_variants", "spacy.overlapping_labeled_spans_scorer",
    "spacy.parser_scorer", "spacy.preset_spans_suggester", "spacy.prioritize_existing_ents_filter", "spacy.prioritize_new_ents_filter",
    "spacy.senter_scorer", "spacy.span_finder_scorer", "spacy.spancat_scorer", "spacy.tagger_scorer", "spacy.textcat_multilabel_scorer",
    "spacy.textcat_scorer", "spacy.th.ThaiTokenizer", "spacy.vi.VietnameseTokenizer", "spacy.zh.ChineseTokenizer", "Adam", "BiLSTM",
    "CategoricalCrossentropy", "CosineDistance", "Dropout", "Embed", "Gelu", "HashEmbed", "L2Distance", "LSTM", "LayerNorm", "Linear", "Logistic",
    "Maxout", "Mish", "MultiSoftmax", "ParametricAttention", "PyTorchLSTM", "RAdam", "Relu", "SGD", "SequenceCategoricalCrossentropy", "Softmax",
    "SparseLinear", "Swish", "chain", "compounding", "concatenate", "constant", "constant_then", "cyclic_triangular", "decaying", "expand_window",
    "glorot_uniform_init", "linear", "normal_init", "plateau", "reduce_first", "reduce_last", "reduce_max", "reduce_mean", "reduce_mean_max",
    "reduce_sum", "residual", "slanted_triangular", "uniform_init", "warmup_linear", "with_array", "zero_init",
];
/// Functions that read files, load packages or log: they belong to training.
#[rustfmt::skip]
pub(super) const OF_TRAINING: &[&str] = &[
    "spacy-curated-transformers.BertWordpieceEncoderLoader", "spacy-curated-transformers.ByteBPELoader",
    "spacy-curated-transformers.CharEncoderLoader", "spacy-curated-transformers.HFPieceEncoderLoader",
    "spacy-curated-transformers.HFTransformerEncoderLoader", "spacy-curated-transformers.SentencepieceLoader",
    "spacy-curated-transformers.WordpieceLoader", "spacy-legacy.ConsoleLogger", "spacy-legacy.WandbLogger", "spacy.ChainLogger",
    "spacy.ClearMLLogger", "spacy.ConsoleLogger", "spacy.Corpus", "spacy.CupyLogger", "spacy.JsonlCorpus", "spacy.KBFromFile", "spacy.LookupLogger",
    "spacy.LookupsDataLoader", "spacy.MLflowLogger", "spacy.PlainTextCorpus", "spacy.PyTorchLogger", "spacy.WandbLogger",
    "spacy.copy_from_base_model", "spacy.read_labels",
];
/// Parts of pipelines that the library has itself.
#[rustfmt::skip]
pub(super) const FACTORIES: &[&str] = &[
    "attribute_ruler", "beam_ner", "beam_parser", "curated_transformer", "curated_transformers", "doc_cleaner", "entity_linker", "entity_ruler", "experimental_char_ner_tokenizer",
    "future_entity_ruler", "lemmatizer", "merge_entities", "merge_noun_chunks", "merge_subtokens", "morphologizer", "ner", "nn_labeller", "parser", "sentencizer", "senter",
    "span_cleaner", "span_finder", "span_ruler", "spancat", "spancat_singlelabel", "tagger", "textcat", "textcat_multilabel", "tok2vec", "token_splitter",
    "trainable_lemmatizer", "transformer", "edit_tree_lemmatizer", "coref", "span_resolver", "experimental_coref", "experimental_edit_tree_lemmatizer",
];
/// Languages.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[&str] = &[
    "af", "am", "ar", "az", "bg", "bn", "bo", "ca", "cs", "da", "de", "dsb", "el", "en", "es", "et", "eu", "fa", "fi", "fo", "fr", "ga", "gd", "grc",
    "gu", "he", "hi", "hr", "hsb", "ht", "hu", "hy", "id", "is", "it", "ja", "kmr", "kn", "ko", "ky", "la", "lb", "lg", "lij", "lt", "lv", "mk", "ml",
    "mr", "ms", "nb", "ne", "nl", "nn", "pl", "pt", "ro", "ru", "sa", "si", "sk", "sl", "sq", "sr", "sv", "ta", "te", "th", "ti", "tl", "tn", "tr",
    "tt", "uk", "ur", "vi", "xx", "yo", "zh",
];
