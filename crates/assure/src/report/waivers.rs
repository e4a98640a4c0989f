//! What people accepted for a while, or put out of scope.

use coseal_core::{
    decision::Content,
    fact::{DecisionFact, Facts},
    grade::Grade,
    plain::plain,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{owner::Who, state::DecidedState};
use crate::decision::{Standing, standing};

/// A waiver, an exemption or an accepted threat that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Waived {
    /// What was decided: waived, exempt or threat.
    pub kind: &'static str,
    /// The check or threat that it is about.
    pub about: String,
    /// Why, in the words of who decided.
    pub reason: String,
    /// What is done instead.
    pub instead: Option<String>,
    /// Who decided.
    pub who: Who,
    /// Its last day.
    #[schemars(with = "Option<String>")]
    pub expires: Option<Date>,
    /// What the signature is worth.
    pub grade: Grade,
    /// The file.
    pub file: String,
}

/// What is in force on the day of the run, the first to end first.
pub(super) fn waivers(facts: &Facts) -> Vec<Waived> {
    let mut all: Vec<_> = in_force(facts).map(|(fact, grade)| waived(fact, grade, facts)).collect();
    all.retain(|waived| !waived.kind.is_empty());
    all.sort_by(|a, b| {
        let last = |waived: &Waived| waived.expires.unwrap_or(Date::MAX);
        (last(a), &a.about, &a.file).cmp(&(last(b), &b.about, &b.file))
    });
    all
}

/// The same for machines.
pub(super) fn states(
    facts: &Facts,
) -> std::collections::BTreeMap<coseal_core::digest::Digest, DecidedState> {
    in_force(facts)
        .filter_map(|(fact, _)| {
            let decision = fact
                .decision
                .as_ref()
                .ok()
                .filter(|decision| !word(&decision.content).is_empty())?;
            let about = plain(decision.subject(), 100);
            Some((fact.digest, DecidedState { about, expires: decision.expires }))
        })
        .collect()
}

fn in_force(facts: &Facts) -> impl Iterator<Item = (&DecisionFact, Grade)> {
    let system = facts.system.as_ref().map(|system| system.system.id.as_str());
    facts.decisions.values().filter_map(move |fact| match standing(fact, facts.as_of, system?) {
        Standing::Holds { grade, .. } => Some((fact, grade)),
        _ => None,
    })
}

fn waived(fact: &DecisionFact, grade: Grade, facts: &Facts) -> Waived {
    let mut waived = Waived {
        kind: "",
        about: String::new(),
        reason: String::new(),
        instead: None,
        who: Who::default(),
        expires: None,
        grade,
        file: plain(&fact.path, 200),
    };
    if let Ok(decision) = &fact.decision {
        waived.kind = word(&decision.content);
        waived.about = plain(decision.subject(), 100);
        waived.reason = plain(&decision.reason, 300);
        waived.who = Who::role(&decision.role, facts.system.as_ref());
        waived.expires = decision.expires;
        if let Content::Waive(waive) = &decision.content {
            waived.instead = Some(plain(&waive.control, 300));
        }
    }
    waived
}

/// What a decision does; nothing for statements and choices, which exempt from nothing.
const fn word(content: &Content) -> &'static str {
    match content {
        Content::Waive(_) => "waived",
        Content::Exempt(_) => "exempt",
        Content::Threat(_) => "threat",
        Content::Attest(_) | Content::Choose(_) => "",
    }
}
