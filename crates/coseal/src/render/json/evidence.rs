//! What is on record.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    on_record::{LogLine, OnRecord},
    record::Written,
};

/// The evidence store, for this system.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct EvidenceReport {
    /// Whether a trust root was given: without one no signer is proven.
    trust_root: bool,
    /// The logs.
    logs: Vec<LogReport>,
    /// What this run recorded; null if it recorded nothing.
    recorded: Option<RecordedReport>,
    /// Why it recorded nothing, though it was asked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_recorded: Option<&'static str>,
}

/// One log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct LogReport {
    /// Its origin: system id and key id.
    origin: String,
    /// How many records it has; null if it is not intact.
    records: Option<u64>,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// Whether the trust root names its key.
    trusted: bool,
    /// Witnesses that cosigned its checkpoint.
    witnesses: Vec<String>,
    /// Expected runs that are not there.
    missing_runs: usize,
}

/// Records that were added.
#[derive(Debug, Serialize, JsonSchema)]
struct RecordedReport {
    /// Origin of the log.
    origin: String,
    /// Index of the first.
    first: u64,
    /// How many.
    count: u64,
}

impl From<&OnRecord> for EvidenceReport {
    fn from(on_record: &OnRecord) -> Self {
        let log = |log: &LogLine| LogReport {
            origin: log.origin.clone(),
            records: log.state.as_ref().ok().copied(),
            error: log.state.as_ref().err().cloned(),
            trusted: log.known,
            witnesses: log.witnesses.clone(),
            missing_runs: log.missing.len(),
        };
        let (recorded, not_recorded) = match &on_record.wrote {
            None => (None, None),
            Some(Err(why)) => (None, Some(why.words())),
            Some(Ok(written)) => {
                let Written { origin, first, count } = written.clone();
                (Some(RecordedReport { origin, first, count }), None)
            }
        };
        Self {
            trust_root: on_record.has_root,
            logs: on_record.logs.iter().map(log).collect(),
            recorded,
            not_recorded,
        }
    }
}
