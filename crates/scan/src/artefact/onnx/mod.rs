//! ONNX: graphs of operators, and the tensors that they keep, in the file or beside it.
//!
//! Source: `onnx/onnx.proto`, `docs/IR.md` and `docs/ExternalData.md` of ONNX.

mod acts;
mod calls;
mod format;
#[path = "generated/operators.rs"]
mod operators;
mod outside;
mod rules;
#[path = "generated/schema.rs"]
mod schema;
mod session;
mod sizes;
#[cfg(test)]
mod sizes_tests;
mod tensor;
#[cfg(test)]
mod tests;
mod visit;

pub(crate) use format::Onnx;
pub(crate) use rules::RULES;
