//! Settings from which loaders build objects: YAML with Python's tags, Hydra's `_target_`, and jsonpickle.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};
use serde_json::Value;

use super::{
    code,
    rules::{BROKEN, CODE},
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
        stop::{broken, settle},
    },
    bytes::read_up_to,
};

/// Bytes of a file in which marks are looked for.
const SEARCHED: usize = 1 << 17;
/// Settings in YAML that name what is to be built.
pub(crate) const SETTINGS: Room = Room {
    id: "settings-objects",
    family: None,
    recognises: |look: &Look<'_>| {
        look.named(&["yaml", "yml"])
            && look.is_text()
            && marked(look, &[b"!!python/", b"2002:python/", b"_target_:"])
    },
    inspect: settings,
    rules: &[],
};
/// Objects that jsonpickle wrote.
pub(crate) const OBJECTS: Room = Room {
    id: "jsonpickle",
    family: None,
    recognises: |look: &Look<'_>| {
        look.named(&["json"])
            && look.is_text()
            && marked(
                look,
                &[
                    b"\"py/object\"",
                    b"\"py/reduce\"",
                    b"\"py/repr\"",
                    b"\"py/type\"",
                    b"\"py/function\"",
                ],
            )
    },
    inspect: objects,
    rules: &[],
};

fn marked(look: &Look<'_>, marks: &[&[u8]]) -> bool {
    let size = usize::try_from(look.bytes.size()).unwrap_or(SEARCHED).min(SEARCHED);
    let mut text = vec![0; size];
    read_up_to(look.bytes, 0, &mut text).is_ok()
        && marks.iter().any(|mark| memchr::memmem::find(&text, mark).is_some())
}

fn settings(input: Input<'_>, report: &mut Report) {
    let Some(document) = code::settings(input, report) else { return };
    let mut texts = Vec::new();
    for value in &document.values {
        value.texts("", &mut texts);
    }
    for (_, name) in texts.into_iter().filter(|(key, _)| *key == "_target_") {
        code::class("_target_", name, report);
    }
}

fn objects(input: Input<'_>, report: &mut Report) {
    let Some(text) = code::text(input, report) else { return };
    match serde_json::from_str(&text) {
        Ok(value) => walk(&value, report),
        Err(_) => {
            settle(
                broken(0, "it is no JSON, or nests deeper than loaders follow"),
                &BROKEN,
                report,
            );
        }
    }
}

fn walk(value: &Value, report: &mut Report) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, report)),
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("py/repr", _) => {
                        report.find(&CODE, Malicious, 0, "py/repr is evaluated as code");
                    }
                    (
                        "py/object" | "py/type" | "py/function" | "py/class" | "py/mod",
                        Value::String(name),
                    ) => {
                        code::class(key, name, report);
                    }
                    (
                        "py/reduce" | "py/initargs" | "py/newargs" | "py/newargsex" | "py/state",
                        _,
                    ) => {
                        let text = format!("{key} has the loader call something");
                        report.find(&CODE, Unknown, 0, &text);
                        walk(value, report);
                    }
                    _ => walk(value, report),
                }
            }
        }
        _ => {}
    }
}
