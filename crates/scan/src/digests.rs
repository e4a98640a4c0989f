//! The digests of a system's assets.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, DigestFact, LockFact, Measured, Method},
    lock::{Candidate, Declared, candidates},
    system::{Resolver, System},
    tree::Tree,
};

use crate::{
    measure::{DigestCache, Meter},
    survey::bytes_of,
};

/// What is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The system file, if there is one without errors.
    pub system: Option<&'a System>,
    /// What files show.
    pub assets: &'a [Asset],
    /// What is registered.
    pub lock: &'a LockFact,
    /// Where assets are that lie elsewhere.
    pub resolver: &'a Resolver,
    /// Whether everything is hashed; otherwise what has a digest to compare with, as far as the allowance reaches.
    pub full: bool,
}

/// The digests of all assets with bytes that are wanted, by element or `kind:location`. `cache` is asked where the allowance does
/// not reach. `progress` is told what is being hashed, and the bytes.
#[must_use]
pub fn digests(
    tree: &Tree,
    known: Known<'_>,
    cache: &mut dyn DigestCache,
    progress: &mut dyn FnMut(&str, u64),
) -> BTreeMap<String, DigestFact> {
    let assets = candidates(Declared::of(known.system), known.assets, known.lock);
    let pointers = pointers(known.assets);
    let mut meter = Meter::new(known.full, cache, progress);
    let mut measured = BTreeMap::new();
    for asset in assets.iter().filter(|asset| !asset.is_in_code()) {
        let given = is_given(known.system, asset);
        let registered = asset.pinned.is_some() || asset.entry(known.lock).is_some();
        if !(known.full || given || registered) {
            measured.extend(named_only(tree, asset));
            continue;
        }
        let files = match asset.path() {
            Some(path) if pointers.contains(path) => Err("a pointer stands in its place".into()),
            _ => bytes_of(tree, known.resolver, asset),
        };
        measured.extend(meter.measure(&asset.measured_as(), files, given));
    }
    measured
}

/// What code names and is not in the folder is noted: there is nothing to register.
fn named_only(tree: &Tree, asset: &Candidate) -> Option<(String, DigestFact)> {
    let why = tree.find(asset.path().filter(|_| !asset.declared)?).err()?.to_string();
    let element = asset.measured_as();
    let fact = DigestFact { element: element.clone(), size: 0, measured: Measured::Absent { why } };
    Some((element, fact))
}

/// Whether others get it from us, so that they may want to compare each of its files.
fn is_given(system: Option<&System>, asset: &Candidate) -> bool {
    let given = system.and_then(|system| system.system.distributes.as_ref());
    asset.declared && given.is_some_and(|given| given.contains(&asset.name))
}

/// Files that stand for others: what they hold is not what they are called.
fn pointers(assets: &[Asset]) -> BTreeSet<&str> {
    let stands_for = |asset: &'_ Asset, path: &str| {
        asset.seen.iter().any(|seen| seen.method == Method::Pointer && seen.path == path)
    };
    let paths = assets.iter().filter_map(|asset| {
        let path = asset.location.as_ref()?.path()?;
        stands_for(asset, path).then_some(path)
    });
    paths.collect()
}
