//! What a run says of the evidence store.

use coseal_assure::{
    evidence::{Evidence, JudgedLog, Missing},
    gate::{Profile, lacks},
};
use coseal_core::fact::Facts;

use crate::record::{NotWritten, Written};

/// What the evidence store holds for a system, and what this run added.
#[derive(Debug, Default)]
pub struct OnRecord {
    /// Its logs.
    pub logs: Vec<LogLine>,
    /// Logs that were seen before and are not here; no trust root says that they have to be.
    pub absent: Vec<String>,
    /// How many logs of strangers were not read, since there are too many.
    pub left_out: usize,
    /// Whether a trust root was given.
    pub has_root: bool,
    /// What this run recorded, if it was asked to.
    pub wrote: Option<Result<Written, NotWritten>>,
}

/// One log.
#[derive(Debug)]
pub struct LogLine {
    /// Its origin.
    pub origin: String,
    /// How many records it has; or what is wrong with it.
    pub state: Result<u64, String>,
    /// Whether the trust root names its key.
    pub known: bool,
    /// The first record that no longer counts, if its key has ended.
    pub ended: Option<u64>,
    /// Witnesses that cosigned its checkpoint.
    pub witnesses: Vec<String>,
    /// Expected runs that are not there.
    pub missing: Vec<Missing>,
}

impl OnRecord {
    /// What a store holds.
    #[must_use]
    pub fn new(
        evidence: &Evidence,
        has_root: bool,
        wrote: Option<Result<Written, NotWritten>>,
    ) -> Self {
        let line =
            |log: &JudgedLog| LogLine { ended: evidence.keyring.end_of(&log.origin), ..line(log) };
        Self {
            logs: evidence.logs.iter().map(line).collect(),
            absent: evidence.absent.iter().map(ToString::to_string).collect(),
            left_out: evidence.left_out,
            has_root,
            wrote,
        }
    }

    /// Nothing: there is no system that anything could be on record for.
    #[must_use]
    pub fn without_system(asked_to_record: bool) -> Self {
        Self { wrote: asked_to_record.then_some(Err(NotWritten::NoSystem)), ..Self::default() }
    }

    /// What a run lacks before a gate can open, whatever its checks say.
    #[must_use]
    pub fn lacks(&self, profile: Profile, facts: &Facts) -> Vec<&'static str> {
        let declares = facts.system.as_ref().is_some_and(|s| !s.system.environments.is_empty());
        let missing = self.logs.iter().any(|log| log.known && !log.missing.is_empty());
        lacks(profile, self.has_root, facts.environment.is_some() || !declares, missing)
    }

    /// Whether a log is not intact. With a trust root, one that its keys write: of others nothing counts anyhow, and
    /// whoever can put a log beside ours must not be able to shut us out.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.logs.iter().any(|log| log.state.is_err() && (log.known || !self.has_root))
    }
}

impl LogLine {
    /// What is known of who wrote it.
    #[must_use]
    pub const fn standing(&self, has_root: bool) -> &'static str {
        match (&self.state, has_root, self.known) {
            (Err(_), ..) => "not intact, nothing of it counts",
            (Ok(_), true, true) => "verified",
            (Ok(_), true, false) => "consistent, its key is not in the trust root",
            (Ok(_), false, _) => "consistent, signer unproven",
        }
    }
}

fn line(log: &JudgedLog) -> LogLine {
    LogLine {
        origin: log.origin.to_string(),
        state: match &log.content {
            Ok(content) => Ok(content.head.checkpoint.size()),
            Err(error) => Err(error.to_string()),
        },
        known: log.known,
        ended: None,
        witnesses: log.witnesses.iter().map(|(name, _)| name.clone()).collect(),
        missing: log.missing.clone(),
    }
}
