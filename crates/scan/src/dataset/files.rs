//! The files of a folder that may hold data, and their first bytes.

use std::collections::BTreeMap;

use coseal_core::{
    fact::Artefact,
    outcome::Gap,
    place::is_aside,
    tree::{FileEntry, Walk},
};

use super::{
    form::{Class, Form, by_name, fits},
    place::{is_data, is_never, is_set, source},
};
use crate::bytes::{FileBytes, ReadAt as _, read_up_to};

/// Bytes of a file that are looked at.
const HEAD: usize = 4096;
/// A text in the root of fewer bytes than this is a note.
const LEAST_TEXT: u64 = 8 << 10;
/// Files that are looked into.
const MAX_FILES: usize = 200_000;
/// Files that look like data and are what tools keep of themselves.
const TOOLS: [&str; 12] = [
    "mlflow",
    "optuna",
    "airflow",
    "prefect",
    "celerybeat-schedule",
    "thumbs",
    "coverage",
    "package",
    "tsconfig",
    "index",
    "manifest",
    "cache",
];

/// A file that holds data.
pub(super) struct Held<'a> {
    pub(super) file: &'a FileEntry,
    pub(super) form: Form,
    pub(super) aside: bool,
}

/// Whether a file may hold data, by its name and place.
pub(super) fn may_hold(file: &FileEntry) -> Option<Form> {
    let form = by_name(&file.name)?;
    let path = file.name.as_str();
    let last = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = last.split('.').next().unwrap_or_default();
    if is_never(path) || file.size == 0 || TOOLS.contains(&stem) || last.starts_with('.') {
        return None;
    }
    let here = match form.class {
        Class::Rows | Class::Database => true,
        Class::Numbers | Class::Media => is_data(path),
        Class::Records if form.id == "yaml" => is_set(path),
        Class::Records => is_data(path) && !last.contains("config") && !last.contains("schema"),
        Class::Document => {
            let about = ["readme", "license", "licence", "notice", "changelog", "requirements"];
            (source(path).is_some() || is_data(path) || is_alone(file))
                && !about.iter().any(|word| stem.starts_with(word))
        }
    };
    here.then_some(form)
}

/// Whether a document lies in the root, large enough to be read for what it says and not about the project.
pub(super) fn is_alone(file: &FileEntry) -> bool {
    const ABOUT: [&str; 24] = [
        "licen",
        "notice",
        "copying",
        "author",
        "contribut",
        "change",
        "todo",
        "security",
        "robots",
        "llms",
        "cmake",
        "require",
        "constraint",
        "release",
        "sums",
        "sha",
        "md5",
        "label",
        "vocab",
        "output",
        "log",
        "freeze",
        "package",
        "dependenc",
    ];
    let lower = file.name.to_lowercase();
    let form = [".txt", ".pdf", ".epub", ".docx"].iter().any(|suffix| lower.ends_with(suffix));
    let size = if lower.ends_with(".txt") { LEAST_TEXT } else { 1 };
    form && !lower.contains('/')
        && file.size >= size
        && !ABOUT.iter().any(|word| lower.contains(word))
}

/// The files that hold data, by their first bytes.
pub(super) fn held<'a>(
    walk: &'a Walk,
    models: &BTreeMap<String, Artefact>,
    gaps: &mut Vec<Gap>,
) -> Vec<Held<'a>> {
    let mut held = Vec::new();
    for (count, file) in walk.files.iter().filter(|file| may_hold(file).is_some()).enumerate() {
        if count >= MAX_FILES {
            let why = format!("more than {MAX_FILES} files that may hold data");
            gaps.push(Gap { what: "datasets".into(), why });
            break;
        }
        let Some(form) = may_hold(file) else { continue };
        // Numbers are looked at as a model's, too; in a folder of data they are data.
        if models.contains_key(&file.name) && form.class != Class::Numbers {
            continue;
        }
        match head(file) {
            Ok(head) if fits(form, &file.name, &head, file.size <= head.len() as u64) => {
                held.push(Held { file, form, aside: is_aside(&file.name) });
            }
            Ok(_) => {}
            Err(why) => gaps.push(Gap { what: file.name.clone(), why }),
        }
    }
    held
}

fn head(file: &FileEntry) -> Result<Vec<u8>, String> {
    let bytes = FileBytes::open(&file.path).map_err(|error| error.to_string())?;
    let mut head = vec![0; HEAD.min(usize::try_from(bytes.size()).unwrap_or(HEAD))];
    let read = read_up_to(&bytes, 0, &mut head).map_err(|_| "it can't be read".to_owned())?;
    head.truncate(read);
    Ok(head)
}
