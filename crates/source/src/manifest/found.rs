//! The packages of a folder, and those for AI as assets.
//!
//! Names are put in the ecosystem's normal form: on PyPI lower case with `-` between words (PEP 503), on npm, conda and
//! Maven as written, in Go the path of the module.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind, Dependency, Kind, Method, Pin, Sighting},
    finding::Confidence,
    outcome::Gap,
    place::{is_aside, is_installed},
    plain::plain,
    tree::{FileEntry, Walk, read_bytes, read_text},
};

use super::{Form, Known, Lock, LockForm, Named, Package, known};
use crate::discover::Discovered;

/// Bytes of one lock file.
const MAX_LOCK: u64 = 16 << 20;
/// Bytes of all lock files.
const MAX_LOCKS: u64 = 256 << 20;
/// Manifests of one folder.
const MAX_MANIFESTS: usize = 5_000;
/// Packages of one folder.
const MAX_PACKAGES: usize = 50_000;

/// A manifest that was read.
struct Manifest<'a> {
    file: &'a FileEntry,
    form: Form,
    named: Named,
}

/// The packages that the manifests of a folder name, and an asset for each that is for AI.
#[must_use]
pub fn found(walk: &Walk) -> Discovered {
    let mut out = Discovered::default();
    let files: BTreeMap<&str, &FileEntry> =
        walk.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let manifests = manifests(walk, &files, &mut out.gaps);
    let locks = locks(walk, &mut out.gaps);
    let own: BTreeSet<(&str, String)> = manifests
        .iter()
        .filter_map(|manifest| {
            let ecosystem = manifest.form.ecosystem();
            Some((ecosystem, normal(ecosystem, manifest.named.own.as_deref()?)))
        })
        .collect();
    for manifest in &manifests {
        let ecosystem = manifest.form.ecosystem();
        let pins = Pins::of(manifest, &manifests, &locks);
        for package in &manifest.named.packages {
            let name = normal(ecosystem, &package.name);
            if own.contains(&(ecosystem, name.clone())) || out.dependencies.len() >= MAX_PACKAGES {
                continue;
            }
            let locked = pins.version(ecosystem, &name, &package.wants);
            add(&mut out, manifest, package, &name, locked);
        }
    }
    if out.dependencies.len() >= MAX_PACKAGES {
        let why = format!("more than {MAX_PACKAGES} packages");
        out.gaps.push(Gap { what: "packages of manifests".into(), why });
    }
    out
}

/// The files that are looked at: what a change of them may change.
#[must_use]
pub fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let of = |file: &&FileEntry| {
        !is_installed(&file.name)
            && (Form::of(&file.name).is_some() || LockForm::of(&file.name).is_some())
    };
    let mut names: BTreeSet<String> =
        walk.files.iter().filter(of).map(|file| file.name.clone()).collect();
    let files: BTreeMap<&str, &FileEntry> =
        walk.files.iter().map(|file| (file.name.as_str(), file)).collect();
    names.extend(
        manifests(walk, &files, &mut Vec::new()).into_iter().map(|read| read.file.name.clone()),
    );
    [(Kind::Dependency, names.clone()), (Kind::Asset, names)].into()
}

fn manifests<'a>(
    walk: &'a Walk,
    files: &BTreeMap<&str, &'a FileEntry>,
    gaps: &mut Vec<Gap>,
) -> Vec<Manifest<'a>> {
    let told = walk.files.iter().filter(|file| !is_installed(&file.name));
    let mut open: Vec<(&FileEntry, Form)> =
        told.filter_map(|file| Some((file, Form::of(&file.name)?))).collect();
    let mut seen: BTreeSet<&str> = open.iter().map(|(file, _)| file.name.as_str()).collect();
    let mut read = Vec::new();
    while let Some((file, form)) = open.pop() {
        if read.len() >= MAX_MANIFESTS {
            let why = format!("more than {MAX_MANIFESTS} manifests");
            gaps.push(Gap { what: "manifests of packages".into(), why });
            break;
        }
        let text = read_text(&file.path).map_err(|error| error.to_string());
        match text.and_then(|text| form.read(&file.name, &text)) {
            Ok(named) => {
                for included in named.includes.iter().chain(&named.constraints) {
                    let included = resolved(&file.name, included)
                        .and_then(|path| files.get(path.as_str()).copied());
                    if let Some(included) = included.filter(|file| seen.insert(&file.name)) {
                        open.push((included, Form::Requirements));
                    }
                }
                read.push(Manifest { file, form, named });
            }
            Err(why) => gaps.push(Gap { what: file.name.clone(), why }),
        }
    }
    read.sort_by(|a, b| a.file.name.cmp(&b.file.name));
    read
}

fn locks(walk: &Walk, gaps: &mut Vec<Gap>) -> BTreeMap<String, Lock> {
    let mut locks = BTreeMap::new();
    let mut bytes = 0_u64;
    for file in walk.files.iter().filter(|file| !is_installed(&file.name)) {
        let Some(form) = LockForm::of(&file.name) else { continue };
        bytes = bytes.saturating_add(file.size.min(MAX_LOCK));
        let read = if bytes > MAX_LOCKS {
            Err("too many lock files to read in full".to_owned())
        } else {
            read_bytes(&file.path, MAX_LOCK)
                .map_err(|error| error.to_string())
                .and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
                })
                .and_then(|text| form.read(&text))
        };
        match read {
            Ok(lock) => {
                let python =
                    !matches!(form, LockForm::PackageLock | LockForm::Pnpm | LockForm::Yarn)
                        && !file.name.ends_with("Cargo.lock");
                let lock = if python { lock.normal(|name| normal("pypi", name)) } else { lock };
                locks.insert(file.name.clone(), lock);
            }
            Err(why) => gaps.push(Gap { what: file.name.clone(), why }),
        }
    }
    locks
}

