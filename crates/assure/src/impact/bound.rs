//! What each check is bound to.

use std::collections::BTreeSet;

use coseal_core::{
    catalogue::catalogue,
    check::Check,
    fact::{Facts, Read},
};
use serde_json::Value;

use super::change::Change;
use crate::engine::reads;

/// What each check of the catalogue is bound to now. A binding is the digest over just these values, so it changes
/// when one of them does, and only then; each is worked out once, since many checks read the same.
pub(super) struct Bound {
    values: Vec<(Read, Value)>,
    checks: Vec<(&'static str, Vec<usize>)>,
}

impl Bound {
    /// Of these facts, with the outcomes of the first stratum in them.
    pub(super) fn of(checks: &[&dyn Check], facts: &Facts) -> Self {
        let mut bound = Self { values: Vec::new(), checks: Vec::new() };
        for (_, entry) in catalogue().checks() {
            let check = checks.iter().copied().find(|check| check.meta().id == entry.id);
            let places = reads(entry, check).into_iter().map(|read| bound.place(read, facts));
            let places = places.collect();
            bound.checks.push((&entry.id, places));
        }
        bound
    }

    fn place(&mut self, read: Read, facts: &Facts) -> usize {
        self.values.iter().position(|(known, _)| *known == read).unwrap_or_else(|| {
            self.values.push((read, facts.bound(&read)));
            self.values.len() - 1
        })
    }

    /// The checks whose binding is another one after a change.
    pub(super) fn changed_by(&self, change: &Change) -> BTreeSet<&'static str> {
        let other: BTreeSet<usize> = (self.values.iter().enumerate())
            .filter(|(_, (read, _))| change.kinds.contains(&read.kind))
            .filter(|(_, (read, now))| change.facts.bound(read) != *now)
            .map(|(place, _)| place)
            .collect();
        (self.checks.iter())
            .filter(|(_, places)| places.iter().any(|place| other.contains(place)))
            .map(|(check, _)| *check)
            .collect()
    }
}
