//! What people decided about checks comes into force: exemptions and waivers. Shown, never hidden.

use std::collections::BTreeMap;

use coseal_core::{
    decision::{Content, Covered, Decision, Risk},
    fact::{DecisionFact, Facts},
    finding::{Finding, Severity},
    grade::Grade,
    outcome::State,
};

use super::standing::{Standing, standing};
use crate::assessment::Judged;

/// Makes not-applicable what is exempt, and waived what fails and is accepted. `controls` are the states of the checks that
/// show whether a compensating control works.
///
/// A waiver covers the findings that it names and no others: one more, and the check fails as before.
pub(crate) fn apply(judged: &mut Judged, facts: &Facts, controls: &BTreeMap<String, State>) {
    let decisions = holding(facts, &judged.entry.id);
    // Of several, the one that is known best; then the one that holds longest.
    if let Some(held) = best(&decisions, |content| matches!(content, Content::Exempt(_)))
        && judged.outcome.state != State::NotApplicable
    {
        let was = judged.outcome.state;
        judged.outcome.state = State::NotApplicable;
        judged.outcome.reason = said("exempt", held, &format!("; it would be {was}"));
        judged.grade = held.grade;
        judged.decision = Some(held.path.to_owned());
        return;
    }
    // The findings behind an answer from a record are not at hand: nobody can say that they are the accepted ones.
    if judged.outcome.state != State::Fail || judged.recalled {
        return;
    }
    let waives = |content: &Content| match content {
        Content::Waive(waive) => {
            covers(&waive.covers, &judged.findings)
                && judged
                    .findings
                    .iter()
                    .all(|finding| finding.severity <= severity(waive.severity))
                && waive
                    .control_check
                    .as_ref()
                    .is_none_or(|check| controls.get(check) == Some(&State::Pass))
        }
        _ => false,
    };
    if let Some(held) = best(&decisions, waives)
        && let Content::Waive(waive) = &held.decision.content
    {
        judged.outcome.state = State::Waived;
        let control = format!("; instead: {}", waive.control);
        judged.outcome.reason = said("waived", held, &control);
        judged.grade = held.grade;
        judged.decision = Some(held.path.to_owned());
    }
}

/// A decision in force.
#[derive(Clone, Copy)]
struct Held<'a> {
    path: &'a str,
    decision: &'a Decision,
    grade: Grade,
    /// Whether who signed it also builds, tests or runs the system.
    single: bool,
}

/// The decisions about a check that count, with what each signature is worth.
fn holding<'a>(facts: &'a Facts, check: &str) -> Vec<Held<'a>> {
    let Some(system) = &facts.system else { return Vec::new() };
    let counts = |fact: &'a DecisionFact| {
        let decision = fact.decision.as_ref().ok()?;
        let here = decision.environments.is_empty()
            || facts.environment.as_ref().is_some_and(|name| decision.environments.contains(name));
        match standing(fact, facts.as_of, &system.system.id) {
            Standing::Holds { grade, single } if here && decision.subject() == check => {
                Some(Held { path: &fact.path, decision, grade, single })
            }
            _ => None,
        }
    };
    facts.decisions.values().filter_map(counts).collect()
}

fn best<'a>(decisions: &[Held<'a>], wanted: impl Fn(&Content) -> bool) -> Option<Held<'a>> {
    decisions
        .iter()
        .filter(|held| wanted(&held.decision.content))
        .min_by_key(|held| {
            (held.grade, std::cmp::Reverse((held.decision.expires, held.decision.made)))
        })
        .copied()
}

fn covers(covered: &[Covered], findings: &[Finding]) -> bool {
    if findings.is_empty() {
        return covered.is_empty();
    }
    let notes_only = findings.iter().all(|finding| finding.severity == Severity::Note);
    findings.iter().filter(|finding| notes_only || finding.severity > Severity::Note).all(
        |finding| {
            covered.iter().any(|one| {
                one.rule == finding.rule
                    && one.path == finding.location.path
                    && one.about.as_ref().is_none_or(|about| alike(about, &finding.message))
            })
        },
    )
}

/// Whether two messages say the same of the same thing: counts and days in them may differ.
fn alike(one: &str, other: &str) -> bool {
    fn words(text: &str) -> Vec<&str> {
        text.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).collect()
    }
    words(one) == words(other)
}

const fn severity(risk: Risk) -> Severity {
    match risk {
        Risk::Low => Severity::Low,
        Risk::Medium => Severity::Medium,
        Risk::High => Severity::High,
        Risk::Critical => Severity::Critical,
    }
}

fn said(what: &str, held: Held<'_>, more: &str) -> String {
    let decision = held.decision;
    let until = decision.expires.map(|day| format!(" until {day}")).unwrap_or_default();
    let unproven = if held.grade == Grade::D { ", signer unproven" } else { "" };
    let single = if held.single { ", single key" } else { "" };
    let text =
        format!("{what} by {}{until}{unproven}{single}: {}{more}", decision.role, decision.reason);
    coseal_core::plain::plain(&text, 400)
}
