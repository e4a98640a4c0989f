//! What is known while assets are told, and how one is put down.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    digest::Digest,
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    plain::plain,
};
use sha2::{Digest as _, Sha256};

use crate::code::{
    ir::{Call, Value},
    project::Project,
    resolve::{self, At, Told},
};

/// Assets put down beyond this many are left out.
pub(crate) const MAX_FOUND: usize = 50_000;

/// Everything that telling assets needs.
pub(crate) struct Look<'a> {
    /// The modules.
    pub(crate) project: &'a Project,
    /// All files of the folder.
    pub(crate) files: &'a BTreeSet<&'a str>,
    /// Files of tests, examples and documentation that the system runs all the same.
    pub(crate) running: &'a BTreeSet<String>,
    /// Names of hosted models that the catalogue knows.
    pub(crate) hosted: &'a BTreeMap<&'a str, Pin>,
    /// What was found.
    pub(crate) found: Vec<Asset>,
}

/// An asset to be put down.
pub(super) struct New<'a> {
    pub(super) kind: AssetKind,
    pub(super) name: &'a str,
    pub(super) location: Option<String>,
    pub(super) pin: Pin,
    pub(super) optional: bool,
    pub(super) method: Method,
    pub(super) confidence: Confidence,
}

impl<'a> New<'a> {
    pub(super) fn called(kind: AssetKind, name: &'a str) -> Self {
        let (method, confidence) = (Method::Call, Confidence::High);
        let (location, pin, optional) = (None, Pin::Unknown, false);
        Self { kind, name, location, pin, optional, method, confidence }
    }
}

impl Look<'_> {
    /// The full dotted name of each call of a module.
    pub(super) fn called_in(&self, module: usize) -> Vec<String> {
        let calls = self.project.modules.get(module).map_or(&[][..], |m| m.calls.as_slice());
        let name = |call: &Call| {
            resolve::dotted(self.project, At { module, scope: call.scope }, &call.callee)
        };
        calls.iter().map(name).collect()
    }

    /// The texts of the first of these arguments that is there; a number is a place.
    pub(super) fn argument(&self, module: usize, call: &Call, names: &[&str]) -> Vec<Told> {
        let Some(value) = self.value(module, call, names) else { return Vec::new() };
        resolve::texts(self.project, value.0, &value.1)
    }

    /// The first of these arguments that is there, also in an object or in what is spread.
    pub(super) fn value(&self, module: usize, call: &Call, names: &[&str]) -> Option<(At, Value)> {
        let at = At { module, scope: call.scope };
        for name in names {
            let value = match name.parse::<usize>() {
                Ok(place) => call.place(place).filter(|value| !matches!(value, Value::Dict(_))),
                Err(_) => call.keyword(name),
            };
            if let Some(value) = value {
                return Some((at, value.clone()));
            }
            if name.parse::<usize>().is_ok() {
                continue;
            }
            let spread = call.arguments.iter().filter(|argument| {
                argument.name.as_deref() == Some("**")
                    || argument.name.is_none() && !matches!(argument.value, Value::Text(_))
            });
            for argument in spread.take(4) {
                if let Some(found) = self.in_object(at, &argument.value, name) {
                    return Some(found);
                }
            }
        }
        None
    }

    fn in_object(&self, at: At, value: &Value, name: &str) -> Option<(At, Value)> {
        for (at, value) in resolve::items(self.project, at, value).into_iter().take(8) {
            if let Some(found) = value.key(name) {
                return Some((at, found.clone()));
            }
            if let Value::Call(index) = value {
                let call = self.project.modules.get(at.module)?.calls.get(index)?;
                if resolve::called(&call.callee) == "dict"
                    && let Some(found) = call.keyword(name)
                {
                    return Some((At { module: at.module, scope: call.scope }, found.clone()));
                }
            }
        }
        None
    }

    /// Puts an asset down, seen at a line of a module.
    pub(super) fn put(&mut self, new: New<'_>, module: usize, line: u32) -> Option<&mut Asset> {
        if self.found.len() >= MAX_FOUND || new.name.is_empty() {
            return None;
        }
        let path = self.project.modules.get(module).map_or("", |module| module.path.as_str());
        let (method, confidence) = (new.method, new.confidence);
        self.found.push(Asset {
            kind: new.kind,
            name: plain(new.name, 200),
            location: new.location.and_then(|text| text.parse().ok()),
            digest: None,
            pin: new.pin,
            optional: new.optional
                || is_optional(path) && !measures(new.kind, path) && !self.running.contains(path),
            details: BTreeMap::new(),
            seen: vec![Sighting { path: path.to_owned(), line, method, confidence }],
        });
        self.found.last_mut()
    }

    /// Also seen where the text of the last asset stands.
    pub(super) fn also_at(&mut self, told: &Told) {
        let path = self.project.modules.get(told.module).map(|module| module.path.clone());
        let (Some(path), Some(last)) = (path, self.found.last_mut()) else { return };
        if told.line == 0
            || last.seen.iter().any(|seen| seen.path == path && seen.line == told.line)
        {
            return;
        }
        let (method, confidence) = (Method::Definition, Confidence::High);
        last.seen.push(Sighting { path, line: told.line, method, confidence });
    }

    /// The path of a file of the folder that code of a module means, tried from the root and from the module's folder.
    pub(super) fn file(&self, module: usize, path: &str) -> Option<String> {
        let from = &self.project.modules.get(module)?.path;
        let mut folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut wanted = path.trim_start_matches("./");
        while let Some(rest) = wanted.strip_prefix("../") {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            wanted = rest.trim_start_matches("./");
        }
        let wanted = wanted.trim_start_matches('/').trim_end_matches('/');
        if wanted.is_empty() {
            return None;
        }
        let beside = format!("{folder}/{wanted}");
        [beside.trim_start_matches('/'), wanted]
            .into_iter()
            .find(|path| self.is_there(path))
            .map(str::to_owned)
    }

    fn is_there(&self, path: &str) -> bool {
        if self.files.contains(path) {
            return true;
        }
        let below = format!("{path}/");
        self.files.range(below.as_str()..).next().is_some_and(|first| first.starts_with(&below))
    }
}

/// Whether a file that lies aside measures with what is data: benchmarks and evaluations are where such data is used.
fn measures(kind: AssetKind, path: &str) -> bool {
    let lower = path.to_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let fixture =
        folders.split('/').any(|part| matches!(part, "fixtures" | "docs" | "doc" | "node_modules"));
    let names = file.contains("eval") || file.contains("benchmark");
    kind == AssetKind::Dataset
        && !fixture
        && (names || folders.split('/').any(|part| part == "benchmarks"))
}

/// Whether a path is one of tests, examples or documentation.
pub(crate) fn is_optional(path: &str) -> bool {
    let lower = path.to_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let aside = |part: &str| {
        matches!(
            part,
            "test"
                | "tests"
                | "testing"
                | "__tests__"
                | "e2e"
                | "spec"
                | "example"
                | "examples"
                | "samples"
                | "demo"
                | "demos"
                | "doc"
                | "docs"
                | "documentation"
                | "fixtures"
                | "benchmarks"
                | "cookbook"
        )
    };
    let stem = file.split('.').next().unwrap_or_default();
    folders.split('/').any(aside)
        || stem.starts_with("test_")
        || stem.ends_with("_test")
        || file.contains(".test.")
        || file.contains(".spec.")
        || stem == "conftest"
}

/// SHA-256 of a text with line ends as LF.
pub(crate) fn digest_of(text: &str) -> Digest {
    let text = text.replace("\r\n", "\n");
    Digest::new(Sha256::digest(text.as_bytes()).into())
}
