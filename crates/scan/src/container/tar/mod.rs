//! Tar archives, in the dialects that loaders read and as they differ on them: the oldest, `ustar`, GNU's and pax.

mod checksum;
mod extended;
mod header;
mod member;
#[cfg(test)]
mod tests;
mod walk;

pub use checksum::is_tar;
pub use member::{Archive, Entry, Kind};
pub use walk::open;
