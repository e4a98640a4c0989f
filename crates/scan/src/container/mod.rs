//! Archives and compression that formats share, bounded.

mod inflate;
mod tar;
pub mod zip;

pub use inflate::{End, Inflated, checksum, gunzip, inflate, unzlib};
pub use tar::is_tar;
