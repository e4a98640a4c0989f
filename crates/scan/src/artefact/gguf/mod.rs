//! GGUF, versions 1 to 3, in either byte order: pairs of keys and values, a list of tensors, and their bytes.
//!
//! Source: the specification in the repository of ggml, `docs/gguf.md`, and what its readers refuse.

mod format;
mod kinds;
mod pairs;
mod reader;
mod rules;
mod tensors;
#[cfg(test)]
mod tests;

pub(crate) use format::Gguf;
pub(crate) use rules::RULES;
