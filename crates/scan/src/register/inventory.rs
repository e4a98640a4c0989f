//! Everything that an AI system is made of: what its files show, what its system file declares, what its register holds.

use std::collections::BTreeSet;

use coseal_core::{
    fact::{Asset, AssetKind, Facts, Pin, Sighting},
    finding::Confidence,
    lock::{Candidate, Declared, FILE_NAME, candidates},
    system::{self, Location},
};

use super::{
    elements::{Element, Elements, without_bytes},
    places::{CodeKey, Places, code_key, code_keys, revisionless},
    standing::{Standing, standing},
};

/// An asset, as the inventory shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: AssetKind,
    /// What it is called where it is used; its element if nothing shows it.
    pub name: String,
    /// Its element of the system file.
    pub element: Option<String>,
    /// Where it is, as the system file or the register says it.
    pub location: Option<String>,
    /// The file that shows it best.
    pub path: String,
    /// Line, counted from 1; 0 for the file as a whole.
    pub line: u32,
    /// Whether its name always means the same bytes.
    pub pin: Pin,
    /// How sure it is that it is there.
    pub confidence: Confidence,
    /// Whether only tests, examples or documentation show it.
    pub optional: bool,
    /// All places that show it, sorted; none where only a register or the system file names it.
    pub seen: Vec<Sighting>,
    /// How it stands to the registers; none where there are no bytes to register.
    pub standing: Option<Standing>,
}

/// All assets, sorted by kind and name.
#[must_use]
pub fn inventory(facts: &Facts) -> Vec<Row> {
    let declared = Declared::of(facts.system.as_ref());
    let with_bytes = candidates(declared, &facts.assets, &facts.lock);
    let places = Places::of(&facts.assets);
    let mut rows: Vec<Row> = with_bytes.iter().map(|asset| row(facts, asset, &places)).collect();
    let registers = Registers::of(&with_bytes);
    let elements = facts.system.as_ref().map(without_bytes).unwrap_or_default();
    let by_asset = Elements::of(&elements);
    let mut shown: BTreeSet<String> = rows.iter().filter_map(|row| row.element.clone()).collect();
    for asset in facts.assets.iter().filter(|asset| !registers.hold(asset)) {
        let of = by_asset.about(asset);
        shown.extend(of.map(|element| element.name.clone()));
        rows.push(without_register(asset, of));
    }
    let unseen = elements.iter().filter(|element| !shown.contains(&element.name));
    rows.extend(unseen.map(|element| unseen_row(facts, element)));
    rows.sort_by(|a, b| (a.kind, &a.name, &a.path).cmp(&(b.kind, &b.name, &b.path)));
    rows
}

fn row(facts: &Facts, asset: &Candidate, places: &Places<'_>) -> Row {
    let shown = if asset.declared { None } else { places.shown(asset) };
    let shown = shown.or_else(|| places.elsewhere(asset));
    let named = asset.path().or(asset.location.strip_prefix("code:"));
    let named = named.unwrap_or(shown.map_or(&asset.name, |shown| &shown.name));
    let (path, line) = match places.seen_at(asset) {
        Some(place) => place,
        None if let Some(seen) = shown.and_then(Asset::main_place) => {
            (seen.path.as_str(), seen.line)
        }
        None if asset.declared => (system::FILE_NAME, facts.spans.line(&asset.name)),
        None => (FILE_NAME, 0),
    };
    let is_element = asset.declared || asset.name.starts_with("tool.");
    Row {
        kind: asset.kind,
        name: named.to_owned(),
        element: is_element.then(|| asset.name.clone()),
        location: Some(asset.location.clone()),
        path: path.to_owned(),
        line,
        pin: shown.map_or(Pin::Unknown, |shown| shown.pin),
        confidence: shown.map_or(Confidence::High, Asset::confidence),
        optional: asset.optional,
        seen: shown.map(|shown| shown.seen.clone()).unwrap_or_default(),
        standing: Some(standing(asset, &facts.lock, &facts.digests)).filter(|standing| {
            // A document is registered only if somebody asks for it.
            asset.kind != AssetKind::Document || *standing != Standing::Unregistered
        }),
    }
}

/// What has a row already, by where it is.
#[derive(Default)]
struct Registers<'a> {
    in_code: BTreeSet<CodeKey<'a>>,
    by_path: BTreeSet<(AssetKind, &'a str)>,
    declared: BTreeSet<&'a str>,
    /// What is not in the folder, without its revision.
    elsewhere: BTreeSet<(AssetKind, &'a str)>,
}

impl<'a> Registers<'a> {
    fn of(with_bytes: &'a [Candidate]) -> Self {
        let mut all = Self::default();
        for one in with_bytes {
            if one.is_in_code() {
                all.in_code.extend(code_keys(one));
            } else if let Some(path) = one.path() {
                all.by_path.insert((one.kind, path));
                all.declared.extend(one.declared.then_some(path));
            } else {
                all.elsewhere.insert((one.kind, revisionless(&one.location)));
            }
        }
        all
    }

    /// Whether an asset, or a folder around it, is among them.
    fn hold(&self, asset: &Asset) -> bool {
        let Some(location) = &asset.location else { return false };
        let Some(path) = location.path() else {
            return self.elsewhere.contains(&(asset.kind, revisionless(&location.to_string())));
        };
        let around = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        self.in_code.contains(&code_key(asset, path))
            || std::iter::once(path).chain(around).any(|place| {
                self.by_path.contains(&(asset.kind, place)) || self.declared.contains(place)
            })
    }
}

fn without_register(asset: &Asset, element: Option<&Element<'_>>) -> Row {
    let (path, line) =
        asset.main_place().map_or((String::new(), 0), |seen| (seen.path.clone(), seen.line));
    Row {
        kind: asset.kind,
        name: asset.name.clone(),
        element: element.map(|element| element.name.clone()),
        location: asset.location.as_ref().map(ToString::to_string),
        path,
        line,
        pin: asset.pin,
        confidence: asset.confidence(),
        optional: asset.optional,
        seen: asset.seen.clone(),
        standing: None,
    }
}

fn unseen_row(facts: &Facts, element: &Element<'_>) -> Row {
    let hosted = facts.hosted_models.get(&element.name).map(|model| model.pin);
    let pinned = element.location.is_some_and(Location::is_pinned);
    let model = element.location.and_then(Location::hosted).map(|(_, model)| model);
    Row {
        kind: element.kind,
        name: model.unwrap_or(element.id).to_owned(),
        element: Some(element.name.clone()),
        location: element.location.map(ToString::to_string),
        path: system::FILE_NAME.to_owned(),
        line: facts.spans.line(&element.name),
        pin: hosted.unwrap_or(if pinned { Pin::Snapshot } else { Pin::Unknown }),
        confidence: Confidence::High,
        optional: false,
        seen: Vec::new(),
        standing: None,
    }
}
