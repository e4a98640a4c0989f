//! An assessment with its evidence, in the formats of others. Pure: the same input gives the same bytes.
//!
//! Other formats know fewer states than coseal. Nothing is made better than it is on the way:
//!
//! | check is | CycloneDX declarations | OSCAL finding | Gemara |
//! |---|---|---|---|
//! | pass | claim | satisfied (pass) | Passed |
//! | partial | claim with counter-evidence | not-satisfied (other) | Needs Review |
//! | fail | counter-claim | not-satisfied (fail), risk open | Failed |
//! | waived | counter-claim | not-satisfied (other), risk deviation-approved | Failed |
//! | stale | no claim | not-satisfied (other) | Needs Review |
//! | unknown | no claim | not-satisfied (other) | Unknown; Not Run if the check is not built |
//! | not-applicable | no claim | no finding | Not Applicable |
//!
//! The state itself, in our word, stands beside each translation. No document holds personal data, an absolute path
//! or the name of a host: an assessment has none, and nothing else is read.

mod bundle;
mod cyclonedx;
mod gemara;
mod identity;
mod input;
mod oscal;
mod tally;
mod written;

#[cfg(test)]
mod tests;

pub use bundle::{NotABundle, bundle};
pub use cyclonedx::{Spec, cyclonedx};
pub use gemara::gemara;
pub use identity::{Version, uuid};
pub use input::{EvidenceItem, Exported};
pub use oscal::oscal;
