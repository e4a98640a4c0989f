//! What is exported.

use std::collections::BTreeMap;

use coseal_core::{catalogue::Guideline, digest::Digest, outcome::State, plain::plain};
use coseal_sign::sha256;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::{Assessment, Judged};

/// An assessment, and the evidence that stands behind it.
#[derive(Clone, Debug)]
pub struct Exported<'a> {
    /// What was concluded.
    pub assessment: &'a Assessment,
    /// Id of the system.
    pub system: &'a str,
    /// What the system is for.
    pub purpose: &'a str,
    /// Version of coseal.
    pub tool_version: &'a str,
    /// When the assessment was made.
    pub made: Timestamp,
    /// The record that each check's outcome rests on, by the id of the check; none for what was not recorded.
    pub evidence: BTreeMap<String, EvidenceItem>,
}

/// A signed record of one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceItem {
    /// Its id: the leaf hash of the envelope in its log.
    pub record: Digest,
    /// When it was recorded.
    pub received: Timestamp,
    /// End of what was observed; age counts from it.
    pub observed_until: Timestamp,
    /// Name of the environment that was observed.
    pub environment: Option<String>,
    /// Grade A to D, where a trust root gives one.
    pub grade: Option<char>,
    /// The DSSE envelope, byte for byte as it is in the log.
    pub envelope: Vec<u8>,
    /// Proof that it is in its writer's log: the text of a C2SP tlog-proof.
    pub proof: Option<String>,
}

impl EvidenceItem {
    /// The environment's name, fit to show; none if nothing is left of it.
    pub(super) fn environment(&self) -> Option<String> {
        let name = plain(self.environment.as_deref()?.trim(), 100);
        (!name.is_empty()).then_some(name)
    }
}

impl Exported<'_> {
    /// What the system is for, fit to show.
    pub(super) fn purpose(&self) -> String {
        plain(self.purpose.trim(), 400)
    }

    /// The record behind a check.
    pub(super) fn record(&self, judged: &Judged) -> Option<&EvidenceItem> {
        self.evidence.get(&judged.entry.id)
    }

    /// The checks under a guideline, in the order of the catalogue.
    pub(super) fn under<'a>(&'a self, guideline: &'a str) -> impl Iterator<Item = &'a Judged> {
        self.assessment.checks.iter().filter(move |judged| judged.guideline.id == guideline)
    }

    /// The guidelines with at least one check, in order.
    pub(super) fn guidelines(&self) -> Vec<&'static Guideline> {
        let mut all: Vec<_> =
            self.assessment.checks.iter().map(|judged| judged.guideline).collect();
        all.dedup_by_key(|guideline| &guideline.id);
        all
    }

    /// When what a check answers from was last seen: the day that it names, else the end of what was recorded.
    pub(super) fn seen(&self, judged: &Judged) -> Timestamp {
        let day = judged.outcome.observed.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
        let recorded = self.record(judged).map(|item| item.observed_until);
        day.map(|day| day.timestamp()).or(recorded).unwrap_or(self.made)
    }

    /// When the answer to a check is too old; none if there is none, or if it holds for the exact facts it is bound to.
    pub(super) fn expires(&self, judged: &Judged) -> Option<Timestamp> {
        let state = judged.outcome.state;
        if !state.is_judged() && state != State::Stale {
            return None;
        }
        // What was seen on a day holds to the end of the last one.
        let last = i64::from(judged.outcome.observed.is_some());
        let days = i64::from(judged.entry.max_age_days?) + last;
        self.seen(judged).checked_add(SignedDuration::from_hours(24 * days)).ok()
    }

    /// Digest over all that a document can say, so that documents that differ have ids that differ.
    pub(super) fn digest(&self) -> Digest {
        let mut text =
            format!("{:?}{:?}{:?}{}", self.system, self.purpose, self.tool_version, self.made);
        for judged in &self.assessment.checks {
            let outcome = (&judged.outcome, &judged.findings, judged.binding, judged.implemented);
            text.push_str(&format!("{:?}{outcome:?}", judged.entry.id));
        }
        text.push_str(&format!("{:?}{:?}", self.assessment.verdicts, self.evidence));
        sha256(text.as_bytes())
    }
}
