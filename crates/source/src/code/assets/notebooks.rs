//! Notebooks that say what modules say: the module has the asset, and the notebook shows it once more.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{Asset, AssetKind},
};

/// Prompts with the text of a module's prompt become one with it; prompts and agents that notebooks kept aside show are
/// optional where modules have some.
pub(super) fn fold(found: &mut Vec<Asset>) {
    let (mut by_text, mut names, mut kinds) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    for (at, asset) in found.iter().enumerate().filter(|(_, asset)| !of_notebook(asset)) {
        kinds.insert(asset.kind);
        if asset.kind == AssetKind::Prompt {
            names.insert(last(&asset.name).to_owned());
            if let Some(digest) = asset.digest {
                by_text.entry(digest).or_insert(at);
            }
        }
    }
    let seen = drop_repeated(found, &by_text);
    for (at, places) in seen {
        if let Some(asset) = found.get_mut(at) {
            asset.seen.extend(places);
        }
    }
    for asset in found.iter_mut().filter(|asset| of_notebook(asset)) {
        let again = asset.kind == AssetKind::Prompt && names.contains(last(&asset.name));
        let shown = matches!(asset.kind, AssetKind::Prompt | AssetKind::Agent)
            && kinds.contains(&asset.kind)
            && is_aside(asset);
        asset.optional |= again || shown;
    }
    found.retain(|asset| !asset.seen.is_empty());
}

type Places = Vec<coseal_core::fact::Sighting>;

/// Takes the places away from what repeats a module's text, by where the module's asset stands.
fn drop_repeated(found: &mut [Asset], by_text: &BTreeMap<Digest, usize>) -> Vec<(usize, Places)> {
    let mut moved = Vec::new();
    for asset in found.iter_mut().filter(|asset| of_notebook(asset)) {
        let same = asset.digest.filter(|_| asset.kind == AssetKind::Prompt);
        if let Some(at) = same.and_then(|digest| by_text.get(&digest)) {
            moved.push((*at, std::mem::take(&mut asset.seen)));
        }
    }
    moved
}

fn of_notebook(asset: &Asset) -> bool {
    asset.seen.first().is_some_and(|seen| seen.path.ends_with(".ipynb"))
}

fn is_aside(asset: &Asset) -> bool {
    asset.seen.first().is_some_and(|seen| {
        seen.path
            .split('/')
            .any(|part| matches!(part.to_lowercase().as_str(), "notebooks" | "notebook"))
    })
}

fn last(name: &str) -> &str {
    name.rsplit('#').next().unwrap_or(name)
}
