//! Archives and compression that formats share, bounded.

mod codec;
mod inflate;
mod source;
mod tar;
mod unpacked;
pub mod zip;

pub use codec::Codec;
pub use inflate::{End, Inflated, checksum, gunzip, inflate, unzlib};
pub use tar::is_tar;
pub use unpacked::Unpacked;
