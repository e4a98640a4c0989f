//! Programs of ExecuTorch: a `FlatBuffer` of plans, and segments behind it.
//!
//! Source: the schema in the repository of ExecuTorch, `schema/program.fbs` and `schema/extended_header.h`.

mod format;
mod program;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use format::EXECUTORCH;
pub(crate) use rules::RULES;
