//! The system file, `coseal.toml`: what an AI system is, in the words of those who run it.
//!
//! Text goes in, a [`System`] that can be trusted to be whole comes out, or every problem at once:
//! [`read`] parses, `shape` compares with the types, `validate` resolves references and looks at sense.

mod location;
mod problem;
mod read;
mod resolver;
pub(crate) mod shape;
mod spans;
mod syntax;
mod types;
mod unconfirmed;
mod validate;
mod words;

pub use location::{Location, NotALocation, Scheme};
pub use problem::{Problem, Weight};
pub use read::{FILE_NAME, SystemFile, read};
pub(crate) use read::{Parsed, parse, settle};
pub use resolver::{RESOLVER_FILE_NAME, Resolver};
pub use shape::schema;
pub use spans::Spans;
pub use types::*;
pub use unconfirmed::{Question, TODO, Unconfirmed};
pub use validate::{ACTORS, Reference, To, references};
pub(crate) use words::words;
pub use words::*;
