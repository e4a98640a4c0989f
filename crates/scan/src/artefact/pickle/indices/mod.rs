//! Arrays that compiled code takes indices from without a look: what they ask for must be there.
//!
//! What an array must hold is known once the object is given its state. The arrays are read after the stream, from
//! front to back, so that what is packed is unpacked once more at most.

mod content;
mod facts;
mod frames;
mod nodes;
mod number;
mod pass;
mod search;
mod sparse;
#[cfg(test)]
mod tests;
mod trees;
mod watch;

pub(super) use facts::{Facts, Held, joined};
pub(super) use pass::Task;
