//! Model files, found and judged by their content.
//!
//! This crate reads hostile bytes. It executes nothing, has no network and no unsafe code, never panics,
//! and every loop over input has a limit. What it says of a file is a function of the file's bytes, of its
//! suffix where a format has no magic number, and of the version of the policy — of nothing else.
//!
//! - [`inspect`] says what loading a file would do: an [`Artefact`](coseal_core::fact::Artefact), the fact
//!   that checks judge.
//! - [`artefact`] holds one parser for each format, [`container`] the archives they share, `encoding` the ways
//!   to write values that they share, [`bytes`] the bounded positioned reads below all of them, and [`hash`] the digests.
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::unreachable,
        clippy::panic_in_result_fn
    )
)]

pub mod artefact;
pub mod asset;
pub mod bytes;
pub mod checks;
pub mod container;
pub mod convert;
pub mod dataset;
pub mod digests;
mod encoding;
pub mod hash;
pub mod measure;
pub mod parallel;
mod published;
pub mod register;
pub mod survey;

pub use artefact::{
    Called, FORMAT_IDS, inspect, inspect_anyway, inspect_anyway_in, inspect_anyway_under,
    inspect_in, inspect_under,
};
