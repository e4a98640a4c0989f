//! Models of TensorFlow Lite: a `FlatBuffer` of operators, tensors and buffers, and perhaps a zip archive behind it.
//!
//! Source: the schema in the repository of TensorFlow, `tensorflow/lite/schema/schema.fbs`.

mod attached;
mod flex;
mod format;
mod graph;
mod operators;
mod rules;
mod sizes;
mod tensor;
#[cfg(test)]
mod tests;

pub(crate) use format::TFLITE;
pub(crate) use rules::RULES;
