//! Waivers that renew others.

use std::collections::BTreeSet;

use coseal_core::{decision::Waive, fact::DecisionFact};
use jiff::civil::Date;

use super::standing::{Standing, standing};

/// Whether something that is accepted is accepted again, by a later decision of the same kind that counts on this day.
pub(crate) fn renewed(
    fact: &DecisionFact,
    all: &[&DecisionFact],
    as_of: Date,
    system: &str,
) -> bool {
    let Ok(old) = &fact.decision else { return false };
    all.iter().any(|other| {
        let Ok(new) = &other.decision else { return false };
        let same = match (old.waive(), new.waive()) {
            (Some(_), Some(waive)) => waive.renews == Some(fact.digest) || again(fact, other),
            _ => old.kind() == new.kind() && old.subject() == new.subject(),
        };
        let later = new.made > old.made || new.made == old.made && new.expires > old.expires;
        same && later && matches!(standing(other, as_of, system), Standing::Holds { .. })
    })
}

/// How often a waiver was renewed: the waivers before it, each renewed by the next, as `renews` says, or because it is
/// about the same check and findings.
pub(crate) fn renewals(fact: &DecisionFact, all: &[&DecisionFact]) -> usize {
    let mut seen = BTreeSet::from([fact.digest]);
    let mut newest = vec![fact];
    while let Some(newer) = newest.pop() {
        let Some(made) = newer.decision.as_ref().ok().map(|decision| decision.made) else {
            continue;
        };
        for older in all {
            if seen.contains(&older.digest) {
                continue;
            }
            let earlier = older.decision.as_ref().is_ok_and(|decision| decision.made <= made);
            let named = waive(newer).and_then(|waive| waive.renews) == Some(older.digest);
            if named || earlier && again(newer, older) {
                seen.insert(older.digest);
                newest.push(older);
            }
        }
    }
    seen.len() - 1
}

/// Whether two waivers are about the same check and findings.
fn again(a: &DecisionFact, b: &DecisionFact) -> bool {
    match (waive(a), waive(b)) {
        (Some(a), Some(b)) => {
            let covers = |waive: &Waive| {
                waive
                    .covers
                    .iter()
                    .map(|c| (c.rule.clone(), c.path.clone()))
                    .collect::<BTreeSet<_>>()
            };
            a.check == b.check && covers(a) == covers(b)
        }
        _ => false,
    }
}

fn waive(fact: &DecisionFact) -> Option<&Waive> {
    fact.decision.as_ref().ok()?.waive()
}
