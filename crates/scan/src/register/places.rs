//! Where assets are, to find the one that a candidate is about without a look at all.

use std::collections::BTreeMap;

use coseal_core::{
    digest::Digest,
    fact::{Asset, AssetKind},
    lock::Candidate,
};

/// What tells a text in code: its kind, file and name there, and its digest. Several texts of one name in one file are told by
/// the digest alone.
pub(super) type CodeKey<'a> = (AssetKind, &'a str, &'a str, Option<Digest>);

/// An asset, and how many stand before it.
type Placed<'a> = (usize, &'a Asset);

/// Assets by where they are; the first of equals counts.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    by_path: BTreeMap<(AssetKind, &'a str), Placed<'a>>,
    in_code: BTreeMap<CodeKey<'a>, Placed<'a>>,
    /// What is not in the folder, without its revision.
    elsewhere: BTreeMap<(AssetKind, String), &'a Asset>,
}

impl<'a> Places<'a> {
    /// The places of these assets.
    #[must_use]
    pub fn of(assets: &'a [Asset]) -> Self {
        let (mut by_path, mut in_code) = (BTreeMap::new(), BTreeMap::new());
        let mut elsewhere = BTreeMap::new();
        for (at, asset) in assets.iter().enumerate() {
            let Some(location) = &asset.location else { continue };
            if let Some(path) = location.path() {
                by_path.entry((asset.kind, path)).or_insert((at, asset));
                in_code.entry(code_key(asset, path)).or_insert((at, asset));
            } else {
                let place = revisionless(&location.to_string()).to_owned();
                elsewhere.entry((asset.kind, place)).or_insert(asset);
            }
        }
        Self { by_path, in_code, elsewhere }
    }

    /// What files show of a candidate: of its kind, at its place, and for a text in code with its digest.
    #[must_use]
    pub fn shown(&self, asset: &Candidate) -> Option<&'a Asset> {
        let found = if asset.is_in_code() {
            let all = code_keys(asset).filter_map(|key| self.in_code.get(&key).copied());
            all.min_by_key(|(at, _)| *at)
        } else {
            self.by_path.get(&(asset.kind, asset.path()?)).copied()
        };
        found.map(|(_, asset)| asset)
    }

    /// What files show of a candidate whose bytes are not in the folder. A revision that only one of the two names parts nothing.
    #[must_use]
    pub fn elsewhere(&self, of: &Candidate) -> Option<&'a Asset> {
        self.elsewhere.get(&(of.kind, revisionless(&of.location).to_owned())).copied()
    }

    /// The place that shows an asset best: path and line.
    #[must_use]
    pub fn seen_at(&self, asset: &Candidate) -> Option<(&'a str, u32)> {
        let place = self.shown(asset)?.main_place()?;
        Some((&place.path, place.line))
    }
}

/// The key of an asset whose file this is, if it is a text in it.
pub(super) fn code_key<'a>(asset: &'a Asset, path: &'a str) -> CodeKey<'a> {
    let below = asset.name.strip_prefix(path).and_then(|rest| rest.strip_prefix('#'));
    (asset.kind, path, below.unwrap_or(&asset.name), asset.digest)
}

/// The keys that what stands in code may have: the number behind a name may be its own or that of the texts of that name.
pub(super) fn code_keys(asset: &Candidate) -> impl Iterator<Item = CodeKey<'_>> {
    let place = asset.location.strip_prefix("code:").and_then(|code| code.split_once('#'));
    let names = place.into_iter().flat_map(|(file, name)| {
        let unnumbered = name.rsplit_once('#').map(|(name, _)| name);
        [Some(name), unnumbered].into_iter().flatten().map(move |name| (file, name))
    });
    names.map(|(file, name)| (asset.kind, file, name, asset.told))
}

/// A location without the revision that it may name.
pub(super) fn revisionless(location: &str) -> &str {
    location.split_once('@').map_or(location, |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{
        digest::Digest,
        fact::{Asset, AssetKind, LockFact, Pin},
        lock::{Declared, candidates},
    };

    use super::Places;

    fn asset(kind: AssetKind, name: &str, location: &str, digest: Option<u8>) -> Asset {
        Asset {
            kind,
            name: name.into(),
            location: location.parse().ok(),
            digest: digest.map(|byte| Digest::new([byte; 32])),
            pin: Pin::Unknown,
            optional: false,
            details: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    #[test]
    fn texts_of_one_name_in_one_file_are_told_by_their_digests() {
        let assets = [
            asset(AssetKind::Prompt, "a.py#P", "path:a.py", Some(2)),
            asset(AssetKind::Prompt, "a.py#P", "path:a.py", Some(1)),
            asset(AssetKind::Tool, "find", "path:a.py", Some(3)),
            asset(AssetKind::Tool, "find", "path:a.py", Some(4)),
        ];
        let places = Places::of(&assets);
        let all = candidates(Declared::none(), &assets, &LockFact::default());
        let numbered = all.iter().filter(|one| one.location.ends_with("#2")).count();
        assert_eq!((all.len(), numbered), (4, 2));
        for one in &all {
            let shown = places.shown(one).unwrap();
            assert_eq!((shown.kind, shown.digest), (one.kind, one.told), "{}", one.location);
        }
        let mut other = all[0].clone();
        other.told = Some(Digest::new([9; 32]));
        assert_eq!(places.shown(&other), None);
    }

    #[test]
    fn what_is_elsewhere_is_found_without_its_revision() {
        let assets = [asset(AssetKind::Model, "a/b", "hf:a/b", None)];
        let places = Places::of(&assets);
        let model = asset(AssetKind::Model, "m", "path:m.bin", None);
        let all = candidates(Declared::none(), &[model], &LockFact::default());
        let at = |location: &str| {
            let mut model = all[0].clone();
            model.location = location.into();
            model
        };
        assert!(places.elsewhere(&at("hf:a/b@main")).is_some());
        assert!(places.elsewhere(&at("hf:a/c@main")).is_none());
        assert!(places.elsewhere(&at("path:m.bin")).is_none());
    }
}
