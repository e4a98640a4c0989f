//! What code, prompts and configuration show of an AI system: secrets where none belong, hosted models in
//! use, texts that reach a model. Nothing that is read is executed.

pub mod checks;
pub mod compare;
pub mod discover;
pub mod draft;
pub mod hosted;
mod names;
pub mod secrets;
