//! The report as JSON, by `schemas/report.schema.json`.

use coseal_assure::report::{
    Cause, Changes, Expiring, MayRun, NotJudged, Reason, Report, ReportState, Tally, Waived,
    provisions,
};
use coseal_core::{
    catalogue::{Level, Scope},
    grade::Grade,
    outcome::State,
    system::word,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::shown::About;
use crate::render::{json::pretty, text::place};

/// Result of `coseal report --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportDocument {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// Id of the system; null without a system file.
    system: Option<String>,
    /// What the system is for.
    purpose: Option<String>,
    /// The day the report is about.
    as_of: String,
    /// May it run?
    answer: MayRun,
    /// What the answer is worked out from.
    tally: Tally,
    /// Why: three at most.
    reasons: Vec<Reason>,
    /// What changed.
    changes: Changes,
    /// What ends within 30 days, the overdue first.
    expiring: Vec<Expiring>,
    /// Further risks, five at most.
    risks: Vec<Cause>,
    /// What was not judged.
    not_judged: NotJudged,
    /// What people accepted.
    waivers: Vec<Waived>,
    /// The 17 guidelines, in order.
    guidelines: Vec<GuidelinePart>,
    /// Provisions of the framework that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<FrameworkPart>,
    /// What was in scope and not looked at.
    gaps: Vec<String>,
    /// SHA-256 over the canonical form (RFC 8785) of `state`.
    digest: String,
    /// What the next report compares itself with.
    state: ReportState,
}

/// One guideline.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct GuidelinePart {
    id: String,
    title: String,
    state: State,
    judged: usize,
    applicable: usize,
    left_to_people: String,
    checks: Vec<CheckPart>,
}

/// One check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct CheckPart {
    id: String,
    question: String,
    level: Level,
    scope: Scope,
    state: State,
    reason: String,
    implemented: bool,
    grade: Grade,
    /// Id of the record that the answer stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    findings: Vec<FindingPart>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingPart {
    rule: &'static str,
    severity: String,
    place: String,
    message: String,
    tip: String,
}

/// Another framework, in its own order.
#[derive(Debug, Serialize, JsonSchema)]
struct FrameworkPart {
    id: String,
    title: String,
    version: String,
    provisions: Vec<ProvisionPart>,
}

/// One provision, and the guidelines whose evidence supports it.
#[derive(Debug, Serialize, JsonSchema)]
struct ProvisionPart {
    id: &'static str,
    guidelines: Vec<&'static str>,
}

pub(crate) fn render(report: &Report<'_>, about: About) -> String {
    pretty(&ReportDocument {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        system: report.subject.id.clone(),
        purpose: report.subject.purpose.clone(),
        as_of: report.as_of.to_string(),
        answer: report.answer,
        tally: report.tally,
        reasons: report.reasons.clone(),
        changes: report.changes.clone(),
        expiring: report.expiring.clone(),
        risks: report.risks.clone(),
        not_judged: report.not_judged.clone(),
        waivers: report.waivers.clone(),
        guidelines: report.cards.iter().map(guideline).collect(),
        framework: about.framework.map(|framework| FrameworkPart {
            id: framework.id.clone(),
            title: framework.title.clone(),
            version: framework.version.clone(),
            provisions: provisions(framework)
                .into_iter()
                .map(|one| ProvisionPart { id: one.id, guidelines: one.guidelines })
                .collect(),
        }),
        gaps: report.gaps.iter().map(|gap| format!("{}: {}", gap.what, gap.why)).collect(),
        digest: report.digest.to_string(),
        state: report.state.clone(),
    })
}

fn guideline(card: &coseal_assure::report::Card<'_>) -> GuidelinePart {
    GuidelinePart {
        id: card.guideline.id.clone(),
        title: card.guideline.title.clone(),
        state: card.verdict.state,
        judged: card.verdict.judged,
        applicable: card.verdict.applicable,
        left_to_people: card.guideline.left_to_people.clone(),
        checks: card.checks.iter().map(|judged| check(judged)).collect(),
    }
}

fn check(judged: &coseal_assure::Judged) -> CheckPart {
    CheckPart {
        id: judged.entry.id.clone(),
        question: judged.entry.question.clone(),
        level: judged.entry.level,
        scope: judged.entry.scope,
        state: judged.outcome.state,
        reason: judged.outcome.reason.clone(),
        implemented: judged.implemented,
        grade: judged.grade,
        record: judged.evidence.as_ref().map(|record| record.record.to_string()),
        findings: judged
            .findings
            .iter()
            .map(|finding| FindingPart {
                rule: finding.rule,
                severity: word(&finding.severity),
                place: place(&finding.location),
                message: finding.message.clone(),
                tip: finding.tip.clone(),
            })
            .collect(),
    }
}
