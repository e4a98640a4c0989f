//! Vocabularies and vectors of words: small flat formats that hold texts and numbers, and nothing that runs.
//!
//! Source: `sentencepiece_model.proto` of SentencePiece, `src/fasttext.cc` and `src/dictionary.cc` of fastText, `word2vec.c`, and
//! `lib/crf/src/crf1d_model.c` of CRFsuite.

mod crfsuite;
mod fasttext;
mod rules;
mod schema;
mod sentencepiece;
#[cfg(test)]
mod tests;
mod word2vec;

pub(crate) use crfsuite::CRFSUITE;
pub(crate) use fasttext::FASTTEXT;
pub(crate) use rules::RULES;
pub(crate) use sentencepiece::SENTENCEPIECE;
pub(crate) use word2vec::WORD2VEC;
