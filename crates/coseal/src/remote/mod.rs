//! The places that copies of evidence logs are pushed to and pulled from: a folder, a git repository, a bucket; and files at
//! addresses, of which parts are read.

#[cfg(feature = "bucket")]
mod bucket;
mod durable;
mod folder;
mod git;
mod guarded;
mod open;
pub(crate) mod range;
#[cfg(test)]
mod tests;

pub use open::open;
