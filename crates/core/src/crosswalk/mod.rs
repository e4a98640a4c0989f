//! Which provisions of other frameworks each guideline supports, as data: one file per framework in `crosswalk/`.
//!
//! Ids and versions only, no text of any framework. What was not verified stays in the data, for somebody to verify,
//! and can't be reached from outside this module.

mod file;
mod load;

pub use file::Relation;
pub use load::{Crosswalk, Framework, Reference, crosswalk};
