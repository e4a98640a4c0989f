//! The threats of a system as JSON, by `schemas/threats-report.schema.json`.

use coseal_core::{
    digest::Digest,
    exit::ExitCode,
    fact::Facts,
    finding::Severity,
    system::{FILE_NAME, System},
};
use coseal_design::{blast::Blast, diff::Diff, rules::RULES};
use schemars::JsonSchema;
use serde::Serialize;

use super::{json::pretty, threats_text::Told};

/// Result of `coseal threats --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ThreatsReport {
    /// Version of this format; 1.
    schema: u32,
    /// Version of coseal.
    coseal: &'static str,
    /// Id of the system.
    system: String,
    /// The day the run is about.
    as_of: String,
    /// The threats, the worst first; one with --path.
    threats: Vec<ThreatReport>,
    /// Classes in which nothing is found.
    quiet: Vec<QuietReport>,
    /// The exit code.
    exit: u8,
}

/// One threat.
#[derive(Debug, Serialize, JsonSchema)]
struct ThreatReport {
    /// Its rule and the ids of its ends; stable.
    id: String,
    rule: &'static str,
    class: &'static str,
    /// The element or actor where it starts.
    source: String,
    /// The element or actor where it ends.
    sink: String,
    /// What happens.
    says: String,
    severity: Severity,
    /// From 1 (feasible) to 3 (seen in the world), before any control.
    likelihood: u8,
    /// From 1 (an annoyance) to 4 (lives, livelihoods or the organisation itself).
    impact: u8,
    /// open, broken, claimed, accepted, transferred, avoided or verified.
    answer: &'static str,
    /// The file of the decision that the answer stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    /// The last day on which the answer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// Why the answer is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// The steps from source to sink; empty for a threat to one element.
    path: Vec<StepReport>,
    /// The facts that make it possible, and where they stand.
    facts: Vec<FactReport>,
    /// Guards that screen a step.
    guards: Vec<String>,
    /// Checks that would show that it is mitigated.
    checks: Vec<&'static str>,
    /// Techniques of MITRE ATLAS.
    atlas: Vec<&'static str>,
    /// Entries of the OWASP lists.
    owasp: Vec<&'static str>,
    /// Weaknesses of CWE.
    cwe: Vec<u16>,
    /// Digest of the facts with their values: a decision names it.
    #[schemars(with = "String")]
    witness: Digest,
}

/// A step.
#[derive(Debug, Serialize, JsonSchema)]
struct StepReport {
    from: String,
    to: String,
    /// The fact of the system file that says so.
    fact: String,
}

/// A fact.
#[derive(Debug, Serialize, JsonSchema)]
struct FactReport {
    /// Its dotted path in the system file.
    fact: String,
    /// The file.
    file: &'static str,
    /// The line, counted from 1.
    line: u32,
}

/// A class in which nothing is found.
#[derive(Debug, Serialize, JsonSchema)]
struct QuietReport {
    class: &'static str,
    /// The fact that excludes it; none where no fact does.
    excluded: Option<String>,
}

/// Everything, or one threat.
pub(crate) fn render(told: &Told, only: Option<usize>, facts: &Facts, code: ExitCode) -> String {
    let threats = told
        .threats()
        .enumerate()
        .filter(|(at, _)| only.is_none_or(|only| only == *at))
        .map(|(_, (threat, answered))| {
            let known = RULES.iter().find(|rule| rule.id == threat.rule).map(|rule| rule.known_as);
            ThreatReport {
                id: threat.id.clone(),
                rule: threat.rule,
                class: threat.class.name(),
                source: threat.source.clone(),
                sink: threat.sink.clone(),
                says: threat.says.clone(),
                severity: threat.rating.severity,
                likelihood: threat.rating.likelihood,
                impact: threat.rating.impact,
                answer: answered.answer.name(),
                decision: answered.decision.clone(),
                until: answered.until.map(|day| day.to_string()),
                why: (!answered.why.is_empty()).then(|| answered.why.clone()),
                path: (threat.witness.iter())
                    .map(|step| StepReport {
                        from: step.from.clone(),
                        to: step.to.clone(),
                        fact: step.fact.clone(),
                    })
                    .collect(),
                facts: (threat.facts.iter())
                    .map(|fact| FactReport {
                        fact: fact.clone(),
                        file: FILE_NAME,
                        line: facts.spans.line(fact),
                    })
                    .collect(),
                guards: threat.guards.clone(),
                checks: threat.checks.to_vec(),
                atlas: known.map(|known| known.atlas.to_vec()).unwrap_or_default(),
                owasp: known.map(|known| known.owasp.to_vec()).unwrap_or_default(),
                cwe: known.map(|known| known.cwe.to_vec()).unwrap_or_default(),
                witness: threat.digest,
            }
        })
        .collect();
    pretty(&ThreatsReport {
        schema: 1,
        coseal: env!("CARGO_PKG_VERSION"),
        system: facts.system.as_ref().map(|system| system.system.id.clone()).unwrap_or_default(),
        as_of: facts.as_of.to_string(),
        threats,
        quiet: (told.model.quiet.iter())
            .map(|(class, excluded)| QuietReport {
                class: class.name(),
                excluded: excluded.clone(),
            })
            .collect(),
        exit: code.code(),
    })
}

/// Result of `coseal threats blast --format json`.
pub(crate) fn blast(system: &System, blast: &Blast) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: u32,
        coseal: &'static str,
        system: &'a str,
        #[serde(flatten)]
        blast: &'a Blast,
    }
    let coseal = env!("CARGO_PKG_VERSION");
    pretty(&Report { schema: 1, coseal, system: &system.system.id, blast })
}

/// Result of `coseal threats diff --format json`.
pub(crate) fn diff(system: &System, diff: &Diff, code: ExitCode) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: u32,
        coseal: &'static str,
        system: &'a str,
        #[serde(flatten)]
        diff: &'a Diff,
        exit: u8,
    }
    let coseal = env!("CARGO_PKG_VERSION");
    pretty(&Report { schema: 1, coseal, system: &system.system.id, diff, exit: code.code() })
}
