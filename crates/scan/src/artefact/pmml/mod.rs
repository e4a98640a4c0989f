//! PMML: models as XML, with functions by name.
//!
//! Source: the schema of PMML 4.4 by the Data Mining Group, and its list of functions.

mod elements;
mod format;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use format::PMML;
pub(crate) use rules::RULES;
