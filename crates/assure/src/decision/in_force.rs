//! What people decided about checks comes into force: exemptions and waivers. Shown, never hidden.

use std::collections::BTreeMap;

use coseal_core::{
    decision::{Content, Covered, Decision},
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
    if let Some((decision, grade)) =
        best(&decisions, |content| matches!(content, Content::Exempt(_)))
        && judged.outcome.state != State::NotApplicable
    {
        let was = judged.outcome.state;
        judged.outcome.state = State::NotApplicable;
        judged.outcome.reason = said("exempt", decision, grade, &format!("; it would be {was}"));
        judged.grade = grade;
        judged.findings.clear();
        return;
    }
    if judged.outcome.state != State::Fail {
        return;
    }
    let waives = |content: &Content| match content {
        Content::Waive(waive) => {
            covers(&waive.covers, &judged.findings)
                && waive
                    .control_check
                    .as_ref()
                    .is_none_or(|check| controls.get(check) == Some(&State::Pass))
        }
        _ => false,
    };
    if let Some((decision, grade)) = best(&decisions, waives)
        && let Content::Waive(waive) = &decision.content
    {
        judged.outcome.state = State::Waived;
        let control = format!("; instead: {}", waive.control);
        judged.outcome.reason = said("waived", decision, grade, &control);
        judged.grade = grade;
    }
}

/// The decisions about a check that count, with what each signature is worth.
fn holding<'a>(facts: &'a Facts, check: &str) -> Vec<(&'a Decision, Grade)> {
    let Some(system) = &facts.system else { return Vec::new() };
    let counts = |fact: &'a DecisionFact| {
        let decision = fact.decision.as_ref().ok()?;
        let here = decision.environments.is_empty()
            || facts.environment.as_ref().is_some_and(|name| decision.environments.contains(name));
        match standing(fact, facts.as_of, &system.system.id) {
            Standing::Holds { grade, .. } if here && decision.subject() == check => {
                Some((decision, grade))
            }
            _ => None,
        }
    };
    facts.decisions.values().filter_map(counts).collect()
}

fn best<'a>(
    decisions: &[(&'a Decision, Grade)],
    wanted: impl Fn(&Content) -> bool,
) -> Option<(&'a Decision, Grade)> {
    decisions
        .iter()
        .filter(|(decision, _)| wanted(&decision.content))
        .min_by_key(|(decision, grade)| {
            (*grade, std::cmp::Reverse((decision.expires, decision.made)))
        })
        .copied()
}

fn covers(covered: &[Covered], findings: &[Finding]) -> bool {
    if findings.is_empty() {
        return covered.is_empty();
    }
    findings.iter().filter(|finding| finding.severity > Severity::Note).all(|finding| {
        covered.iter().any(|one| one.rule == finding.rule && one.path == finding.location.path)
    })
}

fn said(what: &str, decision: &Decision, grade: Grade, more: &str) -> String {
    let until = decision.expires.map(|day| format!(" until {day}")).unwrap_or_default();
    let unproven = if grade == Grade::D { ", signer unproven" } else { "" };
    let text = format!("{what} by {}{until}{unproven}: {}{more}", decision.role, decision.reason);
    coseal_core::plain::plain(&text, 400)
}
