//! What a new register would hold, and how it differs from the one that is there.

use std::collections::BTreeSet;

use coseal_core::{
    digest::Digest,
    fact::{AssetKind, Facts, LockFact, Locked},
    lock::{Candidate, Declared, candidates},
};

use super::standing::{Now, Standing, now, standing};

/// What becomes of one asset in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is as it was.
    Same,
    /// It was not registered.
    Added,
    /// It goes by another name now, and is as it was.
    Renamed,
    /// It is another one; written only if somebody accepts that.
    Changed {
        /// What is registered.
        from: Digest,
        /// Whether the system file says so, and would have to be changed too.
        pinned: bool,
    },
    /// It is registered and not there any more; taken out only if somebody accepts that.
    Gone,
    /// It can't be told, and why. What is registered stays.
    Unknown(String),
}

/// One asset of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The asset as it would be registered; as it is registered if it is gone or can't be told.
    pub asset: Option<Locked>,
    /// Its element or name.
    pub name: String,
    /// Where it is.
    pub location: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether somebody accepted the change.
    pub accepted: bool,
}

impl Entry {
    /// Whether its bytes are not in this folder and never were registered: a hub, a registry of images, an address. There is
    /// nothing to read here; an exact revision says as much as a digest.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        let here = ["path:", "code:"].iter().any(|scheme| self.location.starts_with(scheme));
        matches!(self.fate, Fate::Unknown(_)) && self.asset.is_none() && !here
    }
}

/// A new register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Each asset and what becomes of it.
    pub entries: Vec<Entry>,
    /// What the register would hold, sorted.
    pub register: Vec<Locked>,
    /// Names that were accepted and that nothing goes by.
    pub unmatched: BTreeSet<String>,
    /// Names that were accepted and that several changes go by: which of them was meant is not known.
    pub ambiguous: BTreeSet<String>,
}

impl Plan {
    /// Changes that nobody accepted.
    pub fn open(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| {
            !entry.accepted && matches!(entry.fate, Fate::Changed { .. } | Fate::Gone)
        })
    }
}

/// Compares what is there with the register. `accepted` are names or locations, `None` for all; `optional` takes in what only
/// tests, examples and documentation show.
#[must_use]
pub fn plan(facts: &Facts, accepted: Option<&BTreeSet<String>>, optional: bool) -> Plan {
    let lock = &facts.lock;
    let assets = candidates(Declared::of(facts.system.as_ref()), &facts.assets, lock);
    let mut plan = Plan { unmatched: accepted.cloned().unwrap_or_default(), ..Plan::default() };
    let mut seen = BTreeSet::new();
    for asset in &assets {
        let wanted = asset.entry(lock).is_some() || belongs(asset, optional);
        // Two elements at one place have the same bytes.
        if !wanted || !seen.insert((asset.kind, asset.location.clone())) {
            continue;
        }
        if standing(asset, lock, &facts.digests) == Standing::NamedOnly {
            continue;
        }
        let mut entry = entry(facts, asset);
        let names = [&entry.name, &entry.location];
        entry.accepted =
            accepted.is_none_or(|accepted| names.iter().any(|name| accepted.contains(*name)));
        for name in names {
            plan.unmatched.remove(name);
        }
        plan.register.extend(kept(&entry, asset, lock));
        plan.entries.push(entry);
    }
    plan.ambiguous = ambiguous(&plan, accepted);
    plan.register.sort();
    plan
}

fn ambiguous(plan: &Plan, accepted: Option<&BTreeSet<String>>) -> BTreeSet<String> {
    let several = |name: &&String| {
        let changes = plan.entries.iter().filter(|entry| {
            [&entry.name, &entry.location].contains(name)
                && matches!(entry.fate, Fate::Changed { .. } | Fate::Gone)
        });
        changes.count() > 1
    };
    accepted.into_iter().flatten().filter(several).cloned().collect()
}

/// Whether an asset that is not registered should be. A document changes often: it is registered if somebody gave it a digest.
fn belongs(asset: &Candidate, optional: bool) -> bool {
    let wanted = asset.kind != AssetKind::Document || asset.pinned.is_some();
    wanted && !asset.retired && (optional || !asset.optional)
}

fn entry(facts: &Facts, asset: &Candidate) -> Entry {
    let registered = asset.entry(&facts.lock);
    let now = now(asset, &facts.digests);
    let fate = match (&now, registered) {
        (Now::Unknown(_), Some(_)) if asset.only_registered => Fate::Gone,
        (Now::Unknown(why), _) => Fate::Unknown(why.clone()),
        (Now::Read(now) | Now::Told(now), registered) => known(asset, registered, *now),
    };
    let size = facts.digests.get(&asset.measured_as()).map(|fact| fact.size);
    let new = now.digest().map(|digest| Locked {
        kind: asset.kind,
        name: asset.name.clone(),
        location: asset.location.clone(),
        digest,
        size: if asset.is_in_code() { None } else { size.filter(|size| *size > 0) },
    });
    Entry {
        asset: new.or_else(|| registered.cloned()),
        name: asset.name.clone(),
        location: asset.location.clone(),
        fate,
        accepted: false,
    }
}

fn known(asset: &Candidate, registered: Option<&Locked>, now: Digest) -> Fate {
    let locked = registered.map(|entry| entry.digest);
    if let Some(from) = asset.pinned.filter(|pinned| *pinned != now) {
        return Fate::Changed { from, pinned: true };
    }
    match (locked, registered) {
        (None, _) => Fate::Added,
        (Some(from), _) if from != now => Fate::Changed { from, pinned: false },
        (_, Some(entry)) if entry.name != asset.name => Fate::Renamed,
        _ => Fate::Same,
    }
}

/// What the register holds of it afterwards.
fn kept(entry: &Entry, asset: &Candidate, lock: &LockFact) -> Option<Locked> {
    let registered = asset.entry(lock).cloned();
    match &entry.fate {
        Fate::Same | Fate::Added | Fate::Renamed => entry.asset.clone(),
        Fate::Changed { .. } if entry.accepted => entry.asset.clone(),
        Fate::Gone if entry.accepted => None,
        Fate::Changed { .. } | Fate::Gone | Fate::Unknown(_) => registered,
    }
}
