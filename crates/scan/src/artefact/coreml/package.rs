//! A package: a manifest that names its items.

use coseal_core::{
    fact::ArtefactVerdict::{Malformed, Malicious, Unknown},
    finding::Rule,
    system::ModelFormat,
};
use serde_json::Value;

use super::{
    paths::leaves,
    rules::{BROKEN, MISSING, OUTSIDE, RULES},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
    },
    bytes::read_up_to,
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
        if input.bytes.size() > MAX_MANIFEST {
            report.gap("the manifest", "it is longer than is read");
            return;
        }
        let mut text = vec![0; usize::try_from(input.bytes.size()).unwrap_or(0)];
        let Ok(read) = read_up_to(input.bytes, 0, &mut text) else {
            report.unreadable(0);
            return;
        };
        text.truncate(read);
        match serde_json::from_slice::<Value>(&text) {
            Ok(manifest) => items(&manifest, input, report),
            Err(_) => report.find(&BROKEN, Malformed, 0, "the manifest is no JSON"),
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn items(manifest: &Value, input: Input<'_>, report: &mut Report) {
    let Some(items) = manifest.get("itemInfoEntries").and_then(Value::as_object) else {
        report.find(&BROKEN, Malformed, 0, "the manifest has no items");
        return;
    };
    let root = manifest.get("rootModelIdentifier").and_then(Value::as_str);
    if !root.is_some_and(|root| items.contains_key(root)) {
        report.find(&BROKEN, Malformed, 0, "the package's model is none of its items");
    }
    let names = input.beside.names();
    for item in items.values() {
        let Some(path) = item.get("path").and_then(Value::as_str) else {
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
