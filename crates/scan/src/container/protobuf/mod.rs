//! Protocol buffers as they lie in a file: a walk over messages that is told their fields by tables, and decodes no more than it
//! must.
//!
//! Source: <https://protobuf.dev/programming-guides/encoding/>. A walk goes through every message once, in the order of the
//! file. Contents that no loader interprets are passed over and never read.

mod brief;
mod schema;
mod visitor;
mod walk;
mod window;

pub use brief::brief;
pub use schema::{Field, Kind, Schema, many, message, one};
pub use visitor::{Trouble, Value, Visitor};
pub use walk::{Found, begins_as, walk};