/// What fixes the versions of a manifest: lock files beside it and above it, and files of exact constraints.
struct Pins<'a> {
    locks: Vec<&'a Lock>,
    constraints: Vec<&'a Package>,
}

impl<'a> Pins<'a> {
    fn of(
        manifest: &Manifest<'a>,
        all: &'a [Manifest<'a>],
        locks: &'a BTreeMap<String, Lock>,
    ) -> Self {
        let path = &manifest.file.name;
        let beside = |folder: &str| {
            let at = |name: &&str| locks.get(&joined(folder, name));
            manifest.form.locks().iter().find_map(|name| at(&name))
        };
        // A list of requirements is fixed only by what lies beside it: the tools that write locks don't read it.
        let above = manifest.form != Form::Requirements;
        let folders = ancestors(path).into_iter().take(if above { usize::MAX } else { 1 });
        let named: BTreeSet<String> =
            manifest.named.constraints.iter().filter_map(|named| resolved(path, named)).collect();
        let compiled = path.strip_suffix(".in").map(|stem| format!("{stem}.txt"));
        let fixes = |other: &&Manifest<'_>| {
            named.contains(&other.file.name) || compiled.as_ref() == Some(&other.file.name)
        };
        Self {
            locks: folders.filter_map(beside).collect(),
            constraints: all.iter().filter(fixes).flat_map(|other| &other.named.packages).collect(),
        }
    }

    fn version(&self, ecosystem: &str, name: &str, wants: &str) -> Option<String> {
        let constrained = self
            .constraints
            .iter()
            .find(|package| package.exact && normal(ecosystem, &package.name) == name)
            .map(|package| package.wants.trim_start_matches('=').trim().to_owned());
        constrained.or_else(|| {
            self.locks.iter().find_map(|lock| lock.version(name, wants)).map(str::to_owned)
        })
    }
}

fn add(
    out: &mut Discovered,
    manifest: &Manifest<'_>,
    package: &Package,
    name: &str,
    locked: Option<String>,
) {
    let ecosystem = manifest.form.ecosystem();
    let known = known(ecosystem, name);
    let path = &manifest.file.name;
    let dependency = Dependency {
        path: path.clone(),
        line: package.line,
        ecosystem: ecosystem.to_owned(),
        name: plain(name, 200),
        wants: shown(&package.wants),
        exact: package.exact,
        locked: locked.map(|version| plain(&version, 100)),
        source: package.source,
        ai: known.is_some(),
        development: package.development,
    };
    if let Some(known) = known {
        out.assets.push(asset(
            &dependency,
            known,
            package.optional || package.development || is_aside(path),
        ));
    }
    out.dependencies.push(dependency);
}

fn asset(dependency: &Dependency, known: Known, optional: bool) -> Asset {
    let exact =
        dependency.exact.then(|| dependency.wants.trim_start_matches('=').trim().to_owned());
    let version = dependency.locked.clone().or(exact);
    let fixed = version.is_some();
    let mut details: BTreeMap<String, String> =
        [("what".to_owned(), known.what.word().to_owned())].into();
    details.insert("ecosystem".into(), dependency.ecosystem.clone());
    details.extend(known.provider.map(|provider| ("provider".to_owned(), provider.to_owned())));
    details.extend(version.map(|version| ("version".to_owned(), version)));
    Asset {
        kind: AssetKind::Library,
        name: dependency.name.clone(),
        location: None,
        digest: None,
        pin: if fixed { Pin::Snapshot } else { Pin::Unknown },
        optional,
        details,
        seen: vec![Sighting {
            path: dependency.path.clone(),
            line: dependency.line,
            method: Method::Manifest,
            confidence: Confidence::High,
        }],
    }
}

/// What is asked for, fit to show: an address loses the name and password of whoever may fetch it.
fn shown(wants: &str) -> String {
    let hidden = wants.split_once("://").and_then(|(scheme, rest)| {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (_, host) = host.rsplit_once('@')?;
        Some(format!("{scheme}://{host}/{path}"))
    });
    plain(hidden.as_deref().unwrap_or(wants), 200)
}

fn normal(ecosystem: &str, name: &str) -> String {
    if !matches!(ecosystem, "pypi" | "conda") {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let parts = matches!(c, '-' | '_' | '.');
        if !(parts && out.ends_with('-')) {
            out.push(if parts { '-' } else { c.to_ascii_lowercase() });
        }
    }
    out
}

/// The path that one file means by `named`, if it stays in the folder.
fn resolved(path: &str, named: &str) -> Option<String> {
    let mut parts: Vec<&str> =
        path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in named.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a file and those around it, the innermost first; the last is the empty path.
fn ancestors(path: &str) -> Vec<&str> {
    let mut folders: Vec<&str> =
        path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at)).collect();
    folders.push("");
    folders
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests;
