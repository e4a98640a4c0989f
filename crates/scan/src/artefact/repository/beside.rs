//! Settings of the parts of a model: `modules.json` has each part read its own, by whatever name.

use super::{format::MAX_SETTINGS, keys};
use crate::{
    artefact::{format::Input, report::Report},
    bytes::ReadAt,
    encoding::json::{Json, Limits},
};

/// Files that are read.
const MAX_FILES: usize = 128;
/// Files that hold words and numbers, or that are read by themselves.
const DATA: &[&str] = &[
    "tokenizer.json",
    "vocab.json",
    "added_tokens.json",
    "special_tokens_map.json",
    "merges.json",
    "modules.json",
    ".index.json",
];

/// Looks at all settings beside a list of modules. Gives the modules that they name as code.
pub(super) fn read(input: Input<'_>, code: bool, report: &mut Report) -> keys::Modules {
    let mut modules = keys::Modules::new();
    let names = input.beside.names().into_iter();
    let settings = names
        .filter(|name| name.ends_with(".json") && !DATA.iter().any(|data| name.ends_with(data)));
    for (place, name) in settings.enumerate() {
        if place >= MAX_FILES {
            report.gap("the settings of the parts", "there are more files than are read");
            break;
        }
        let limits = Limits { size: MAX_SETTINGS, ..Limits::default() };
        let read = |bytes: Box<dyn ReadAt + '_>| Json::read(&*bytes, limits).ok();
        let json = input.beside.open(&name).and_then(read);
        report.within(&name, |report| match json {
            Some(json) => modules.extend(keys::read(&name, &json, code, report)),
            None => report.gap("the settings", "they can't be read as JSON, or are too long"),
        });
    }
    modules
}
