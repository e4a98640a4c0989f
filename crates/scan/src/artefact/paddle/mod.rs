//! PaddlePaddle: programs of operations, and the parameters beside them.
//!
//! Source: `paddle/fluid/framework/framework.proto` and `dense_tensor_serialize.cc` of Paddle.

mod format;
#[path = "generated/operations.rs"]
mod operations;
mod parameters;
mod rules;
#[path = "generated/schema.rs"]
mod schema;
mod sizes;
#[cfg(test)]
mod tests;
mod visit;

pub(crate) use format::Program;
pub(crate) use parameters::Parameters;
pub(crate) use rules::RULES;
