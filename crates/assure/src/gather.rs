//! Gathers the facts that this crate judges: the system file and the texts that it names.

use std::collections::BTreeMap;

use coseal_core::{fact::Text, system::System, tree::Tree};
use coseal_sign::sha256;

/// Paths of the texts that a system file names: prompts, cards and documents.
#[must_use]
pub fn text_paths(system: &System) -> Vec<String> {
    let cards = system.model.values().filter_map(|model| model.card.as_ref());
    let cards = cards.chain(system.adapter.values().filter_map(|adapter| adapter.card.as_ref()));
    let cards = cards.chain(system.dataset.values().filter_map(|dataset| dataset.card.as_ref()));
    let documents = system.document.values().map(|document| &document.location);
    let located =
        cards.chain(documents).chain(system.prompt.values().map(|prompt| &prompt.location));
    let mut paths: Vec<_> =
        located.filter_map(|location| location.path().map(str::to_owned)).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Reads the texts that a system file names.
#[must_use]
pub fn texts(tree: &Tree, system: &System) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    let paths = text_paths(system);
    more_texts(tree, &paths.iter().map(String::as_str).collect::<Vec<_>>(), &mut texts);
    texts
}

/// Reads further texts, each once.
pub fn more_texts(tree: &Tree, paths: &[&str], texts: &mut BTreeMap<String, Text>) {
    for path in paths {
        texts.entry((*path).to_owned()).or_insert_with(|| {
            let text = tree.text(path);
            let digest = text.as_ref().ok().map(|text| sha256(text.as_bytes()));
            Text { path: (*path).to_owned(), text: text.map_err(|error| error.to_string()), digest }
        });
    }
}
