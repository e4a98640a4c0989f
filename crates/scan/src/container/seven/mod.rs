//! 7z archives: a header at the end that describes streams and what is in them (`7zFormat.txt` of the LZMA SDK).

mod fields;
mod files;
mod open;
mod streams;
#[cfg(test)]
mod tests;

pub use files::Member;
pub use open::{Archive, MAGIC, open};
pub use streams::{Content, Method, Stream};
