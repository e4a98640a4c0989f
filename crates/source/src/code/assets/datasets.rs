//! Data that a call loads.

use coseal_core::fact::{AssetKind, Pin};
use coseal_core::finding::Confidence;

use super::{
    look::{Look, New},
    models::{is_placeholder, pin_of_revision},
    paths,
};
use crate::code::{
    ir::{Call, Value},
    known::{
        addresses,
        datasets::{
            DataCall, From, is_called_data, is_data, is_in_data_folder, is_tool_of_text, known,
        },
        hub,
    },
    resolve::{self, Told},
};

/// Modes of `open` that write.
const WRITES: [char; 4] = ['w', 'a', 'x', '+'];
/// Builders that `load_dataset` has for files.
const FORMATS: [&str; 8] =
    ["csv", "json", "parquet", "text", "imagefolder", "audiofolder", "arrow", "webdataset"];

/// The data that a call loads, if a table has the call.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let Some(known) = known(name) else { return };
    let last = name.rsplit('.').next().unwrap_or_default();
    if known.from == From::Callee {
        let set = if last == "load_data" { name.rsplit('.').nth(1).unwrap_or(last) } else { last };
        look.put(New::called(AssetKind::Dataset, set), module, call.line);
        return;
    }
    if last == "open" && (name != "open" || writes(look, module, call)) {
        return;
    }
    if known.from == From::Below {
        return below(look, module, call);
    }
    for told in texts(look, module, call, known.arguments) {
        put(look, module, call, known, &told);
    }
}

fn writes(look: &Look<'_>, module: usize, call: &Call) -> bool {
    let mode = look.argument(module, call, &["mode", "1"]);
    mode.iter().any(|told| told.text.contains(WRITES))
}

/// The texts of an argument, also those of a list that is all loaded, or under the names of splits.
fn texts(look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> Vec<Told> {
    let Some((at, value)) = look.value(module, call, names) else { return Vec::new() };
    let mut all = Vec::new();
    for (at, value) in resolve::items(look.project, at, &value).into_iter().take(40) {
        match &value {
            Value::Dict(items) => {
                for (_, inner) in items.iter().take(20) {
                    all.extend(resolve::texts(look.project, at, inner));
                }
            }
            value => all.extend(resolve::texts(look.project, at, value)),
        }
    }
    if all.is_empty() {
        return resolve::texts(look.project, at, &value);
    }
    all
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
        From::Library if told.whole && !is_placeholder(text) => {
            let optional = told.choice || is_tool_of_text(text);
            let new = New { optional, ..New::called(AssetKind::Dataset, text) };
            look.put(new, module, call.line);
        }
        From::Path => path(look, module, call, told, false),
        From::Folder => path(look, module, call, told, true),
        From::Page if told.whole && text.starts_with("http") => address(look, module, call, told),
        From::Named if told.whole => named(look, module, call, told),
        From::Artifact if told.whole => artifact(look, module, call, told),
        From::Pattern => pattern(look, module, call, told),
        _ => {}
    }
}

