//! From what a run concludes to the records of it: every outcome, never a chosen few.

use std::collections::BTreeMap;

use coseal_core::{
    digest::Digest,
    fact::{Facts, Measured},
    outcome::Coverage,
    system::System,
};
use coseal_sign::{
    canonical,
    dsse::Envelope,
    key::Ed25519Key,
    sha256,
    statement::{PAYLOAD_TYPE, Subject},
    tlog::{bundle::MAX_ENTRY, leaf_hash},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use serde_json::Value;

use super::{
    error::StoreError,
    record::{Decided, Listed, OutcomeRecord, Period, Record, Run},
};
use crate::assessment::{Assessment, Judged};

/// Most bytes of names that one list in a record writes out.
const MAX_LISTED: usize = 8_000;
/// Most subjects with a digest in one statement.
const MAX_SUBJECTS: usize = 100;

/// What is recorded of a run.
#[derive(Debug)]
pub struct Recording<'a> {
    /// The system.
    pub system: &'a System,
    /// What was seen.
    pub facts: &'a Facts,
    /// What was concluded.
    pub assessment: &'a Assessment,
    /// When it was seen.
    pub observed: Period,
    /// Now.
    pub received: Timestamp,
    /// Version of coseal.
    pub version: &'a str,
    /// The decisions in the folder.
    pub decisions: Vec<Decided>,
}

impl Recording<'_> {
    /// The entries of the log: the run, then the outcome of each check in the order of the catalogue.
    ///
    /// # Errors
    /// If a record is larger than an entry may be.
    pub fn entries(&self, key: &Ed25519Key) -> Result<Vec<Vec<u8>>, StoreError> {
        let checks = &self.assessment.checks;
        let run = signed(&Record::Run(self.run()), self.system_subject(), key)?;
        let id = Digest::new(leaf_hash(&run));
        let mut entries = vec![run];
        for (judged, place) in checks.iter().zip(0..) {
            let record = Record::Outcome(self.outcome(judged, id, place));
            entries.push(signed(&record, self.subjects(judged), key)?);
        }
        Ok(entries)
    }

    fn run(&self) -> Run {
        let id = &self.system.system.id;
        Run {
            schema: 1,
            system: id.clone(),
            environment: self.facts.environment.clone(),
            as_of: self.assessment.as_of,
            observed: self.observed,
            received: self.received,
            coseal: self.version.to_owned(),
            files: self.facts.inspection.files,
            gaps: gaps(&Coverage { looked_at: 0, gaps: self.facts.inspection.gaps.clone() }),
            outcomes: self.assessment.checks.iter().map(|judged| judged.entry.id.clone()).collect(),
            verdicts: self
                .assessment
                .verdicts
                .iter()
                .map(|verdict| (verdict.guideline.clone(), verdict.state))
                .collect(),
            decisions: self.decisions.clone(),
        }
    }

    fn outcome(&self, judged: &Judged, run: Digest, place: u64) -> OutcomeRecord {
        let outcome = &judged.outcome;
        // Where an answer rests on something older than the run, its age counts from there.
        let seen_until = outcome
            .observed
            .and_then(|day| day.to_zoned(TimeZone::UTC).ok())
            .map(|day| day.timestamp());
        let to = seen_until.map_or(self.observed.to, |day| day.min(self.observed.to));
        OutcomeRecord {
            schema: 1,
            run,
            place,
            system: self.system.system.id.clone(),
            environment: self.facts.environment.clone(),
            check: judged.entry.id.clone(),
            state: outcome.state,
            // What a person wrote stays in the file that can be taken back: a log forgets nothing.
            reason: match (&judged.decision, outcome.state) {
                (Some(_), state) => format!("{state} by a decision of a person"),
                (None, _) => outcome.reason.clone(),
            },
            about: listed(&outcome.subjects),
            binding: judged.binding,
            declared: judged.declared,
            observed: Period { from: self.observed.from.min(to), to },
            received: self.received,
            looked_at: outcome.coverage.looked_at,
            gaps: gaps(&outcome.coverage),
            findings: judged.findings.len() as u64,
            findings_digest: digest(&judged.findings),
        }
    }

    /// The system itself: what its system file says, in canonical form.
    fn system_subject(&self) -> Vec<Subject> {
        let said = digest(self.system);
        vec![Subject {
            name: self.system.system.id.clone(),
            digest: BTreeMap::from([("jcsSha256".to_owned(), said.hex())]),
        }]
    }

    /// The system, and everything that the answer is about and that has bytes.
    fn subjects(&self, judged: &Judged) -> Vec<Subject> {
        let mut subjects = self.system_subject();
        let with_bytes = judged.outcome.subjects.iter().filter_map(|name| {
            let digest = self.measured(name)?;
            Some(Subject {
                name: name.clone(),
                digest: BTreeMap::from([("sha256".to_owned(), digest.hex())]),
            })
        });
        subjects.extend(with_bytes.take(MAX_SUBJECTS));
        subjects
    }

    /// The digest of an element or file, if this run measured it.
    fn measured(&self, name: &str) -> Option<Digest> {
        let of_element = self.facts.digests.get(name).and_then(|fact| match fact.measured {
            Measured::Digest(digest) => Some(digest),
            _ => None,
        });
        of_element.or_else(|| self.facts.texts.get(name)?.digest)
    }
}

/// The bytes of a signed record.
///
/// # Errors
/// If it is larger than an entry of a log may be.
pub fn signed(
    record: &Record,
    subjects: Vec<Subject>,
    key: &Ed25519Key,
) -> Result<Vec<u8>, StoreError> {
    let statement = record.statement(subjects).to_bytes();
    let statement = statement.map_err(|error| StoreError::Record(error.to_string()))?;
    let envelope = Envelope::sign_ed25519(PAYLOAD_TYPE, statement, key)
        .map_err(|_| StoreError::TooLarge { limit: MAX_ENTRY })?;
    Ok(envelope.to_bytes())
}

/// A list of which only as much is written out as has room.
pub(super) fn listed(all: &[String]) -> Listed {
    let mut room = MAX_LISTED;
    let first = all
        .iter()
        .take_while(|name| {
            let fits = name.len() + 4 <= room;
            room = room.saturating_sub(name.len() + 4);
            fits
        })
        .cloned()
        .collect();
    Listed { first, count: all.len() as u64, digest: digest(&all) }
}

fn gaps(coverage: &Coverage) -> Listed {
    let all: Vec<_> =
        coverage.gaps.iter().map(|gap| format!("{}: {}", gap.what, gap.why)).collect();
    listed(&all)
}

fn digest(value: &impl Serialize) -> Digest {
    let value = serde_json::to_value(value).unwrap_or(Value::Null);
    sha256(canonical(&value).as_bytes())
}
