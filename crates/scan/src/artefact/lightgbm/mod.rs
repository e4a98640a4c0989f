//! Models of `LightGBM`: lines of text, read by their grammar.
//!
//! Source: what the library writes and reads, `src/boosting/gbdt_model_text.cpp` and `src/io/tree.cpp`.

mod dump;
mod format;
mod lines;
mod rules;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use dump::DUMP;
pub(crate) use format::LIGHTGBM;
pub(crate) use rules::RULES;
