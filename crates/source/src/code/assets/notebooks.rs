//! Notebooks that say what modules say: the module has the asset, and the notebook shows it once more.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{Asset, AssetKind},
};

/// Prompts with the text of a module's prompt become one with it. What a notebook kept aside says is optional where a module
/// has the like by name, and all its prompts and agents are where the notebook repeats a module in anything.
pub(super) fn fold(found: &mut Vec<Asset>) {
    let (mut by_text, mut names) = (BTreeMap::new(), BTreeSet::new());
    for (at, asset) in found.iter().enumerate().filter(|(_, asset)| !of_notebook(asset)) {
        if is_own(asset) {
            names.insert((asset.kind, last(&asset.name).to_owned()));
        }
        if let Some(digest) = asset.digest.filter(|_| asset.kind == AssetKind::Prompt) {
            by_text.entry(digest).or_insert(at);
        }
    }
    let again = |asset: &Asset| names.contains(&(asset.kind, last(&asset.name).to_owned()));
    let repeats: BTreeSet<String> = found
        .iter()
        .filter(|asset| of_notebook(asset) && is_own(asset))
        .filter(|asset| {
            again(asset) || asset.digest.is_some_and(|text| by_text.contains_key(&text))
        })
        .filter_map(|asset| Some(asset.seen.first()?.path.clone()))
        .collect();
    for (at, places) in drop_repeated(found, &by_text) {
        if let Some(asset) = found.get_mut(at) {
            asset.seen.extend(places);
        }
    }
    found.retain(|asset| !asset.seen.is_empty());
    for asset in found.iter_mut().filter(|asset| is_aside(asset) && is_own(asset)) {
        let companion = asset.seen.first().is_some_and(|seen| repeats.contains(&seen.path));
        asset.optional |= companion || again(asset);
    }
}

/// Kinds that a notebook defines again when it shows how a module works.
fn is_own(asset: &Asset) -> bool {
    matches!(asset.kind, AssetKind::Prompt | AssetKind::Agent | AssetKind::Tool)
}

use crate::code::python::is_notebook;

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
    asset.seen.first().is_some_and(|seen| is_notebook(&seen.path))
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

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::{Asset, AssetKind, Method, Pin, Sighting},
        finding::Confidence,
    };

    use super::fold;
    use crate::code::digest_of;

    fn prompt(path: &str, name: &str, text: &str) -> Asset {
        let (method, confidence) = (Method::Definition, Confidence::High);
        Asset {
            kind: AssetKind::Prompt,
            name: format!("{path}#{name}"),
            location: None,
            digest: Some(digest_of(text)),
            pin: Pin::Unknown,
            optional: false,
            details: std::collections::BTreeMap::new(),
            seen: vec![Sighting { path: path.into(), line: 1, method, confidence }],
        }
    }

    #[test]
    fn a_notebook_that_repeats_a_module_is_optional_and_one_by_itself_is_not() {
        let mut found = vec![
            prompt("notebooks/a.ipynb", "SYSTEM", "same"),
            prompt("notebooks/a.ipynb", "other", "only here"),
            prompt("notebooks/b.ipynb", "alone", "by itself"),
            prompt("app.py", "SYSTEM", "same"),
        ];
        fold(&mut found);
        let shown: Vec<_> =
            found.iter().map(|a| (a.name.as_str(), a.optional, a.seen.len())).collect();
        assert_eq!(
            shown,
            [
                ("notebooks/a.ipynb#other", true, 1),
                ("notebooks/b.ipynb#alone", false, 1),
                ("app.py#SYSTEM", false, 2),
            ]
        );
    }
}
