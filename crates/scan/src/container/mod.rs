//! Archives and compression that formats share, bounded.

mod codec;
mod end;
pub mod protobuf;
pub mod seven;
mod source;
pub mod tar;
mod unpacked;
pub mod zip;

pub use codec::Codec;
pub use end::{End, checksum};
pub use tar::is_tar;
pub use unpacked::Unpacked;
