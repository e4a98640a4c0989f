//! The binary: it gathers facts, lets the engine judge them, and prints.
//!
//! It holds no logic of its own. It is a library too, so that the generators can read the command line and the list of checks.

pub mod book;
mod cache;
pub mod cli;
mod clock;
mod confine;
pub mod inspect;
pub mod on_record;
pub mod places;
pub mod progress;
pub mod record;
pub mod registry;
pub mod remote;
pub mod render;
mod salts;
