//! Words and texts: tokenizers of Keras, stemmers of NLTK, scores of documents.

use super::{CONSTANT, MAPPING, OBJECT, Row, Use, row};

/// The stemmers of NLTK's `SnowballStemmer`, which it makes by a language's name, and holds a method of.
const STEM: &[&str] = &[
    "ArabicStemmer.stem",
    "DanishStemmer.stem",
    "DutchStemmer.stem",
    "EnglishStemmer.stem",
    "FinnishStemmer.stem",
    "FrenchStemmer.stem",
    "GermanStemmer.stem",
    "HungarianStemmer.stem",
    "ItalianStemmer.stem",
    "NorwegianStemmer.stem",
    "PorterStemmer.stem",
    "PortugueseStemmer.stem",
    "RomanianStemmer.stem",
    "RussianStemmer.stem",
    "SpanishStemmer.stem",
    "SwedishStemmer.stem",
];
/// Why Keras's tokenizer is harmless.
const TOKENIZER: &str = "counts of words: splits texts by its filters, or by the function held";

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("keras.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("keras.src.legacy.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("keras.src.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("keras_preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("tensorflow.python.keras.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("tf_keras.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("tf_keras.src.preprocessing.text", OBJECT, &["Tokenizer"], TOKENIZER),
    row("nltk.classify.maxent", OBJECT, &["MaxentClassifier"], "weights of features: files are written only where it is trained by a program, on who calls that"),
    row("nltk.lm.smoothing", OBJECT, &["AbsoluteDiscounting", "KneserNey", "WittenBell"], "counts of words"),
    row("nltk.probability", MAPPING, &["ConditionalFreqDist", "FreqDist"], "counts"),
    row("nltk.stem.snowball", OBJECT, &["SnowballStemmer"], "its stemmer is made where it is, not where it is loaded"),
    row("nltk.stem.snowball", CONSTANT, STEM, "a word's stem: looks at its own tables only"),
    row("nltk.tag.perceptron", OBJECT, &["AveragedPerceptron", "PerceptronTagger"], "weights of features: files are named by who calls it"),
    row("nltk.tokenize.punkt", OBJECT, &["PunktSentenceTokenizer"], "counts and patterns: parameters are written to files on who calls that"),
    row("rank_bm25", OBJECT, &["BM25", "BM25L", "BM25Okapi", "BM25Plus"], "counts of words: its processes run the tokenizer held"),
    row("regex._regex_core", Use { call: Some(super::Arguments::Literal), ..super::VALUE }, &["RegexFlag"], "an enumeration"),
    row("sacremoses.normalize", OBJECT, &["MosesPunctNormalizer"], "patterns"),
    row("sacremoses.tokenize", OBJECT, &["MosesDetokenizer", "MosesTokenizer"], "patterns: the lists of words are read where it is made"),
    row("sacremoses.truecase", OBJECT, &["MosesTruecaser"], "counts of words: files are named by who calls it"),
    row("vaderSentiment.vaderSentiment", OBJECT, &["SentimentIntensityAnalyzer"], "weights of words: its lexicon is read where it is made"),
];
