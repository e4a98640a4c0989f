//! Archives and compression that formats share, bounded.

mod inflate;
pub mod zip;

pub use inflate::{End, Inflated, checksum, gunzip, inflate, unzlib};
