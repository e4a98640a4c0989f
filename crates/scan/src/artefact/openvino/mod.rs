//! Models of OpenVINO: layers as XML, their numbers in a file beside it.
//!
//! Source: the opsets in the repository of OpenVINO, and its reader, `src/frontends/ir`.

mod constant;
mod format;
mod layer;
mod rules;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use format::OPENVINO;
pub(crate) use rules::RULES;
