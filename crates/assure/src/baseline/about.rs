//! What a finding is about, by content: another thing under the name of a known one is another finding.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, Facts, Measured, Workload},
    finding::Finding,
};
use serde_json::{Map, Value, json};

/// Words of a message that are looked at.
const MAX_WORDS: usize = 100;

/// The facts of a run, by where findings may name them.
pub(super) struct About<'a> {
    facts: &'a Facts,
    assets: BTreeMap<(&'a str, u32), BTreeSet<&'a Asset>>,
    settings: BTreeMap<(&'a str, u32), BTreeSet<Set<'a>>>,
    /// The digest of each file or element that was measured.
    digests: BTreeMap<&'a str, String>,
    system: Map<String, Value>,
}

/// A setting of a workload: what, and what it is set to.
type Set<'a> = (&'a str, &'a str);

impl<'a> About<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        let system = facts.system.as_ref().map(serde_json::to_value);
        Self {
            facts,
            assets: assets(&facts.assets),
            settings: settings(&facts.workloads),
            digests: digests(facts),
            system: match system {
                Some(Ok(Value::Object(tables))) => tables,
                _ => Map::new(),
            },
        }
    }

    /// What stands at the place of a finding, without its line: assets with their place and digest, settings of what is run, the
    /// bytes of a model file, and where the elements are that its message names. Null where none of these is known.
    ///
    /// Nothing of it is a secret: it goes into a hash, which somebody could try values against.
    pub(super) fn of(&self, finding: &Finding) -> Value {
        let at = (finding.location.path.as_str(), finding.location.line.unwrap_or(0));
        let assets: Vec<Value> =
            self.assets.get(&at).into_iter().flatten().map(|it| asset(it)).collect();
        let settings = self.settings.get(&at);
        let bytes = self.bytes(&finding.location.path);
        let elements = self.elements(&finding.message);
        if assets.is_empty() && settings.is_none() && bytes.is_null() && elements.is_empty() {
            return Value::Null;
        }
        json!([assets, settings, bytes, elements])
    }

    /// The digest of a model file; its size and measures where it was not hashed.
    fn bytes(&self, path: &str) -> Value {
        let Some(artefact) = self.facts.artefacts.get(path) else { return Value::Null };
        let named = artefact.elements.iter().find_map(|element| self.digests.get(element.as_str()));
        match named.or_else(|| self.digests.get(path)) {
            Some(digest) => json!(digest),
            None => json!([artefact.size, artefact.measures]),
        }
    }

    /// Location and digest of each element that a message names, as `mcp.files`.
    fn elements(&self, message: &str) -> BTreeMap<String, Value> {
        let words =
            message.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '(' | ')'));
        let named = words.take(MAX_WORDS).filter_map(|word| {
            let word = word.trim_end_matches('.');
            let (table, id) = word.split_once('.')?;
            let element = self.system.get(table)?.get(id)?;
            let kept = [element.get("location"), element.get("digest")];
            kept.iter().any(Option::is_some).then(|| (word.to_owned(), json!(kept)))
        });
        named.collect()
    }
}

fn assets(all: &[Asset]) -> BTreeMap<(&str, u32), BTreeSet<&Asset>> {
    let mut at: BTreeMap<_, BTreeSet<&Asset>> = BTreeMap::new();
    for asset in all {
        for seen in &asset.seen {
            at.entry((seen.path.as_str(), seen.line)).or_default().insert(asset);
        }
    }
    at
}

fn asset(asset: &Asset) -> Value {
    let location = asset.location.as_ref().map(ToString::to_string);
    json!([asset.kind, asset.name, location, asset.digest])
}

fn settings(all: &[Workload]) -> BTreeMap<(&str, u32), BTreeSet<Set<'_>>> {
    let mut at: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for workload in all {
        for setting in &workload.settings {
            let what = (setting.what.as_str(), setting.value.as_str());
            at.entry((workload.path.as_str(), setting.line)).or_default().insert(what);
        }
    }
    at
}

/// By element, and by path where no element has it.
fn digests(facts: &Facts) -> BTreeMap<&str, String> {
    let read = facts.digests.iter().filter_map(|(name, fact)| match &fact.measured {
        Measured::Digest(digest) | Measured::Cached(digest) => {
            let path = name.split_once(":path:").map_or(name.as_str(), |(_, path)| path);
            Some((path, digest.to_string()))
        }
        _ => None,
    });
    read.collect()
}
