//! The 17 guidelines, in their own order or in that of another framework.

use coseal_core::{
    catalogue::{Guideline, catalogue},
    crosswalk::{Framework, crosswalk},
    verdict::Verdict,
};

use crate::{Assessment, Judged};

/// One guideline: what it claims, what the claim rests on, what is left to people.
#[derive(Clone, Debug)]
pub struct Card<'a> {
    /// The guideline.
    pub guideline: &'static Guideline,
    /// What was concluded.
    pub verdict: &'a Verdict,
    /// Its checks.
    pub checks: Vec<&'a Judged>,
    /// Verified provisions of other frameworks that it supports: title with version, and ids.
    pub supports: Vec<(String, &'static [String])>,
}

/// A provision of another framework, with the guidelines whose evidence supports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// Its id.
    pub id: &'static str,
    /// Numbers of the guidelines.
    pub guidelines: Vec<&'static str>,
}

pub(super) fn cards(assessment: &Assessment) -> Vec<Card<'_>> {
    let under =
        |id: &str| assessment.checks.iter().filter(|judged| judged.guideline.id == id).collect();
    let card = |(guideline, verdict): (&'static Guideline, _)| Card {
        guideline,
        verdict,
        checks: under(&guideline.id),
        supports: crosswalk()
            .of(&guideline.id)
            .map(|reference| {
                let framework = reference.framework;
                (format!("{}, {}", framework.title, framework.version), reference.ids)
            })
            .collect(),
    };
    catalogue().guidelines.iter().zip(&assessment.verdicts).map(card).collect()
}

/// The verified provisions of a framework in its own order.
#[must_use]
pub fn provisions(framework: &'static Framework) -> Vec<Provision> {
    let mut all: Vec<Provision> = Vec::new();
    for (guideline, ids) in framework.guidelines() {
        for id in ids {
            match all.iter_mut().find(|provision| provision.id == id) {
                Some(known) => known.guidelines.push(guideline),
                None => all.push(Provision { id, guidelines: vec![guideline] }),
            }
        }
    }
    all.sort_by_key(|provision| order(provision.id));
    all
}

/// Text and numbers by turns, so that 10 comes after 9.
fn order(id: &str) -> Vec<(u64, String)> {
    let mut parts = vec![(0_u64, String::new())];
    let mut in_number = false;
    for c in id.chars().take(100) {
        let digit = c.to_digit(10);
        if digit.is_some() && !in_number {
            parts.push((0, String::new()));
        }
        in_number = digit.is_some();
        if let Some(last) = parts.last_mut() {
            match digit {
                Some(digit) => last.0 = last.0.saturating_mul(10).saturating_add(u64::from(digit)),
                None => last.1.push(c),
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use coseal_core::crosswalk::crosswalk;

    use super::{order, provisions};

    #[test]
    fn ids_stand_in_the_order_of_their_framework() {
        let mut ids = vec!["P10", "P2", "GOVERN 4.10", "GOVERN 4.2", "5.1.1-2.1", "5.1.1-2"];
        ids.sort_by_key(|id| order(id));
        assert_eq!(ids, ["5.1.1-2", "5.1.1-2.1", "GOVERN 4.2", "GOVERN 4.10", "P2", "P10"]);
    }

    #[test]
    fn every_framework_has_provisions_and_each_stands_once() {
        for framework in crosswalk().frameworks() {
            let all = provisions(framework);
            assert!(!all.is_empty() && all.iter().all(|one| !one.guidelines.is_empty()));
            let mut ids: Vec<_> = all.iter().map(|one| one.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all.len(), "{}", framework.id);
        }
    }
}
