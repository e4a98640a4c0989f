//! What is known of libraries: which calls show which assets. Tables, to be added to.

pub(crate) mod addresses;
pub(crate) mod agents;
pub(crate) mod datasets;
pub(crate) mod defaults;
pub(crate) mod hosted;
pub(crate) mod hosts;
pub(crate) mod hub;
pub(crate) mod libraries;
mod library_models;
pub(crate) mod model_defaults;
mod model_files;
pub(crate) mod models;
pub(crate) mod pattern;
pub(crate) mod prompts;
pub(crate) mod services;
