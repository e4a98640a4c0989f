//! Models of `CatBoost` in its own format: a `FlatBuffer` of trees, and parts behind it.
//!
//! Source: the schemas in the repository of `CatBoost`, `catboost/libs/model/flatbuffers`, and `catboost/libs/model/model.cpp`.

mod core;
mod format;
mod json;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use format::CATBOOST;
pub(crate) use json::JSON;
pub(crate) use rules::RULES;
