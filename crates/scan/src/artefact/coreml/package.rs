//! A package: a manifest that names its items.

use coseal_core::{
    fact::ArtefactVerdict::{Malformed, Malicious, Unknown},
    finding::Rule,
    system::ModelFormat,
};

use super::{
    paths::leaves,
    rules::{BROKEN, MISSING, OUTSIDE, RULES},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
        stop::settle,
    },
    encoding::json::{Json, Limits},
};

/// Bytes of a manifest.
const MAX_MANIFEST: u64 = 1 << 20;

/// The manifest of a package.
pub(crate) struct Package;

impl Format for Package {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "coreml-package"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Other)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        look.name() == "Manifest.json"
            && memchr::memmem::find(look.head, b"\"itemInfoEntries\"").is_some()
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let limits = Limits { size: MAX_MANIFEST, ..Limits::default() };
        match report.json(input.bytes, limits) {
            Ok(manifest) => items(&manifest, input, report),
            Err(stop) => settle(Err(stop), &BROKEN, report),
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn items(manifest: &Json, input: Input<'_>, report: &mut Report) {
    if let Some(key) = manifest.twice() {
        report.find(&BROKEN, Malformed, 0, &format!("the key {key} is there twice"));
    }
    let Some(Json::Map(items)) = manifest.at("itemInfoEntries") else {
        report.find(&BROKEN, Malformed, 0, "the manifest has no items");
        return;
    };
    let root = manifest.at("rootModelIdentifier").and_then(Json::text);
    if !root.is_some_and(|root| items.iter().any(|(key, _)| key == root)) {
        report.find(&BROKEN, Malformed, 0, "the package's model is none of its items");
    }
    let names = input.beside.names();
    for (_, item) in items {
        let Some(path) = item.at("path").and_then(Json::text) else {
            report.find(&BROKEN, Malformed, 0, "an item has no path");
            continue;
        };
        if let Some(why) = leaves(path) {
            report.find(&OUTSIDE, Malicious, 0, &format!("{path}: {why}"));
            continue;
        }
        let below = format!("Data/{}", path.trim_start_matches("./"));
        let folder = format!("{}/", below.trim_end_matches('/'));
        let there = |name: &String| *name == below || name.starts_with(&folder);
        if names.is_empty() {
            report.gap(path, "it is in the package, which was not given");
        } else if !names.iter().any(there) {
            let text = format!("{path} is missing, or is reached through a link");
            report.find(&MISSING, Unknown, 0, &text);
        }
    }
}
