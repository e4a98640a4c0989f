//! Datasets, and stores of vectors kept as files: found by what files hold, how they end and where they lie.
//!
//! Rows are not judged here. A file is looked at no further than its first bytes.

mod files;
mod form;
mod found;
mod place;

pub use found::{Found, datasets, searched};
