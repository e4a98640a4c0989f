//! Elements of the system file that have no bytes to register, and which of them an asset is.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind},
    system::{self, Location, System},
};

/// An element that has no bytes to register.
pub(super) struct Element<'a> {
    pub(super) kind: AssetKind,
    pub(super) name: String,
    pub(super) id: &'a str,
    pub(super) location: Option<&'a Location>,
}

/// Elements by where they are, and by what they are called; the first of equals counts.
pub(super) struct Elements<'a> {
    by_place: BTreeMap<(AssetKind, &'a Location), &'a Element<'a>>,
    by_name: BTreeMap<(AssetKind, String), Vec<&'a Element<'a>>>,
}

impl<'a> Elements<'a> {
    pub(super) fn of(elements: &'a [Element<'a>]) -> Self {
        let (mut by_place, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for element in elements {
            if let Some(location) = element.location {
                by_place.entry((element.kind, location)).or_insert(element);
            }
            let named: &mut Vec<_> = by_name.entry((element.kind, word(element.id))).or_default();
            named.push(element);
        }
        Self { by_place, by_name }
    }

    /// The element at the place of an asset; if there is none, the one of its name.
    pub(super) fn about(&self, asset: &Asset) -> Option<&'a Element<'a>> {
        let place = asset.location.as_ref();
        let here = place.and_then(|place| self.by_place.get(&(asset.kind, place)).copied());
        here.or_else(|| {
            let named = self.by_name.get(&(asset.kind, word(&asset.name)))?;
            // A server of the same name that is started otherwise is another one.
            let placed = asset.kind == AssetKind::Mcp && place.is_some();
            named.iter().copied().find(|element| !(placed && element.location.is_some()))
        })
    }
}

fn word(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// The elements of a system file that have no bytes.
pub(super) fn without_bytes(system: &System) -> Vec<Element<'_>> {
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
