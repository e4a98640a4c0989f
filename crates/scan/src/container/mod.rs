//! Archives and compression that formats share, bounded.

mod inflate;
pub mod zip;

pub use inflate::{End, Inflated, gunzip, inflate, unzlib};
