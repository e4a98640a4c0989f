//! gensim: what words, topics and phrases a model has. Its classes also save and load themselves, in files that who calls them names;
//! classes that open a file named in their state, as `Similarity` and corpora do, are not here.

use super::{CONSTANT, OBJECT, Row, TYPE, VALUE, row};

/// Why the classes are harmless: each of their bases was read too.
const MODEL: &str =
    "numbers and words: no method opens what the state names, nor calls more than functions held";

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("gensim.corpora.dictionary", OBJECT, &["Dictionary"], MODEL),
    row("gensim.models.atmodel", OBJECT, &["AuthorTopicModel", "AuthorTopicState"], MODEL),
    row("gensim.models.bm25model", OBJECT, &["AtireBM25Model", "LuceneBM25Model", "OkapiBM25Model"], MODEL),
    row("gensim.models.doc2vec", OBJECT, &["Doc2Vec", "Doc2VecTrainables", "Doc2VecVocab"], MODEL),
    row("gensim.models.doc2vec", TYPE, &["Doctag", "TaggedDocument"], "a tuple with names"),
    row("gensim.models.fasttext", OBJECT, &["FastText", "FastTextKeyedVectors", "FastTextTrainables", "FastTextVocab"], MODEL),
    row("gensim.models.hdpmodel", OBJECT, &["HdpModel"], MODEL),
    row("gensim.models.keyedvectors", OBJECT, &["Doc2VecKeyedVectors", "EuclideanKeyedVectors", "FastTextKeyedVectors", "KeyedVectors", "Vocab", "Word2VecKeyedVectors"], MODEL),
    row("gensim.models.ldamodel", OBJECT, &["LdaModel", "LdaState"], MODEL),
    row("gensim.models.ldamulticore", OBJECT, &["LdaMulticore"], MODEL),
    row("gensim.models.ldaseqmodel", OBJECT, &["LdaPost", "LdaSeqModel", "sslm"], MODEL),
    row("gensim.models.logentropy_model", OBJECT, &["LogEntropyModel"], MODEL),
    row("gensim.models.lsimodel", OBJECT, &["LsiModel", "Projection"], MODEL),
    row("gensim.models.nmf", OBJECT, &["Nmf"], MODEL),
    row("gensim.models.normmodel", OBJECT, &["NormModel"], MODEL),
    row("gensim.models.phrases", OBJECT, &["FrozenPhrases", "Phraser", "Phrases"], MODEL),
    row("gensim.models.phrases", VALUE, &["npmi_scorer", "original_scorer"], "numbers of numbers, only held"),
    row("gensim.models.rpmodel", OBJECT, &["RpModel"], MODEL),
    row("gensim.models.tfidfmodel", OBJECT, &["TfidfModel"], MODEL),
    row("gensim.models.tfidfmodel", VALUE, &["df2idf"], "numbers of numbers, only held"),
    row("gensim.models.word2vec", OBJECT, &["Word2Vec", "Word2VecTrainables", "Word2VecVocab"], MODEL),
    row("gensim.models.word2vec", TYPE, &["Heapitem"], "a tuple with names"),
    row("gensim.similarities.docsim", OBJECT, &["MatrixSimilarity", "SparseMatrixSimilarity"], MODEL),
    row("gensim.utils", VALUE, &["identity"], "gives its argument back, only held"),
    // It stands under `load` of each model: a value that raises an error when called.
    row("gensim.utils", CONSTANT, &["call_on_class_only"], "raises an error, whatever it is given"),
];
