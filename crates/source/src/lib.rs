//! What code, prompts and configuration show of an AI system: secrets where none belong, hosted models in
//! use, texts that reach a model. Nothing that is read is executed.

pub mod advisory;
pub mod checks;
mod code;
pub mod compare;
pub mod deploy;
pub mod discover;
pub mod draft;
pub mod hosted;
pub mod hosted_family;
pub mod manifest;
mod names;
pub mod node;
pub mod pointer;
pub mod secrets;
mod settings;
