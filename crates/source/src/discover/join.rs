//! The readers, and what they saw joined.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{AdvisoryReport, Asset, AssetKind, Dependency, Kind, Pin, Workload},
    outcome::Gap,
    system::Location,
    tree::Walk,
};

use super::{clean::clean, profile::chosen};
use crate::{advisory, code, deploy, manifest, pointer};

/// Places kept of one asset.
const MAX_SEEN: usize = 50;

/// What was found, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovered {
    /// Assets, each kind, name and place once.
    pub assets: Vec<Asset>,
    /// Packages.
    pub dependencies: Vec<Dependency>,
    /// What configuration runs.
    pub workloads: Vec<Workload>,
    /// Results of tools that look for vulnerabilities.
    pub advisories: Vec<AdvisoryReport>,
    /// What was in scope and not looked at.
    pub gaps: Vec<Gap>,
}

impl Discovered {
    fn add(&mut self, other: Self) {
        self.assets.extend(other.assets);
        self.dependencies.extend(other.dependencies);
        self.workloads.extend(other.workloads);
        self.advisories.extend(other.advisories);
        self.gaps.extend(other.gaps);
    }
}

/// Looks at every file that a reader is for. `hosted` are the names of hosted models that the catalogue knows.
#[must_use]
pub fn discover(walk: &Walk, hosted: &[(&str, Pin)]) -> Discovered {
    let mut found = Discovered::default();
    for part in parts(walk, hosted) {
        found.add(part);
    }
    let files: BTreeSet<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
    let shown = std::mem::take(&mut found.assets).into_iter().map(clean);
    found.assets = joined(shown.map(|asset| chosen(asset, &files)).collect());
    pin_hosted(&mut found.assets, hosted);
    found.dependencies.sort();
    found.dependencies.dedup();
    found.workloads.sort();
    found.advisories.sort();
    found.gaps.sort();
    found.gaps.dedup();
    found
}

/// Of hosted models whose names do not tell, the catalogue may know whether they move.
fn pin_hosted(assets: &mut [Asset], hosted: &[(&str, Pin)]) {
    let pins: BTreeMap<&str, Pin> = hosted.iter().copied().collect();
    let is_hosted = |asset: &&mut Asset| {
        asset.kind == AssetKind::Model
            && asset.pin == Pin::Unknown
            && asset.location.as_ref().is_some_and(|location| location.hosted().is_some())
    };
    for asset in assets.iter_mut().filter(is_hosted) {
        asset.pin = pins.get(asset.name.as_str()).copied().unwrap_or(Pin::Unknown);
    }
}

/// What each reader finds by itself.
fn parts(walk: &Walk, hosted: &[(&str, Pin)]) -> Vec<Discovered> {
    vec![
        code::discover(walk, hosted),
        manifest::found(walk),
        pointer::found(walk),
        advisory::found(walk),
        deploy::found(walk),
    ]
}

/// The files that are looked at, by the kind of fact that may come of them.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let mut all = code::searched(walk);
    let parts = [
        manifest::searched(walk),
        pointer::searched(walk),
        advisory::searched(walk),
        deploy::searched(walk),
    ];
    for (kind, files) in parts.into_iter().flatten() {
        all.entry(kind).or_default().extend(files);
    }
    // A file that can't be read is a gap, whatever is looked for in it.
    let any = all.values().flatten().cloned().collect();
    all.insert(Kind::Inspection, any);
    all
}

/// Each kind, name and place once, with all its sightings; what only one reader told is kept, and it is optional only if all
/// say so. What goes by one name stays apart where places or digests contradict.
#[must_use]
pub fn joined(assets: Vec<Asset>) -> Vec<Asset> {
    let mut by_name: BTreeMap<_, Rows> = BTreeMap::new();
    for asset in assets {
        by_name.entry((asset.kind, asset.name.clone())).or_default().put(asset);
    }
    let mut all: Vec<Asset> = by_name.into_values().flat_map(|rows| rows.all).collect();
    for asset in &mut all {
        asset.seen.sort();
        asset.seen.dedup();
        asset.seen.truncate(MAX_SEEN);
    }
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    all
}

/// What goes by one name, and where it stands by place and digest.
#[derive(Default)]
struct Rows {
    all: Vec<Asset>,
    by_place: BTreeMap<Place, usize>,
}

type Place = (Option<Location>, Option<Digest>);

impl Rows {
    fn put(&mut self, asset: Asset) {
        let at = self.agreeing(&asset).unwrap_or(self.all.len());
        match self.all.get_mut(at) {
            None => self.all.push(asset),
            Some(known) => {
                self.by_place.remove(&(known.location.clone(), known.digest));
                join(known, asset);
            }
        }
        if let Some(row) = self.all.get(at) {
            self.by_place.entry((row.location.clone(), row.digest)).or_insert(at);
        }
    }

