//! Configuration as a tree whose nodes know their lines: one form for YAML, JSON and TOML.

mod json;
mod toml;
mod tree;
mod yaml;

pub use json::json;
pub use toml::toml;
pub use tree::{Documents, Node, Pair, Value};
pub use yaml::yaml;
