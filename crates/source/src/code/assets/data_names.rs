//! Data by the names that hold it: a default, a setting, an option. And data that stands in code itself.

use std::collections::BTreeMap;

use coseal_core::fact::{AssetKind, Method, Pin};
use coseal_core::finding::Confidence;

use super::{
    look::{Look, New},
    models::is_placeholder,
    paths,
};
use crate::code::{
    ir::{Call, Module, Text, Value},
    known::{
        addresses,
        datasets::{is_called_data, is_data, is_in_data_folder},
        hub,
    },
    resolve::{self, At, Told, called},
};

/// Calls that give a text through which stands behind the name of an option or variable.
const DEFAULTED: [&str; 8] =
    ["get", "getenv", "get_env", "env", "add_argument", "Option", "str", "config"];
/// Keys of records that are asked, answered or learnt from.
const OF_RECORDS: [&str; 16] = [
    "question",
    "questions",
    "input",
    "inputs",
    "query",
    "prompt",
    "instruction",
    "answer",
    "expected",
    "expected_output",
    "output",
    "outputs",
    "label",
    "ground_truth",
    "reference",
    "text",
];
/// Texts of at least so many bytes are data by themselves.
const LONG: usize = 500;

/// The data that names of a module hold.
///
/// `bound` says what the results of calls are called.
pub(super) fn in_module(look: &mut Look<'_>, at: usize, bound: &BTreeMap<usize, &str>) {
    let Some(module) = look.project.modules.get(at) else { return };
    let mut found = Vec::new();
    for binding in &module.bindings {
        under(&binding.name, &binding.value, &mut found, 0);
    }
    for (index, call) in module.calls.iter().enumerate() {
        of_call(call, bound.get(&index).copied(), &mut found);
    }
    let hub = module.imports.iter().any(|import| {
        ["datasets", "transformers", "trl", "peft"]
            .iter()
            .any(|name| import.module.starts_with(name))
    });
    for (name, text) in found {
        put(look, at, &name, text, hub);
    }
    for binding in &module.bindings {
        if matches!(binding.value, Value::Join(_)) && says(&binding.name) {
            joined(look, At { module: at, scope: binding.read_in }, &binding.value);
        }
    }
    written_down(look, at);
}

type Found<'a> = Vec<(String, &'a Text)>;

fn under<'a>(name: &str, value: &'a Value, found: &mut Found<'a>, depth: u32) {
    if depth > 6 || found.len() > 5_000 {
        return;
    }
    match value {
        Value::Text(text) if text.text.len() < 300 && says(name) => {
            found.push((name.to_owned(), text));
        }
        Value::List(values) if says(name) => {
            for value in values.iter().take(20) {
                under(name, value, found, depth + 1);
            }
        }
        Value::Dict(items) => {
            for (key, value) in items.iter().take(200) {
                under(key.text().unwrap_or(name), value, found, depth + 1);
            }
        }
        Value::Choice(values) => {
            for value in values {
                under(name, value, found, depth + 1);
            }
        }
        _ => {}
    }
}

/// `Field(default=…)` stands under what it is bound to; an option and a variable of the environment name themselves.
fn of_call<'a>(call: &'a Call, bound: Option<&str>, found: &mut Found<'a>) {
    let callee = called(&call.callee);
    if callee.starts_with("load_dataset") {
        return;
    }
    let itself = call.place(0).and_then(Value::text).filter(|_| DEFAULTED.contains(&callee));
    for argument in &call.arguments {
        match (argument.name.as_deref(), itself) {
            (Some("default" | "value"), Some(name)) => under(name, &argument.value, found, 0),
            (Some("default" | "value"), None) => {
                under(bound.unwrap_or_default(), &argument.value, found, 0);
            }
            (Some("help" | "description" | "choices" | "title"), _) => {}
            (Some(name), _) => under(name, &argument.value, found, 0),
            (None, Some(name)) if argument.value.text() != Some(name) => {
                under(name, &argument.value, found, 0);
            }
            (None, _) => {}
        }
    }
}

/// Whether a name says that it holds data, or where data is.
fn says(name: &str) -> bool {
    let lower = name.to_lowercase().replace('-', "_");
    let words: Vec<&str> = lower.split(['_', '.', ' ']).filter(|word| !word.is_empty()).collect();
    let about = ["dataset", "datasets", "csv", "parquet", "jsonl", "corpus", "testdata", "testset"];
    let placed =
        ["path", "file", "files", "url", "uri", "dir", "filename", "source", "name", "data"];
    let of_data = ["data", "train", "test", "eval", "val", "validation", "docs", "documents"];
    let out = [
        "output",
        "out",
        "save",
        "saved",
        "log",
        "result",
        "results",
        "cache",
        "report",
        "export",
        "schema",
        "prompt",
        "metrics",
        "predictions",
        "submission",
        "mime",
        "type",
    ];
    let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let compact = ["datapath", "dataset", "datafile", "dataurl", "datadir"];
    !any(&out)
        && (any(&about)
            || any(&of_data) && any(&placed)
            || compact.iter().any(|word| lower.contains(word)))
}

