//! Safetensors: a length, a JSON header, and the tensors' bytes, which the header must cover exactly.
//!
//! The bytes of the tensors are no code to any loader and are not read.

mod entry;
mod format;
mod header;
mod json;
mod metadata;
mod names;
mod rules;
mod tensors;
#[cfg(test)]
mod tests;

pub(crate) use format::Safetensors;
pub(crate) use rules::RULES;
