//! What configuration runs: containers, charts, manifests, images, workflows and start scripts; and what they show of AI.

mod application;
pub(crate) mod command;
mod compose;
mod container;
pub(crate) mod deployed;
mod dockerfile;
mod fetch;
mod helm;
mod instructions;
mod kubernetes;
mod lines;
pub(crate) mod model_name;
mod modelfile;
pub(crate) mod product;
mod resource;
mod route;
pub(crate) mod shell;
pub(crate) mod told;
mod variable;
mod workflow;

pub(crate) use container::place_of_data;
pub use route::{found, in_file, searched};
