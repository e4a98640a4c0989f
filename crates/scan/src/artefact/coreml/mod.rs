//! Core ML: models of Apple's, in one file or in a package with weights beside it.
//!
//! Source: the messages in `mlmodel/format/*.proto` of coremltools, and its package of a manifest and items.

mod format;
#[path = "generated/operations.rs"]
mod operations;
mod package;
mod paths;
mod rules;
#[path = "generated/schema.rs"]
mod schema;
#[cfg(test)]
mod tests;
mod visit;

pub(crate) use format::CoreMl;
pub(crate) use package::Package;
pub(crate) use rules::RULES;
