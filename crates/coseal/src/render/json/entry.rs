//! One check.

use coseal_assure::{Judged, baseline::Marks};
use coseal_core::{
    catalogue::{Level, Scope},
    grade::Grade,
    outcome::{Coverage, State},
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{FindingReport, GapReport, gaps};

/// The record that an answer stands on.
#[derive(Debug, Serialize, JsonSchema)]
struct StandsOnReport {
    /// Its id.
    record: String,
    /// Origin of its log.
    origin: String,
    /// Its index there.
    index: u64,
    /// End of the observation.
    observed: String,
    /// When it was recorded.
    received: String,
}

/// One check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct CheckEntryReport {
    id: String,
    guideline: String,
    level: Level,
    scope: Scope,
    state: State,
    reason: String,
    /// Whether coseal can judge it.
    implemented: bool,
    /// Elements or files that the answer is about.
    subjects: Vec<String>,
    coverage: CoverageReport,
    findings: Vec<FindingReport>,
    /// Digest over the facts that the answer rests on.
    binding: String,
    /// What the evidence behind the answer is worth: A observed and signed by a trusted runner, B signed by a trusted
    /// tool, C stated and signed by a trusted role, D unsigned or unproven.
    grade: Grade,
    /// The record that the answer stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<StandsOnReport>,
    /// The file of the decision that exempts or waives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    /// Last day of the observation, where it is older than the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    observed: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct CoverageReport {
    /// Things looked at in full.
    looked_at: u64,
    /// Things in scope that were not.
    gaps: Vec<GapReport>,
}

/// A check, its findings marked where there is a baseline.
pub(super) fn check_entry(judged: &Judged, marks: &Marks<'_>) -> CheckEntryReport {
    let mut entry = CheckEntryReport::from(judged);
    for (report, finding) in entry.findings.iter_mut().zip(&judged.findings) {
        report.known = marks.is_known(&judged.entry.id, finding);
    }
    entry
}

impl From<&Judged> for CheckEntryReport {
    fn from(judged: &Judged) -> Self {
        Self {
            id: judged.entry.id.clone(),
            guideline: judged.guideline.id.clone(),
            level: judged.entry.level,
            scope: judged.entry.scope,
            state: judged.outcome.state,
            reason: judged.outcome.reason.clone(),
            implemented: judged.implemented,
            subjects: judged.outcome.subjects.clone(),
            coverage: CoverageReport::from(&judged.outcome.coverage),
            findings: judged.findings.iter().map(FindingReport::from).collect(),
            binding: judged.binding.to_string(),
            grade: judged.grade,
            evidence: judged.evidence.as_ref().map(|record| StandsOnReport {
                record: record.record.to_string(),
                origin: record.origin.clone(),
                index: record.index,
                observed: record.observed.to_string(),
                received: record.received.to_string(),
            }),
            decision: judged.decision.clone(),
            observed: judged.outcome.observed.map(|day| day.to_string()),
        }
    }
}

impl From<&Coverage> for CoverageReport {
    fn from(coverage: &Coverage) -> Self {
        Self { looked_at: coverage.looked_at, gaps: gaps(&coverage.gaps) }
    }
}
