//! The places that copies of evidence logs are pushed to and pulled from: a folder, a git repository.

mod durable;
mod folder;
mod git;
mod guarded;
mod open;
#[cfg(test)]
mod tests;

pub use open::open;
