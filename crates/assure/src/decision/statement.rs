//! What a statement of a person makes of the check that it is about.

use coseal_core::{
    check::Findings,
    decision::{Claim, Decision},
    fact::{DecisionFact, View},
    finding::Location,
    grade::Grade,
    outcome::{Coverage, Outcome, State},
};

use super::{
    refusal::{note, sentence},
    standing::{Standing, standing},
};

/// A statement that counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stated<'a> {
    /// The decision.
    pub(crate) decision: &'a Decision,
    /// What it claims.
    pub(crate) claim: &'a Claim,
    fact: &'a DecisionFact,
    grade: Grade,
    single: bool,
}

impl Stated<'_> {
    /// Where it is.
    pub(crate) fn place(&self) -> Location {
        Location::file(&self.fact.path)
    }
}

/// Judges a check by the latest statement about it that counts; of several made on one day, by the worst. `judge` says what
/// a statement means. Nobody's word is unknown; a word that no longer holds is stale.
///
/// The check has to read `Kind::Statement`, and `id` and `environments` of `Kind::System`.
pub(crate) fn stated<'a>(
    check: &str,
    facts: &View<'a>,
    findings: &mut Findings,
    judge: &mut dyn FnMut(Stated<'a>, &mut Findings) -> Outcome,
) -> Outcome {
    let heard = hear(check, facts, findings);
    let latest = heard.held.iter().map(|stated| stated.decision.made).max();
    let latest = heard.held.iter().filter(|stated| Some(stated.decision.made) == latest);
    let outcomes = latest.map(|stated| finished(*stated, judge(*stated, findings), facts));
    let worst = outcomes.max_by_key(|outcome| rank(outcome.state));
    let outcome = match worst {
        Some(outcome) if heard.coverage.is_complete() => outcome,
        _ if !heard.coverage.is_complete() => {
            Outcome::unknown("a decision that may be about this can't be read")
        }
        _ => heard.without(check),
    };
    let mut coverage = heard.coverage;
    coverage.gaps.extend(outcome.coverage.gaps.iter().cloned());
    outcome.covering(coverage)
}

struct Heard<'a> {
    held: Vec<Stated<'a>>,
    /// Why the last statement that counted no longer does.
    lapsed: Option<String>,
    /// Why a statement never counted.
    refused: Option<String>,
    coverage: Coverage,
}

fn hear<'a>(check: &str, facts: &View<'a>, findings: &mut Findings) -> Heard<'a> {
    let system = facts.about().map(|about| about.id.as_str()).unwrap_or_default();
    let mut heard =
        Heard { held: Vec::new(), lapsed: None, refused: None, coverage: Coverage::default() };
    let mut lapsed = Vec::new();
    for fact in facts.statements().filter(|fact| fact.may_be_about(check)) {
        let standing = standing(fact, facts.as_of(), system);
        if let Err(broken) = &fact.decision {
            heard.coverage.leave_out(&fact.path, &broken.why);
            // A file of which nothing is known is the finding of waivers-in-date alone.
            if broken.kind.is_some() {
                note(fact, &standing, findings);
            }
            continue;
        }
        heard.coverage.looked_at += 1;
        let Some((decision, attest)) =
            fact.decision.as_ref().ok().and_then(|decision| Some((decision, decision.attest()?)))
        else {
            continue;
        };
        match standing {
            Standing::Holds { grade, single } => {
                heard.held.push(Stated { decision, claim: &attest.claim, fact, grade, single });
            }
            Standing::Expired { .. } | Standing::Stale { .. } => {
                lapsed.push((decision.made, fact, standing));
            }
            Standing::NotYet | Standing::Refused(_) => {
                heard.refused = Some(sentence(&standing));
                note(fact, &standing, findings);
            }
        }
    }
    // What was stated again since is history.
    lapsed.sort_by(|a, b| (a.0, &a.1.digest).cmp(&(b.0, &b.1.digest)));
    let newest = heard.held.iter().map(|stated| stated.decision.made).max();
    if let Some((made, fact, standing)) = lapsed.pop()
        && newest.is_none_or(|newest| newest < made)
    {
        note(fact, &standing, findings);
        heard.lapsed = Some(sentence(&standing));
    }
    heard
}

impl Heard<'_> {
    /// The answer where no statement counts.
    fn without(&self, check: &str) -> Outcome {
        match (&self.lapsed, &self.refused) {
            (Some(why), _) => {
                Outcome::new(State::Stale, format!("what was stated no longer counts: {why}"))
            }
            (None, Some(why)) => Outcome::unknown(format!("what was stated does not count: {why}")),
            (None, None) => {
                Outcome::unknown(format!("nobody has stated it: coseal decide attest {check}"))
            }
        }
    }
}

/// The answer, with what every statement has in common: who signed, for which environments, when.
fn finished(stated: Stated<'_>, mut outcome: Outcome, facts: &View<'_>) -> Outcome {
    let good = matches!(outcome.state, State::Pass | State::Partial);
    if good && stated.single {
        outcome.state = State::Partial;
        outcome
            .reason
            .push_str("; single key: who signed it also builds, tests or runs the system");
    }
    let silent = facts.about().is_some_and(|about| {
        let named = &stated.decision.environments;
        !named.is_empty() && !about.environments.is_subset(named)
    });
    if good && silent {
        outcome.state = State::Partial;
        outcome.reason.push_str("; stated for some environments only");
    }
    if stated.grade == Grade::D {
        outcome.reason.push_str("; signer unproven");
    }
    outcome.rests_on = Some(stated.grade);
    outcome.subjects.push(stated.fact.path.clone());
    let subjects = std::mem::take(&mut outcome.subjects);
    let observed = outcome.observed.unwrap_or(stated.decision.made);
    outcome.about(subjects).observed(observed.min(stated.decision.made))
}

/// Worst last.
fn rank(state: State) -> u8 {
    match state {
        State::Pass | State::NotApplicable => 0,
        State::Waived | State::Partial => 1,
        State::Stale | State::Unknown => 2,
        State::Fail => 3,
    }
}