fn put(look: &mut Look<'_>, at: usize, name: &str, text: &Text, hub: bool) {
    let value = text.text.trim();
    let named = name.to_lowercase();
    let of_hub = named.contains("dataset") && !named.contains("path") && !named.contains("dir")
        || hub && named.contains("data_path");
    if of_hub && hub::is_id(value) && look.file(at, value).is_none() && !is_placeholder(value) {
        let location = Some(format!("hf:datasets/{value}"));
        let new = New { location, pin: Pin::Alias, ..by_name(value) };
        look.put(new, at, text.line);
        return;
    }
    if addresses::is_data(value) {
        let name = addresses::bare(value);
        let new = New { location: addresses::location(value), ..by_name(name) };
        look.put(new, at, text.line);
        return;
    }
    let written = ["result", "output", "predict", "submission", "report", "metrics"];
    let lower = value.to_lowercase();
    let file = (is_data(value) || is_called_data(value) && value.contains('/'))
        && !written.iter().any(|word| lower.contains(word));
    if !file
        || value.contains(' ')
        || value.starts_with(['/', '~'])
        || value.starts_with('.') && value.len() < 7
    {
        return;
    }
    let whole =
        Told { text: value.to_owned(), whole: true, module: at, line: text.line, choice: false };
    if let Some(named) = paths::of(look, at, &whole) {
        let location = Some(format!("path:{}", named.path));
        look.put(New { location, ..by_name(&named.path) }, at, text.line);
    }
}

/// `DOCS_DIR = Path(__file__).parent / "documents"`: a folder or file of data that is there.
fn joined(look: &mut Look<'_>, at: At, value: &Value) {
    for told in resolve::texts(look.project, at, value).into_iter().take(4) {
        let named = paths::of(look, at.module, &told).filter(|named| named.there);
        let Some(named) = named.filter(|named| !named.path.ends_with(".py")) else { continue };
        // A folder of all kinds of things is none of data.
        let last = named.path.rsplit('/').next().unwrap_or_default().to_lowercase();
        let file = last.contains('.');
        let says = ["doc", "data", "corpus", "knowledge"].iter().any(|word| last.contains(word));
        if file && (is_data(&named.path) || is_called_data(&named.path)) || !file && says {
            let location = Some(format!("path:{}", named.path));
            look.put(New { location, ..by_name(&named.path) }, at.module, told.line);
        }
    }
}

fn by_name(name: &str) -> New<'_> {
    let (method, confidence) = (Method::Definition, Confidence::Medium);
    New { method, confidence, ..New::called(AssetKind::Dataset, name) }
}

/// Records or a long text that a file holds as code, where its name or folder says that it is data: the file is the dataset.
fn written_down(look: &mut Look<'_>, at: usize) {
    let Some(module) = look.project.modules.get(at) else { return };
    let path = module.path.clone();
    if !is_place_of_data(&path) {
        return;
    }
    if let Some(line) = records(module).or_else(|| long_text(module, &path)) {
        let location = Some(format!("path:{path}"));
        look.put(New { location, ..by_name(&path) }, at, line);
    }
}

fn is_place_of_data(path: &str) -> bool {
    let lower = path.to_lowercase();
    let file = lower.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    ["dataset", "data", "examples", "cases", "testset", "questions", "golden"]
        .iter()
        .any(|word| stem.ends_with(word))
        || is_in_data_folder(&lower)
}

/// The line of a list of at least three records of one shape.
fn records(module: &Module) -> Option<u32> {
    let found = module.bindings.iter().filter(|binding| binding.scope == 0).find(|binding| {
        let Value::List(items) = &binding.value else { return false };
        items.len() >= 3 && items.iter().take(3).all(is_record)
    });
    found.map(|binding| binding.line)
}

fn is_record(value: &Value) -> bool {
    let Value::Dict(items) = value else { return false };
    items.iter().filter_map(|(key, _)| key.text()).any(|key| OF_RECORDS.contains(&key))
}

/// The line of a long text that a script in a folder of data gives.
fn long_text(module: &Module, path: &str) -> Option<u32> {
    let script = [".ts", ".js", ".mjs"].iter().any(|suffix| path.ends_with(suffix));
    let texts = module.loose.iter().map(|(_, value)| value);
    let long = texts.filter_map(|value| match value {
        Value::Text(text) if text.text.len() >= LONG => Some(text.line),
        _ => None,
    });
    long.take(1).find(|_| script && is_in_data_folder(path))
}
