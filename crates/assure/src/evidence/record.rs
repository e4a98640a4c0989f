//! What stands in a record: in-toto statements with predicates of our own.
//!
//! A record holds no personal data, secret, host or user name: things are named by the ids of the system file and by
//! paths below its folder, findings by their digest, people by salted commitments.

use std::collections::BTreeMap;

use coseal_core::{digest::Digest, outcome::State};
use coseal_sign::{
    statement::{Statement, Subject},
    tlog::leaf_hash,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Predicate types begin with this.
const BASE: &str = "https://github.com/coseal/coseal/evidence";

/// When something was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end: age counts from here.
    pub to: Timestamp,
}

/// What is so long that only its beginning is written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The first ones.
    pub first: Vec<String>,
    /// How many there are in all.
    pub count: u64,
    /// Digest over the canonical form of them all.
    pub digest: Digest,
}

/// A decision that was in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Digest of its file.
    pub digest: Digest,
    /// Digest of its signature, if that is a right one: what a key signed before it was revoked can be told by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Digest>,
    /// Salted commitment to the key that signed it: SHA-256 over salt and fingerprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Digest>,
}

/// One run: which outcomes follow it in the log, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Run {
    /// Version of this predicate; 1.
    pub schema: u32,
    /// The system.
    pub system: String,
    /// The environment it was seen in; none for what a folder shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// The day the run is about.
    pub as_of: Date,
    /// When it was observed.
    pub observed: Period,
    /// When it was recorded.
    pub received: Timestamp,
    /// Version of coseal.
    pub coseal: String,
    /// Regular files seen.
    pub files: u64,
    /// What was in scope and not looked at.
    pub gaps: Listed,
    /// The checks whose outcomes follow, one entry each, in this order.
    pub outcomes: Vec<String>,
    /// The verdict on each guideline.
    pub verdicts: BTreeMap<String, State>,
    /// The decisions that were in the folder.
    pub decisions: Vec<Decided>,
}

/// The outcome of one check in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeRecord {
    /// Version of this predicate; 1.
    pub schema: u32,
    /// The record of the run: its leaf hash.
    pub run: Digest,
    /// Its place in the run, counted from 0.
    pub place: u64,
    /// The system.
    pub system: String,
    /// The environment it was seen in; none for what a folder shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// The check.
    pub check: String,
    /// The answer.
    pub state: State,
    /// Why.
    pub reason: String,
    /// What the answer is about.
    pub about: Listed,
    /// Digest over all facts that it rests on.
    pub binding: Digest,
    /// Digest over those of them that stand in the system file.
    pub declared: Digest,
    /// When it was observed.
    pub observed: Period,
    /// When it was recorded.
    pub received: Timestamp,
    /// Things looked at in full.
    pub looked_at: u64,
    /// Things in scope that were not.
    pub gaps: Listed,
    /// How many findings there are.
    pub findings: u64,
    /// Digest over the canonical form of the findings.
    pub findings_digest: Digest,
}

/// When runs are expected: a run that is missing or withheld shows as a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Schedule {
    /// Version of this predicate; 1.
    pub schema: u32,
    /// The system.
    pub system: String,
    /// The environment; none for what a folder shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Longest time between two runs, in hours; 0 ends the schedule.
    pub every_hours: u64,
    /// When it was set.
    pub received: Timestamp,
}

/// A key event, as its signers signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyRecord {
    /// Version of this predicate; 1.
    pub schema: u32,
    /// The system.
    pub system: String,
    /// The text that was signed: TOML.
    pub event: String,
    /// Armored SSH signatures under it.
    pub signatures: Vec<String>,
    /// When it was recorded.
    pub received: Timestamp,
}

/// What a record is.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A run.
    Run(Run),
    /// The outcome of a check.
    Outcome(OutcomeRecord),
    /// A schedule.
    Schedule(Schedule),
    /// A key event.
    Key(KeyRecord),
    /// A statement of another kind, as by another tool.
    Other {
        /// Its predicate type.
        predicate_type: String,
    },
}

impl Record {
    /// What a statement says.
    ///
    /// # Errors
    /// If it is of a kind of ours and not of its shape.
    pub fn read(statement: &Statement) -> Result<Self, String> {
        let kind = statement.predicate_type.strip_prefix(BASE);
        match kind {
            Some("/run/v1") => Ok(Self::Run(shaped(statement)?)),
            Some("/outcome/v1") => Ok(Self::Outcome(shaped(statement)?)),
            Some("/schedule/v1") => Ok(Self::Schedule(shaped(statement)?)),
            Some("/key/v1") => Ok(Self::Key(shaped(statement)?)),
            Some(_) => Err("its kind is not known to this version".into()),
            None => Ok(Self::Other { predicate_type: statement.predicate_type.clone() }),
        }
    }

    /// The statement that says it, about these subjects.
    #[must_use]
    pub fn statement(&self, subjects: Vec<Subject>) -> Statement {
        fn value<T: Serialize>(predicate: &T) -> serde_json::Value {
            serde_json::to_value(predicate).unwrap_or_default()
        }
        let (kind, predicate) = match self {
            Self::Run(run) => ("run", value(run)),
            Self::Outcome(outcome) => ("outcome", value(outcome)),
            Self::Schedule(schedule) => ("schedule", value(schedule)),
            Self::Key(key) => ("key", value(key)),
            Self::Other { predicate_type } => {
                return Statement {
                    subjects,
                    predicate_type: predicate_type.clone(),
                    predicate: serde_json::Value::Null,
                };
            }
        };
        Statement { subjects, predicate_type: format!("{BASE}/{kind}/v1"), predicate }
    }

    /// One word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Run(_) => "run",
            Self::Outcome(_) => "outcome",
            Self::Schedule(_) => "schedule",
            Self::Key(_) => "key",
            Self::Other { .. } => "other",
        }
    }

    /// The system it is about, where it says.
    #[must_use]
    pub fn system(&self) -> Option<&str> {
        match self {
            Self::Run(run) => Some(&run.system),
            Self::Outcome(outcome) => Some(&outcome.system),
            Self::Schedule(schedule) => Some(&schedule.system),
            Self::Key(key) => Some(&key.system),
            Self::Other { .. } => None,
        }
    }

    /// Whether it was observed before it was recorded, and the beginning of the observation before its end.
    #[must_use]
    pub fn is_in_time(&self) -> bool {
        match self {
            Self::Run(Run { observed, received, .. })
            | Self::Outcome(OutcomeRecord { observed, received, .. }) => {
                observed.from <= observed.to && observed.to <= *received
            }
            _ => true,
        }
    }

    /// When it was recorded, where it says.
    #[must_use]
    pub const fn received(&self) -> Option<Timestamp> {
        match self {
            Self::Run(run) => Some(run.received),
            Self::Outcome(outcome) => Some(outcome.received),
            Self::Schedule(schedule) => Some(schedule.received),
            Self::Key(key) => Some(key.received),
            Self::Other { .. } => None,
        }
    }
}

/// The id of a record, from the bytes of its envelope: its leaf hash.
#[must_use]
pub fn record_id(envelope: &[u8]) -> Digest {
    Digest::new(leaf_hash(envelope))
}

fn shaped<T: DeserializeOwned>(statement: &Statement) -> Result<T, String> {
    T::deserialize(&statement.predicate).map_err(|error| error.to_string())
}
