//! TensorFlow: graphs of operations, alone, with what is needed to run them, and as models that are folders.
//!
//! Source: `tensorflow/core/framework/graph.proto`, `protobuf/meta_graph.proto` and `protobuf/saved_model.proto` of TensorFlow.

mod acts;
mod flow;
mod format;
mod frames;
mod graph;
mod node;
mod open;
#[path = "generated/operations.rs"]
mod operations;
mod policy;
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
mod text;
mod variables;
mod visit;

pub(crate) use format::{TensorFlow, node};
pub(crate) use policy::{Use, operation};
pub(crate) use rules::RULES;
