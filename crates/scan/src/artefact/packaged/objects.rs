//! Settings from which loaders build objects: YAML with Python's tags, Hydra's `_target_`, and jsonpickle.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    code,
    rules::{BROKEN, CODE},
    yolo,
};
use crate::{
    artefact::{
        format::{Input, Look},
        report::Report,
        room::Room,
        stop::settle,
        tags,
    },
    bytes::{ReadAt, read_up_to},
    encoding::{
        json::{self, Json, Limits},
        yaml,
    },
};

/// Bytes of a file that is asked what it is; longer ones are data.
const ASKED: u64 = 64 << 20;
/// Keys of jsonpickle that have it import, call or evaluate something.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "py/object", "py/reduce", "py/repr", "py/type", "py/function", "py/class", "py/mod", "py/initargs", "py/newargs", "py/newargsex", "py/state",
];

/// Settings in YAML that name what is to be built.
pub(crate) const SETTINGS: Room = Room {
    id: "settings-objects",
    family: None,
    recognises: |look: &Look<'_>| look.named(&["yaml", "yml"]) && builds(look),
    inspect: settings,
    rules: &[],
};
/// Objects that jsonpickle wrote.
pub(crate) const OBJECTS: Room = Room {
    id: "jsonpickle",
    family: None,
    recognises: |look: &Look<'_>| {
        let begin = look.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(look.head).trim_ascii_start();
        look.named(&["json", "jsonpickle", "jpkl", "txt"])
            && matches!(begin.first(), Some(b'{' | b'['))
            && json::keys::hold(look.bytes, ASKED, KEYS)
    },
    inspect: objects,
    rules: &[],
};

/// Bytes of a long text that are searched at a time, and how many of them twice.
const WINDOW: usize = 1 << 16;
const OVERLAP: u64 = 32;
/// Ways to spell a tag of Python's, or to hide one.
const TAGS: &[&[u8]] = &[b"!!p", b"2002:python/", b"%TAG", b"!!%", b"!<"];
/// What a key may be spelt with.
const SPELT: &[&[u8]] =
    &[b"_target_", b"backbone", b"head", b"download", b"\\x", b"\\u", b"\\U", b"\\\n", b"\\\r"];

/// Whether some tag or key has a loader build an object. The text is parsed if it might: both can be spelt in many ways.
fn builds(look: &Look<'_>) -> bool {
    if look.begins(b"\xff\xfe") || look.begins(b"\xfe\xff") {
        return true;
    }
    if look.bytes.size() > code::MAX_TEXT {
        return far(look.bytes);
    }
    let mut bytes = vec![0; usize::try_from(look.bytes.size()).unwrap_or(0)];
    if read_up_to(look.bytes, 0, &mut bytes).is_err() {
        return false;
    }
    let holds = |mark: &&[u8]| memchr::memmem::find(&bytes, mark).is_some();
    let tagged = TAGS.iter().any(holds);
    if !tagged && !SPELT.iter().any(holds) {
        return false;
    }
    match yaml::read(&String::from_utf8_lossy(&bytes)) {
        Ok(document) => {
            let built = |tag: &String| tag.contains("python/") && tags::builds(tag).is_some();
            document.tags.iter().any(built)
                || document.values.iter().any(|value| value.has_key("_target_"))
                || yolo::odd(&document)
        }
        Err(_) => tagged || holds(&b"_target_:".as_slice()),
    }
}

/// Whether a text that is longer than is parsed might.
fn far(bytes: &dyn ReadAt) -> bool {
    let mut window = vec![0; WINDOW];
    let mut at = 0_u64;
    while at < bytes.size().min(ASKED) {
        let Ok(read) = read_up_to(bytes, at, &mut window) else { return false };
        let part = window.get(..read).unwrap_or_default();
        let mut marks = TAGS.iter().chain(SPELT.iter().take(1));
        if marks.any(|mark| memchr::memmem::find(part, mark).is_some()) {
            return true;
        }
        // A mark may stand across the end.
        at = at.saturating_add((WINDOW as u64).saturating_sub(OVERLAP));
    }
    false
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
    yolo::judge(&document, report);
}

fn objects(input: Input<'_>, report: &mut Report) {
    let limits = Limits { size: code::MAX_TEXT, ..Limits::default() };
    match report.json(input.bytes, limits) {
        Ok(value) => walk(&value, report),
        Err(stop) => settle(Err(stop), &BROKEN, report),
    }
}

fn walk(value: &Json, report: &mut Report) {
    match value {
        Json::List(items) => items.iter().for_each(|item| walk(item, report)),
        Json::Map(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("py/repr", _) => {
                        report.find(&CODE, Malicious, 0, "py/repr is evaluated as code");
                    }
                    (
                        "py/object" | "py/type" | "py/function" | "py/class" | "py/mod",
                        Json::Text(name),
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