    /// The row that an asset is another sight of.
    fn agreeing(&self, asset: &Asset) -> Option<usize> {
        let of = |place: &Place| self.by_place.get(place).copied();
        let first = |place: Option<&Location>| {
            let from = (place.cloned(), None);
            let row = self.by_place.range(from..).next();
            row.filter(|((location, _), _)| location.as_ref() == place).map(|(_, at)| *at)
        };
        match (&asset.location, asset.digest) {
            (Some(location), Some(_)) => {
                let places = [Some(location.clone()), None];
                let digests = [asset.digest, None];
                let all = places.iter().flat_map(|place| digests.map(|d| of(&(place.clone(), d))));
                all.flatten().min()
            }
            (Some(location), None) => {
                [first(Some(location)), first(None)].into_iter().flatten().min()
            }
            (None, _) => self.all.iter().position(|known| agree(known, asset)),
        }
    }
}

type Order<'a> = (AssetKind, &'a str, Option<String>, Option<Digest>);

fn order(asset: &Asset) -> Order<'_> {
    let location = asset.location.as_ref().map(ToString::to_string);
    (asset.kind, &asset.name, location, asset.digest)
}

/// Whether neither place nor digest says that two of one name are two things.
fn agree(one: &Asset, other: &Asset) -> bool {
    fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.zip(other).is_none_or(|(one, other)| one == other)
    }
    same(one.location.as_ref(), other.location.as_ref())
        && same(one.digest.as_ref(), other.digest.as_ref())
}

fn join(known: &mut Asset, other: Asset) {
    known.location = known.location.take().or(other.location);
    known.digest = known.digest.or(other.digest);
    if known.pin == Pin::Unknown {
        known.pin = other.pin;
    }
    known.optional &= other.optional;
    for (key, value) in other.details {
        known.details.entry(key).or_insert(value);
    }
    known.seen.extend(other.seen);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{
        digest::Digest,
        fact::{Asset, AssetKind, Method, Pin, Sighting},
        finding::Confidence,
    };

    use super::joined;

    fn asset(path: &str, optional: bool, location: Option<&str>) -> Asset {
        Asset {
            kind: AssetKind::Model,
            name: "a/b".into(),
            location: location.map(|text| text.parse().unwrap()),
            digest: None,
            pin: Pin::Unknown,
            optional,
            details: BTreeMap::new(),
            seen: vec![Sighting {
                path: path.into(),
                line: 1,
                method: Method::Call,
                confidence: Confidence::High,
            }],
        }
    }

    #[test]
    fn an_asset_is_there_once_with_all_its_places() {
        let all =
            joined(vec![asset("tests/x.py", true, None), asset("app.py", false, Some("hf:a/b"))]);
        let [one] = all.as_slice() else { panic!("{all:?}") };
        assert!(!one.optional);
        assert_eq!(one.location.as_ref().unwrap().to_string(), "hf:a/b");
        assert_eq!(one.seen.len(), 2);
    }

    #[test]
    fn what_says_less_joins_what_does_not_contradict() {
        let told = |location: Option<&str>, digest: Option<u8>| Asset {
            digest: digest.map(|byte| Digest::new([byte; 32])),
            ..asset("a.py", false, location)
        };
        for (assets, wanted) in [
            (vec![told(Some("hf:a/b"), Some(1)), told(Some("hf:a/b"), Some(2))], 2),
            (vec![told(Some("hf:a/b"), None), told(Some("hf:a/b"), Some(1))], 1),
            (vec![told(Some("hf:a/b"), Some(1)), told(Some("hf:a/b"), None)], 1),
            (vec![told(None, Some(1)), told(Some("hf:a/b"), None)], 1),
            (vec![told(None, Some(1)), told(Some("hf:a/b"), Some(2))], 2),
            (vec![told(Some("hf:a/b"), Some(1)), told(None, Some(1)), told(None, None)], 1),
            (
                vec![
                    told(Some("hf:a/b"), None),
                    told(None, Some(1)),
                    told(Some("hf:a/b"), Some(2)),
                ],
                2,
            ),
        ] {
            assert_eq!(joined(assets.clone()).len(), wanted, "{assets:?}");
        }
    }

    #[test]
    fn one_name_at_two_places_is_two_assets() {
        let all = joined(vec![
            asset("a.py", false, Some("hf:a/b")),
            asset("b.py", false, Some("hf:c/b")),
            asset("c.py", false, Some("hf:c/b")),
        ]);
        let seen: Vec<_> = all.iter().map(|asset| asset.seen.len()).collect();
        assert_eq!(seen, [1, 2]);
    }
}
