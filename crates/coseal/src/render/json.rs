//! JSON, by the schemas in `schemas/`. Fields are added, never changed; `schema` counts up when one is removed.

mod artefact;
mod entry;
mod evidence;

use coseal_assure::{Assessment, baseline::Marks};
use coseal_core::{
    exit::ExitCode,
    fact::Facts,
    finding::{Finding, Location},
    outcome::{Gap, State},
};
use schemars::JsonSchema;
use serde::Serialize;

use self::{
    artefact::{ArtefactReport, artefact_report},
    entry::{CheckEntryReport, check_entry},
    evidence::EvidenceReport,
};
use crate::{cli::Scanned, on_record::OnRecord};

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
