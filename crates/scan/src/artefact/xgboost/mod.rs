//! Models of `XGBoost`: JSON, the same as UBJSON, and the older binary form.
//!
//! Source: the JSON schema in the repository of `XGBoost`, `doc/model.schema`, and its readers, `src/common/json.cc` and `src/learner.cc`.

mod binary;
mod dump;
mod format;
mod hidden;
mod json;
mod keys;
mod rules;
mod shape;
#[cfg(test)]
mod tests;
mod tree;
mod ubjson;

pub(crate) use dump::DUMP;
pub(crate) use format::{BINARY, JSON, UBJSON};
pub(crate) use rules::RULES;
