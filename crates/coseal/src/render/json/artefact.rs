//! One model file.

use std::collections::BTreeMap;

use coseal_core::fact::{Artefact, ArtefactCoverage, ArtefactVerdict};
use schemars::JsonSchema;
use serde::Serialize;

use super::{FindingReport, GapReport, gaps};

/// One model file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ArtefactReport {
    path: String,
    /// Elements of the system file whose bytes it is.
    elements: Vec<String>,
    format: String,
    size: u64,
    verdict: ArtefactVerdict,
    coverage: ArtefactCoverageReport,
    findings: Vec<FindingReport>,
    /// What was measured.
    measures: BTreeMap<String, String>,
    /// SHA-256, when everything was hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ArtefactCoverageReport {
    /// Whether every byte that a loader interprets was looked at.
    complete: bool,
    /// Bytes looked at.
    looked_at: u64,
    /// Bytes of payload, accounted for and not looked at.
    payload: u64,
    /// First byte and one past the last byte of what was looked at; the first 32.
    ranges: Vec<(u64, u64)>,
    gaps: Vec<GapReport>,
}

pub(super) fn artefact_report(artefact: &Artefact, digest: Option<String>) -> ArtefactReport {
    ArtefactReport {
        path: artefact.path.clone(),
        elements: artefact.elements.clone(),
        format: artefact.format.clone(),
        size: artefact.size,
        verdict: artefact.verdict,
        coverage: ArtefactCoverageReport::from(&artefact.coverage),
        findings: artefact.findings.iter().map(FindingReport::from).collect(),
        measures: artefact.measures.clone(),
        digest,
    }
}

impl From<&ArtefactCoverage> for ArtefactCoverageReport {
    fn from(coverage: &ArtefactCoverage) -> Self {
        Self {
            complete: coverage.complete,
            looked_at: coverage.looked_at,
            payload: coverage.payload,
            ranges: coverage.ranges.iter().map(|range| (range.start, range.end)).collect(),
            gaps: gaps(&coverage.gaps),
        }
    }
}
