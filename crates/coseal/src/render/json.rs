//! JSON, by the schemas in `schemas/`. Fields are added, never changed; `schema` counts up when one is removed.

use std::collections::BTreeMap;

use coseal_assure::{Assessment, Judged, baseline::Marks};
use coseal_core::{
    catalogue::{Level, Scope},
    exit::ExitCode,
    fact::{Artefact, ArtefactCoverage, ArtefactVerdict, Facts},
    finding::{Finding, Location},
    grade::Grade,
    outcome::{Coverage, Gap, State},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::Scanned,
    on_record::{LogLine, OnRecord},
    record::Written,
};

/// Result of `coseal check --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CheckReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// Id of the system; null without a system file.
    system: Option<String>,
    /// The day the run is about.
    as_of: String,
    /// Regular files seen.
    files: u64,
    /// The 17 guidelines, in order.
    guidelines: Vec<GuidelineReport>,
    /// All checks, in the order of the catalogue.
    checks: Vec<CheckEntryReport>,
    /// Model files found.
    artefacts: Vec<ArtefactReport>,
    /// What was in scope and not looked at.
    gaps: Vec<GapReport>,
    /// What is not in scope: the stores of version control.
    left_out: Vec<String>,
    /// What is on record.
    evidence: EvidenceReport,
    /// The exit code.
    exit: u8,
}

/// The evidence store, for this system.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct EvidenceReport {
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

/// The verdict on one guideline.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct GuidelineReport {
    id: String,
    name: String,
    state: State,
    /// Applicable checks that were judged.
    judged: usize,
    /// Applicable checks.
    applicable: usize,
    /// What a machine can't judge.
    left_to_people: String,
}

/// One check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct CheckEntryReport {
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

#[derive(Debug, Serialize, JsonSchema)]
struct GapReport {
    what: String,
    why: String,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct FindingReport {
    rule: &'static str,
    /// note, low, medium, high or critical.
    severity: String,
    /// low, medium or high.
    confidence: String,
    location: LocationReport,
    message: String,
    tip: String,
    /// With a baseline: whether an earlier run found it, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<bool>,
}

/// A place in a file below the inspected folder.
#[derive(Debug, Serialize, JsonSchema)]
struct LocationReport {
    path: String,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// Counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    /// Members of containers, outermost first.
    members: Vec<String>,
}

/// One model file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ArtefactReport {
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

/// Result of `coseal scan --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScanReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// Model files, in the order of the command line.
    artefacts: Vec<ArtefactReport>,
    /// What could not be looked at.
    gaps: Vec<GapReport>,
    /// What is not in scope: the stores of version control.
    left_out: Vec<String>,
    /// Bytes fetched of each file at an address.
    fetched: Vec<FetchedReport>,
    /// Which rights were given up before anything was parsed. It changes no verdict.
    confined: ConfinedReport,
    /// SHA-256 of the policy file that it was judged by, beside the built-in policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    /// The exit code.
    exit: u8,
}

/// What was fetched of a file at an address.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct FetchedReport {
    /// The address, without a query.
    what: String,
    /// How many bytes.
    bytes: u64,
}

/// Rights that were given up: `yes`, `partly` (as far as the kernel can) or `no`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ConfinedReport {
    /// To read other files than those named, to write and to execute (Landlock).
    files: &'static str,
    /// To reach a network, another process or a program (seccomp).
    calls: &'static str,
}

pub(crate) fn check(
    facts: &Facts,
    assessment: &Assessment,
    on_record: &OnRecord,
    marks: &Marks<'_>,
    exit: ExitCode,
) -> String {
    let left_to_people = |id: &str| {
        coseal_core::catalogue::catalogue()
            .guideline(id)
            .map(|guideline| guideline.left_to_people.clone())
            .unwrap_or_default()
    };
    pretty(&CheckReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        system: facts.system.as_ref().map(|system| system.system.id.clone()),
        as_of: assessment.as_of.to_string(),
        files: facts.inspection.files,
        guidelines: assessment
            .verdicts
            .iter()
            .map(|verdict| GuidelineReport {
                id: verdict.guideline.clone(),
                name: verdict.name.clone(),
                state: verdict.state,
                judged: verdict.judged,
                applicable: verdict.applicable,
                left_to_people: left_to_people(&verdict.guideline),
            })
            .collect(),
        checks: assessment.checks.iter().map(|judged| check_entry(judged, marks)).collect(),
        artefacts: facts
            .artefacts
            .values()
            .map(|artefact| artefact_report(artefact, None))
            .collect(),
        gaps: gaps(&facts.inspection.gaps),
        left_out: facts.inspection.left_out.clone(),
        evidence: EvidenceReport::from(on_record),
        exit: exit.code(),
    })
}

pub(crate) fn scan(scanned: &Scanned, exit: ExitCode) -> String {
    let artefacts = scanned.artefacts.iter();
    pretty(&ScanReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        artefacts: artefacts
            .map(|(artefact, digest)| artefact_report(artefact, digest.map(|d| d.to_string())))
            .collect(),
        gaps: gaps(&scanned.gaps),
        left_out: scanned.left_out.clone(),
        fetched: scanned
            .fetched
            .iter()
            .map(|(what, bytes)| FetchedReport { what: what.clone(), bytes: *bytes })
            .collect(),
        confined: ConfinedReport {
            files: scanned.confined.files.word(),
            calls: scanned.confined.calls.word(),
        },
        policy: scanned.policy.map(|policy| policy.to_string()),
        exit: exit.code(),
    })
}

pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn gaps(gaps: &[Gap]) -> Vec<GapReport> {
    gaps.iter().map(|gap| GapReport { what: gap.what.clone(), why: gap.why.clone() }).collect()
}

fn artefact_report(artefact: &Artefact, digest: Option<String>) -> ArtefactReport {
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

/// A check, its findings marked where there is a baseline.
fn check_entry(judged: &Judged, marks: &Marks<'_>) -> CheckEntryReport {
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

impl From<&Finding> for FindingReport {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule,
            severity: coseal_core::system::word(&finding.severity),
            confidence: coseal_core::system::word(&finding.confidence),
            location: LocationReport::from(&finding.location),
            message: finding.message.clone(),
            tip: finding.tip.clone(),
            known: None,
        }
    }
}

impl From<&Location> for LocationReport {
    fn from(location: &Location) -> Self {
        Self {
            path: location.path.clone(),
            line: location.line,
            byte: location.byte,
            members: location.members.clone(),
        }
    }
}
