//! Tar archives, in the dialects that loaders read and as they differ on them: the oldest, `ustar`, GNU's and pax.

mod checksum;
mod extended;
mod header;
#[cfg(test)]
mod tests;
mod walk;

pub use checksum::is_tar;
pub use walk::{Archive, Entry, Kind, open};
