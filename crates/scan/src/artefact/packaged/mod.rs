//! Models in folders that tools for serving and tracking keep, each read at the file that says how it is loaded.
//!
//! Source: the documentation of MLflow (`MLmodel`, `MLproject`), BentoML (`model.yaml`, `bento.yaml`), spaCy (`config.cfg`) and
//! Triton (`config.pbtxt`), and what their loaders import.

mod bento;
mod code;
mod mlflow;
mod objects;
mod pbtxt;
mod registered;
mod rules;
mod spacy;
#[cfg(test)]
mod tests;
mod triton;
mod yolo;

pub(crate) use bento::{BENTO, BENTO_MODEL};
pub(crate) use mlflow::{MLFLOW, PROJECT};
pub(crate) use objects::{OBJECTS, SETTINGS};
pub(crate) use rules::RULES;
pub(crate) use spacy::SPACY;
pub(crate) use triton::{TRITON, TRITON_CODE};
