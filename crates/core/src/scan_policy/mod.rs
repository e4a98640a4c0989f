//! The policy file of `coseal scan`: what somebody allows beyond the built-in policy, and what they forbid.
//!
//! A verdict is a function of bytes, of the path or address that they are at, and of this. An allowance never reaches what is
//! known to be dangerous.

mod pattern;
mod read;
mod types;

pub use pattern::matches;
pub use read::{MAX_POLICY, NotAPolicy, read};
pub use types::{Allowance, Formats, Limits, Origins, ScanPolicy, Usage, schema};
