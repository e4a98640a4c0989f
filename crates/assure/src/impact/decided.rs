//! Decisions of people that rest on a file.

use std::collections::BTreeSet;

use coseal_core::{
    decision::{Cited, Evidence},
    digest::Digest,
    fact::{BrokenDecision, CitedFact, DecisionFact, Facts, Kind},
};

use super::{
    answer::AtRisk,
    change::Change,
    file::{normal, unlike},
};
use crate::decision::SIGNATURE_ENDING;

const KINDS: &[Kind] = &[Kind::Statement, Kind::Decision];

/// What changes with a file that decisions cite, or that is one.
pub(super) fn changes(facts: &Facts, path: &str) -> Vec<Change> {
    let mut changes: Vec<Change> =
        facts.decisions.values().flat_map(|fact| cites(facts, fact, path)).collect();
    changes.extend(signature(facts, path));
    let Some(fact) = facts.decisions.get(path) else { return changes };
    let label = |what: &str| format!("{what} {path}");
    let mut edited = facts.clone();
    let mut lost = facts.clone();
    if let Some(fact) = edited.decisions.get_mut(path) {
        fact.digest = unlike(Some(fact.digest));
    }
    if let Some(fact) = lost.decisions.get_mut(path) {
        // It may become a decision of any kind, about anything.
        let broken = BrokenDecision { why: String::new(), line: 1, kind: None, check: None };
        (fact.digest, fact.decision) = (unlike(Some(fact.digest)), Err(broken));
    }
    changes.push(Change::certain(label("the decision"), KINDS, edited));
    changes.push(Change::possible(label("the decision"), KINDS, lost));
    changes.extend(
        gone(facts, fact.digest).map(|after| Change::certain(label("cited:"), KINDS, after)),
    );
    changes
}

/// Nothing is bound to who signed, so that the same decision binds alike with and without a trust root. Yet what the decision
/// answers to is judged otherwise once the signature is another one: as if the decision were not there.
fn signature(facts: &Facts, path: &str) -> Option<Change> {
    let decision = path.strip_suffix(SIGNATURE_ENDING)?;
    let mut after = facts.clone();
    after.decisions.remove(decision)?;
    Some(Change::possible(format!("the signature of {decision}"), KINDS, after))
}

/// The decisions that would no longer count, or could.
pub(super) fn at_risk(facts: &Facts, path: &str, affected: &BTreeSet<&str>) -> Vec<AtRisk> {
    let mut out = Vec::new();
    let edited = facts.decisions.get(path).map(|fact| fact.digest);
    for fact in facts.decisions.values() {
        let Ok(decision) = &fact.decision else { continue };
        let mut add = |certain: bool, why: String| {
            let (kind, about) = (decision.kind(), decision.subject().to_owned());
            out.push(AtRisk { path: fact.path.clone(), kind, about, certain, why });
        };
        if fact.path == path {
            add(true, "it would have to be signed again".into());
        } else if path.strip_suffix(SIGNATURE_ENDING) == Some(fact.path.as_str()) {
            add(true, "this is its signature".into());
        }
        for (evidence, cited) in cited(fact).filter(|(_, cited)| cited.holds.is_ok()) {
            match evidence.cited() {
                Some(Cited::File(of, _)) if normal(of) == path => {
                    add(true, format!("it cites this file: {}", cited.what));
                }
                Some(Cited::Decision(of)) if Some(of) == edited => {
                    add(true, format!("it cites this decision: {}", cited.what));
                }
                Some(Cited::Record(of)) => {
                    if let Some(check) =
                        check_of(facts, of).filter(|check| affected.contains(check))
                    {
                        add(false, format!("it rests on the record of {check}: {}", cited.what));
                    }
                }
                _ => {}
            }
        }
    }
    out
}

/// Whether a file is a decision, the signature of one, or cited by one: what is in force may be another with it.
pub(super) fn concerns(facts: &Facts, path: &str) -> bool {
    let decision = path.strip_suffix(SIGNATURE_ENDING).unwrap_or(path);
    let mut all = facts.decisions.values().flat_map(cited).filter_map(|(of, _)| of.cited());
    facts.decisions.contains_key(decision)
        || all.any(|cited| matches!(cited, Cited::File(of, _) if normal(of) == path))
}

fn cited(fact: &DecisionFact) -> impl Iterator<Item = (&Evidence, &CitedFact)> {
    let evidence = fact.decision.iter().flat_map(|decision| &decision.evidence);
    evidence.filter(|evidence| evidence.cited().is_some()).zip(&fact.cited)
}

fn cites(facts: &Facts, fact: &DecisionFact, path: &str) -> Vec<Change> {
    let names = |evidence: &Evidence| matches!(evidence.cited(), Some(Cited::File(of, _)) if normal(of) == path);
    let places = cited(fact).enumerate().filter(|(_, (evidence, _))| names(evidence));
    let change = |(place, (_, now)): (usize, (&Evidence, &CitedFact))| {
        let mut after = facts.clone();
        let held = now.holds.is_ok();
        let there = after.decisions.get_mut(&fact.path)?.cited.get_mut(place)?;
        there.holds = if held { Err(String::new()) } else { Ok(()) };
        let change = if held { Change::certain } else { Change::possible };
        Some(change(format!("what {} cites", fact.path), KINDS, after))
    };
    places.filter_map(change).collect()
}

/// The facts, were there no decision of this digest any more.
fn gone(facts: &Facts, digest: Digest) -> Option<Facts> {
    let mut after = facts.clone();
    let mut any = false;
    for fact in after.decisions.values_mut() {
        for cited in
            fact.cited.iter_mut().filter(|cited| cited.named == digest && cited.holds.is_ok())
        {
            cited.holds = Err(String::new());
            any = true;
        }
    }
    any.then_some(after)
}

fn check_of(facts: &Facts, record: Digest) -> Option<&str> {
    let all = facts.recorded.values().flatten();
    all.filter(|known| known.record == record).map(|known| known.check.as_str()).next()
}
