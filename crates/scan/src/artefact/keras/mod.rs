//! Keras: what a model's description in JSON makes its loader do, in an archive, in HDF5, or in a file of its own.
//!
//! Source: `keras/src/saving/serialization_lib.py` of Keras 3, and `saving/legacy` of Keras 2.

mod archive;
mod classes;
mod config;
mod document;
mod functions;
mod names;
mod rules;
mod sizes;
#[cfg(test)]
mod tests;

pub(crate) use archive::KerasZip;
pub(crate) use config::{Part, part_of, text};
pub(crate) use document::{KerasJson, LIMITS};
pub(crate) use rules::RULES;
