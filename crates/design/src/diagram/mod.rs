//! The data-flow diagram of a system: elements in their trust zones, flows, where strangers' content passes, and how many threats end where.

mod dot;
mod mermaid;
mod view;

pub use dot::dot;
pub use mermaid::mermaid;
pub use view::{Arrow, Box, Form, View};
