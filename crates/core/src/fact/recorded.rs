//! Outcomes that were recorded before, read back from the evidence store.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{digest::Digest, grade::Grade, outcome::State};

/// An outcome on record. Records are read back by the engine, which sets them against what it sees itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Recorded {
    /// End of the observation: age counts from it. First, so that records sort by it.
    pub observed: Timestamp,
    /// When it was recorded.
    pub received: Timestamp,
    /// Its id: the leaf hash of its entry in the log.
    pub record: Digest,
    /// The log it is in.
    pub origin: String,
    /// Its place in the log.
    pub index: u64,
    /// The check.
    pub check: String,
    /// What it answered.
    pub state: State,
    /// Why.
    pub reason: String,
    /// What it is about, with the digest that each had, where it had one.
    pub subjects: BTreeMap<String, Option<Digest>>,
    /// Digest over all facts that it rests on.
    pub binding: Digest,
    /// Digest over those of them that stand in the system file.
    pub declared: Digest,
    /// The environment it was seen in; none for what a folder shows.
    pub environment: Option<String>,
    /// What its signature is worth.
    pub grade: Grade,
}
