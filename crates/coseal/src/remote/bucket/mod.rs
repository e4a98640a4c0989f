//! An S3-compatible bucket: requests signed by Signature Version 4, checkpoints replaced by conditional writes.

mod client;
mod listing;
mod place;
mod settings;
mod signature;
#[cfg(test)]
mod tests;

pub(super) use client::{agent, signed_part};
pub(super) use place::Bucket;
pub(super) use settings::Settings;
