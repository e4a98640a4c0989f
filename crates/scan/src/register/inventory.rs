//! Everything that an AI system is made of: what its files show, what its system file declares, what its register holds.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind, Facts, Pin, Sighting},
    finding::Confidence,
    lock::{Candidate, Declared, FILE_NAME, candidates},
    system::{self, Location, System},
};

use super::standing::{Places, Standing, in_code, name_at, standing};

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
    let known = Known::of(&facts.assets);
    let mut rows: Vec<Row> = with_bytes.iter().map(|asset| row(facts, asset, &known)).collect();
    let registers = Registers::of(&with_bytes);
    let elements = facts.system.as_ref().map(without_bytes).unwrap_or_default();
    let mut shown: BTreeSet<String> = rows.iter().filter_map(|row| row.element.clone()).collect();
    for asset in facts.assets.iter().filter(|asset| !registers.hold(asset)) {
        let of = elements.iter().find(|element| element.is(asset));
        shown.extend(of.map(|element| element.name.clone()));
        rows.push(without_register(asset, of));
    }
    let unseen = elements.iter().filter(|element| !shown.contains(&element.name));
    rows.extend(unseen.map(|element| unseen_row(facts, element)));
    rows.sort_by(|a, b| (a.kind, &a.name, &a.path).cmp(&(b.kind, &b.name, &b.path)));
    rows
}

/// Assets by kind and name, and by place.
struct Known<'a> {
    by_name: BTreeMap<(AssetKind, &'a str), &'a Asset>,
    places: Places<'a>,
}

impl<'a> Known<'a> {
    fn of(assets: &'a [Asset]) -> Self {
        let mut by_name = BTreeMap::new();
        for asset in assets {
            by_name.entry((asset.kind, asset.name.as_str())).or_insert(asset);
        }
        Self { by_name, places: Places::of(assets) }
    }
}

fn row(facts: &Facts, asset: &Candidate, known: &Known<'_>) -> Row {
    let shown = known.by_name.get(&(asset.kind, asset.name.as_str())).copied();
    let named = asset.path().unwrap_or(asset.location.strip_prefix("code:").unwrap_or(&asset.name));
    let (path, line) = match known.places.seen_at(asset) {
        Some(place) => place,
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
    in_code: BTreeSet<(AssetKind, &'a str, &'a str)>,
    by_path: BTreeSet<(AssetKind, &'a str)>,
    declared: BTreeSet<&'a str>,
}

impl<'a> Registers<'a> {
    fn of(with_bytes: &'a [Candidate]) -> Self {
        let mut all = Self::default();
        for one in with_bytes {
            if let Some((file, name)) = in_code(one) {
                all.in_code.insert((one.kind, file, name));
            } else if let Some(path) = one.path() {
                all.by_path.insert((one.kind, path));
                all.declared.extend(one.declared.then_some(path));
            }
        }
        all
    }

    /// Whether an asset, or a folder around it, is among them.
    fn hold(&self, asset: &Asset) -> bool {
        let Some(path) = asset.location.as_ref().and_then(Location::path) else { return false };
        let around = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        self.in_code.contains(&(asset.kind, path, name_at(asset, path)))
            || std::iter::once(path).chain(around).any(|place| {
                self.by_path.contains(&(asset.kind, place)) || self.declared.contains(place)
            })
    }
}

/// An element that has no bytes to register.
struct Element<'a> {
    kind: AssetKind,
    name: String,
    id: &'a str,
    location: Option<&'a Location>,
}

impl Element<'_> {
    fn is(&self, asset: &Asset) -> bool {
        let word = |name: &str| name.to_lowercase().replace('-', "_");
        let place = self.location.is_some() && self.location == asset.location.as_ref();
        self.kind == asset.kind && (place || word(self.id) == word(&asset.name))
    }
}

fn without_bytes(system: &System) -> Vec<Element<'_>> {
    fn of<'a, T>(
        kind: AssetKind,
        table: &'a system::Table<T>,
        location: impl Fn(&'a T) -> Option<&'a Location>,
    ) -> impl Iterator<Item = Element<'a>> {
        table.iter().map(move |(id, element)| Element {
            kind,
            name: format!("{}.{id}", kind.word()),
            id,
            location: location(element),
        })
    }
    let models = of(AssetKind::Model, &system.model, |model| Some(&model.location));
    models
        .filter(|element| element.location.is_some_and(|location| !location.has_bytes()))
        .chain(of(AssetKind::Store, &system.store, |store| store.location.as_ref()))
        .chain(of(AssetKind::Tool, &system.tool, |tool| tool.location.as_ref()))
        .chain(of(AssetKind::Mcp, &system.mcp, |mcp| Some(&mcp.location)))
        .chain(of(AssetKind::Agent, &system.agent, |_| None))
        .chain(of(AssetKind::Service, &system.service, |service| Some(&service.location)))
        .collect()
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
