//! Sources, modules and paths that settings name.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{ACTS, BROKEN, CLIMBS, CODE, ELSEWHERE};
use crate::{
    artefact::{
        format::Input,
        names::{self, Standing},
        registry::repository::{acts, whole},
        report::Report,
        requirements,
        stop::{broken, settle},
        tags,
    },
    bytes::ReadAt,
    encoding::yaml::{self, Document},
};

/// Bytes of settings and of sources that are read.
pub(super) const MAX_TEXT: u64 = 1 << 20;
/// Sources that are read.
const MAX_FILES: usize = 64;
/// The settings as text; what keeps them from being read is reported.
pub(super) fn text(input: Input<'_>, report: &mut Report) -> Option<String> {
    if input.bytes.size() > MAX_TEXT {
        report.gap("the settings", "they are longer than is read");
        return None;
    }
    let text = whole(input.bytes, MAX_TEXT);
    if text.is_none() {
        settle(broken(0, "it is no UTF-8"), &BROKEN, report);
    }
    text
}

/// The settings as YAML. Tags make loaders build objects.
pub(super) fn settings(input: Input<'_>, report: &mut Report) -> Option<Document> {
    let text = text(input, report)?;
    let document = match yaml::read(&text) {
        Ok(document) => document,
        Err(stop) => {
            settle(Err(stop), &BROKEN, report);
            return None;
        }
    };
    for tag in &document.tags {
        if let Some(verdict) = tags::builds(tag) {
            let text = format!("the tag {tag} has a loader build or take something of Python's");
            report.find(&CODE, verdict, 0, &text);
        }
    }
    if document.aliases {
        report.gap("aliases in the settings", "they are not followed");
    }
    Some(document)
}

/// A module that a loader imports: one of `known`, or none.
pub(super) fn module(key: &str, name: &str, known: &[&str], report: &mut Report) {
    let standing = match names::module(name) {
        _ if known.contains(&name) => Standing::Allowed,
        Standing::Allowed => Standing::Unlisted,
        standing => standing,
    };
    say(standing, &format!("{key} is {name}"), "none of the tool's own", report);
}

/// A class or a function that a loader takes from a library.
pub(super) fn class(key: &str, name: &str, report: &mut Report) {
    say(names::class(name), &format!("{key} is {name}"), "no class known to be harmless", report);
}

fn say(standing: Standing, what: &str, why: &str, report: &mut Report) {
    match standing {
        Standing::Allowed => {}
        Standing::Dangerous => report.find(&CODE, Malicious, 0, what),
        Standing::Unlisted => report.find(&CODE, Unknown, 0, &format!("{what}, which is {why}")),
    }
}

/// Sources whose paths begin with `begin`; `why` they run.
pub(super) fn sources(input: Input<'_>, begin: &str, why: &str, report: &mut Report) {
    let begin = begin.trim_start_matches("./");
    let python = |name: &String| name.starts_with(begin) && name.ends_with(".py");
    let names: Vec<String> = input.beside.names().into_iter().filter(python).collect();
    if names.len() > MAX_FILES {
        report.gap("the code of the model", "it has more files than are read");
    }
    for name in names.iter().take(MAX_FILES) {
        source(name, input.beside.open(name).as_deref(), why, report);
    }
}

/// One source; `why` it runs.
pub(super) fn source(name: &str, bytes: Option<&dyn ReadAt>, why: &str, report: &mut Report) {
    let text = bytes.and_then(|bytes| whole(bytes, MAX_TEXT));
    report.within(name, |report| match text.as_deref().map(acts) {
        Some(Some((at, mark, what))) => {
            report.find(&ACTS, Malicious, at as u64, &format!("it {what}: {mark}"));
        }
        Some(None) => report.find(&CODE, Unknown, 0, why),
        None => {
            report.find(&CODE, Unknown, 0, why);
            report.gap("the code", "it can't be read");
        }
    });
}

/// A path that settings name; false if it leads out of the folder.
pub(super) fn path(key: &str, text: &str, report: &mut Report) -> bool {
    let out = text.split(['/', '\\']).any(|part| part == "..")
        || text.starts_with(['/', '~', '\\'])
        || text.get(1..3).is_some_and(|rest| rest == ":\\" || rest == ":/");
    if out {
        report.find(&CLIMBS, Malicious, 0, &format!("{key} is {text}"));
    }
    !out
}

/// Packages of `requirements.txt` that come from somewhere else.
pub(super) fn requirements(input: Input<'_>, report: &mut Report) {
    let file = "requirements.txt";
    match input.beside.open(file) {
        Some(bytes) => requirements::read(file, &*bytes, &ELSEWHERE, report),
        None if input.beside.names().iter().any(|name| name == file) => {
            report.gap(file, "it can't be read");
        }
        None => {}
    }
}