fn hub_set(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    if FORMATS.contains(&text) {
        for told in texts(look, module, call, &["data_files", "data_dir", "1"]) {
            path(look, module, call, &told, true);
        }
        return;
    }
    if look.file(module, text).is_some() || is_data(text) || text.ends_with(".json") {
        return path(look, module, call, told, true);
    }
    if !told.whole || is_placeholder(text) || !hub::is_id(text) && text.contains(['/', '.', '\\']) {
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

/// A dataset by the name that a service has for it.
fn named(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    let odd = text.is_empty() || text.len() > 100 || text.contains(['{', '<', '\n']);
    if !odd && !text.to_lowercase().starts_with("your") {
        let new = New { optional: told.choice, ..New::called(AssetKind::Dataset, text) };
        look.put(new, module, call.line);
        look.also_at(told);
    }
}

/// An artefact of an experiment tracker: a model or data, as its type says.
fn artifact(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    let of = look.argument(module, call, &["type", "1"]).into_iter().next();
    let kind = match of.as_ref().map(|told| told.text.as_str()) {
        Some(word) if word.contains("model") => AssetKind::Model,
        Some(word) if word.contains("data") => AssetKind::Dataset,
        _ => return,
    };
    if !text.contains(['{', ' ']) {
        look.put(New { optional: told.choice, ..New::called(kind, text) }, module, call.line);
        look.also_at(told);
    }
}

/// `manuals/*.pdf`: the folder, where documents of that form are in it.
fn pattern(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    const FORMS: [&str; 8] = ["pdf", "md", "txt", "html", "docx", "csv", "jsonl", "parquet"];
    let Some((folder, file)) = told.text.rsplit_once('/') else { return };
    let fits = FORMS.contains(&paths::suffix(file).as_str()) && file.contains('*');
    let folder = folder.trim_end_matches("/**");
    let told = Told { text: folder.to_owned(), ..told.clone() };
    let found = paths::of(look, module, &told).filter(|named| fits && named.there);
    if let Some(found) = found.filter(|named| !named.path.to_lowercase().contains("prompt")) {
        put_path(look, module, call, &told, &found);
    }
}

/// `Path("manuals").glob("*.pdf")`.
fn below(look: &mut Look<'_>, module: usize, call: &Call) {
    let file = look.argument(module, call, &["pattern", "0"]).into_iter().next();
    let base = match &call.callee {
        Value::Attribute(base, _) => (**base).clone(),
        Value::Name(name) => match name.rsplit_once('.') {
            Some((base, _)) => Value::Name(base.to_owned()),
            None => return,
        },
        _ => return,
    };
    let at = resolve::At { module, scope: call.scope };
    let Some(file) = file.filter(|file| file.whole) else { return };
    for told in resolve::texts(look.project, at, &base).into_iter().take(4) {
        let text = format!("{}/{}", told.text, file.text);
        pattern(look, module, call, &Told { text, ..told });
    }
}

fn address(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    if text.len() > 300 || text.contains(['<', '{', ' ', '@']) || text.contains("example.com") {
        return;
    }
    let name = addresses::bare(text);
    let new = New {
        location: addresses::location(text),
        optional: told.choice,
        ..New::called(AssetKind::Dataset, name)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

/// A file, folder or address; `any` says that the call takes nothing but data. What is not there is kept only where its name says data, or
/// where nothing but data is loaded.
fn path(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, any: bool) {
    let text = told.text.trim();
    if text.contains("://") {
        let stored = text.starts_with("s3://") || text.starts_with("gs://");
        if told.whole && (any || stored || addresses::is_data(text)) && !addresses::is_model(text) {
            address(look, module, call, told);
        }
        return;
    }
    let Some(named) = paths::of(look, module, told) else { return };
    let data = is_data(&named.path) || is_called_data(&named.path);
    let keep = match named.there {
        true => any || data || is_in_data_folder(&named.path),
        false => {
            let says = is_data(&named.path) || any && says_path(&named.path);
            // What a run wrote, and numbers that belong to a program, are no data to learn from.
            says && !is_written(&named.path)
                && !named.path.starts_with(['/', '~'])
                && !is_placeholder(&named.path)
        }
    };
    if keep {
        put_path(look, module, call, told, &named);
    }
}

/// Whether a file that is not there is one that a run writes, or numbers that come with a program.
fn is_written(path: &str) -> bool {
    const WRITTEN: [&str; 8] =
        ["result", "output", "prediction", "submission", "report", "metrics", "history", "temp"];
    let lower = path.to_lowercase();
    let numbers = matches!(paths::suffix(&lower).as_str(), "npy" | "npz" | "h5" | "hdf5");
    WRITTEN.iter().any(|word| lower.contains(word)) || numbers && !is_in_data_folder(&lower)
}

/// Whether what is loaded as data and is not there has at least the look of a path.
fn says_path(path: &str) -> bool {
    path.contains('/') || path.contains('.') || is_in_data_folder(&format!("{path}/x"))
}

fn put_path(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, named: &paths::Named) {
    let confidence = if named.there { Confidence::High } else { Confidence::Medium };
    let new = New {
        location: Some(format!("path:{}", named.path)),
        pin: Pin::Unknown,
        confidence,
        ..New::called(AssetKind::Dataset, &named.path)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}
