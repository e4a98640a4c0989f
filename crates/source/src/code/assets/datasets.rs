//! Data that a call loads.

use coseal_core::fact::{AssetKind, Pin};
use coseal_core::finding::Confidence;

use super::{
    look::{Look, New},
    models::{is_placeholder, pin_of_revision},
};
use crate::code::{
    ir::Call,
    known::{
        datasets::{CALLS, DataCall, From, is_data, is_in_data_folder},
        hub,
    },
    resolve::Told,
};

/// Modes of `open` that write.
const WRITES: [char; 4] = ['w', 'a', 'x', '+'];

/// The data that a call loads, if a table has the call.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let Some(known) = CALLS.iter().find(|known| known.pattern.fits(name)) else { return };
    let last = name.rsplit('.').next().unwrap_or_default();
    if known.from == From::Callee {
        let set = if last == "load_data" { name.rsplit('.').nth(1).unwrap_or(last) } else { last };
        look.put(New::called(AssetKind::Dataset, set), module, call.line);
        return;
    }
    if last == "open" && !name.eq("open") || last == "open" && writes(look, module, call) {
        return;
    }
    for told in look.argument(module, call, known.arguments) {
        put(look, module, call, known, &told);
    }
}

fn writes(look: &Look<'_>, module: usize, call: &Call) -> bool {
    let mode = look.argument(module, call, &["mode", "1"]);
    mode.iter().any(|told| told.text.contains(WRITES))
}

fn put(look: &mut Look<'_>, module: usize, call: &Call, known: &DataCall, told: &Told) {
    let text = told.text.trim();
    match known.from {
        From::Hub => hub_set(look, module, call, told),
        From::Kaggle if told.whole && hub::is_id(text) => {
            let location = Some(format!("https://www.kaggle.com/datasets/{text}"));
            let new = New { location, ..New::called(AssetKind::Dataset, text) };
            look.put(new, module, call.line);
        }
        From::Library(prefix) if told.whole && !is_placeholder(text) => {
            let name = format!("{prefix}{text}");
            look.put(New::called(AssetKind::Dataset, &name), module, call.line);
        }
        From::Path => path(look, module, call, told, false),
        From::Folder => path(look, module, call, told, true),
        _ => {}
    }
}

fn hub_set(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    const FORMATS: [&str; 8] =
        ["csv", "json", "parquet", "text", "imagefolder", "audiofolder", "arrow", "webdataset"];
    let text = told.text.trim();
    if FORMATS.contains(&text) {
        for told in look.argument(module, call, &["data_files", "data_dir", "1"]) {
            path(look, module, call, &told, true);
        }
        return;
    }
    if look.file(module, text).is_some() || is_data(text) {
        return path(look, module, call, told, true);
    }
    if !told.whole
        || is_placeholder(text)
        || !(hub::is_id(text) || !text.contains(['/', '.', '\\']))
    {
        return;
    }
    let revision = look.argument(module, call, &["revision"]).into_iter().find(|told| told.whole);
    let revision = revision.map(|told| told.text);
    let suffix = revision.as_ref().map(|revision| format!("@{revision}")).unwrap_or_default();
    let new = New {
        location: Some(format!("hf:datasets/{text}{suffix}")),
        pin: pin_of_revision(revision.as_deref()),
        optional: told.choice,
        ..New::called(AssetKind::Dataset, text)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

/// A file, folder or address. What is not there is kept only where its name says data.
fn path(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, folder: bool) {
    let text = told.text.trim();
    if text.starts_with("https://") || text.starts_with("http://") || text.starts_with("s3://") {
        if !is_data(text) && !folder || text.len() > 300 {
            return;
        }
        let location = match text.strip_prefix("s3://") {
            Some(rest) => format!("s3:{rest}"),
            None => text.replacen("http://", "https://", 1),
        };
        let (pin, optional) = (Pin::Unknown, told.choice);
        let new = New {
            location: Some(location),
            pin,
            optional,
            ..New::called(AssetKind::Dataset, text)
        };
        look.put(new, module, call.line);
        return;
    }
    if !told.whole || text.len() > 200 {
        return;
    }
    let there = look.file(module, text);
    let data = is_data(text) || folder;
    match there {
        Some(path) if data || is_in_data_folder(&path) => {
            let location = Some(format!("path:{path}"));
            look.put(New { location, ..New::called(AssetKind::Dataset, &path) }, module, call.line);
            look.also_at(told);
        }
        None if is_data(text) && !text.starts_with(['/', '~']) && !is_placeholder(text) => {
            let (name, confidence) = (text.trim_start_matches("./"), Confidence::Medium);
            let location = Some(format!("path:{name}"));
            let new = New { location, confidence, ..New::called(AssetKind::Dataset, name) };
            look.put(new, module, call.line);
        }
        _ => {}
    }
}
