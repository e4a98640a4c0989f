//! The result of `impact` as JSON, by `schemas/impact-report.schema.json`.

use std::collections::BTreeSet;

use coseal_assure::{
    Assessment,
    impact::{Affected, AtRisk, Gone, Thing},
};
use coseal_core::{
    catalogue::{Level, Scope},
    exit::ExitCode,
    fact::{Facts, Recorded},
    grade::Grade,
    outcome::State,
    system::word,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{impact_text::Told, json::pretty};

/// Result of `coseal impact --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ImpactReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// Id of the system; null without a system file.
    system: Option<String>,
    /// The day the run is about.
    as_of: String,
    /// What was asked about, in that order; empty with --since-record.
    things: Vec<ThingReport>,
    /// With --since-record: checks whose newest record rests on facts that are no longer so.
    #[serde(skip_serializing_if = "Option::is_none")]
    since_record: Option<Vec<GoneReport>>,
    /// The exit code.
    exit: u8,
}

/// One thing, and what would go stale if it changed.
#[derive(Debug, Serialize, JsonSchema)]
struct ThingReport {
    /// Its name.
    name: String,
    /// file, folder, system-file, table, element or field.
    what: &'static str,
    /// Checks whose binding would be another one, in the order of the catalogue; empty: nothing that any check
    /// reads derives from it.
    checks: Vec<AffectedReport>,
    /// Decisions of people that would no longer hold, by path.
    decisions: Vec<AtRiskReport>,
}

/// One check.
#[derive(Debug, Serialize, JsonSchema)]
struct AffectedReport {
    id: String,
    guideline: String,
    level: Level,
    scope: Scope,
    /// Whether every edit makes its evidence stale: of a file any edit, otherwise any of what `by` names.
    certain: bool,
    /// What of the thing it reads: fields, elements, or what derives from a file.
    by: BTreeSet<String>,
    /// Whether coseal can judge it.
    implemented: bool,
    /// What it answers now.
    state: State,
    /// What the evidence behind that is worth.
    grade: Grade,
    /// The record that it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordReport>,
}

/// One decision.
#[derive(Debug, Serialize, JsonSchema)]
struct AtRiskReport {
    path: String,
    /// attest, waive, choose, threat or exempt.
    kind: String,
    /// The check, model or threat that it is about.
    about: String,
    /// Whether every edit makes it so.
    certain: bool,
    why: String,
}

/// A record of an outcome.
#[derive(Debug, Serialize, JsonSchema)]
struct RecordReport {
    /// Its id.
    id: String,
    state: State,
    grade: Grade,
    /// End of the observation.
    observed: String,
    /// When it was recorded.
    received: String,
}

/// A check that has gone stale since it was recorded.
#[derive(Debug, Serialize, JsonSchema)]
struct GoneReport {
    check: String,
    record: RecordReport,
    /// What is no longer so: declared (what the system file says) or seen (what was seen of files).
    moved: &'static str,
    /// What it answers now.
    state: State,
}

pub(crate) fn render(
    facts: &Facts,
    assessment: &Assessment,
    told: &Told,
    exit: ExitCode,
) -> String {
    let (things, since_record) = match told {
        Told::Would(impact) => {
            (impact.things.iter().map(|of| thing(of, assessment)).collect(), None)
        }
        Told::Since(gone) => {
            (Vec::new(), Some(gone.iter().filter_map(|of| since(of, assessment)).collect()))
        }
    };
    pretty(&ImpactReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        system: facts.system.as_ref().map(|system| system.system.id.clone()),
        as_of: assessment.as_of.to_string(),
        things,
        since_record,
        exit: exit.code(),
    })
}

fn thing(thing: &Thing, assessment: &Assessment) -> ThingReport {
    let checks = thing.affected.iter().filter_map(|of| affected(of, assessment)).collect();
    ThingReport {
        name: coseal_core::plain::plain(&thing.name, 300),
        what: thing.what.word(),
        checks,
        decisions: thing.decisions.iter().map(at_risk).collect(),
    }
}

fn affected(affected: &Affected, assessment: &Assessment) -> Option<AffectedReport> {
    let judged = assessment.check(&affected.check)?;
    Some(AffectedReport {
        id: judged.entry.id.clone(),
        guideline: judged.guideline.id.clone(),
        level: judged.entry.level,
        scope: judged.entry.scope,
        certain: affected.certain,
        by: affected.by.clone(),
        implemented: judged.implemented,
        state: judged.outcome.state,
        grade: judged.grade,
        record: judged.evidence.as_ref().map(record),
    })
}

fn at_risk(of: &AtRisk) -> AtRiskReport {
    AtRiskReport {
        path: of.path.clone(),
        kind: word(&of.kind),
        about: of.about.clone(),
        certain: of.certain,
        why: of.why.clone(),
    }
}

fn record(of: &Recorded) -> RecordReport {
    RecordReport {
        id: of.record.to_string(),
        state: of.state,
        grade: of.grade,
        observed: of.observed.to_string(),
        received: of.received.to_string(),
    }
}

fn since(gone: &Gone, assessment: &Assessment) -> Option<GoneReport> {
    Some(GoneReport {
        check: gone.check.clone(),
        record: record(&gone.record),
        moved: gone.moved.word(),
        state: assessment.check(&gone.check)?.outcome.state,
    })
}
