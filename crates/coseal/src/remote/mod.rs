//! The places that copies of evidence logs are pushed to and pulled from: a folder, a git repository, a bucket.

#[cfg(feature = "bucket")]
mod bucket;
mod durable;
mod folder;
mod git;
mod guarded;
mod open;
#[cfg(test)]
mod tests;

pub use open::open;
