//! From paths to artefacts.

use std::path::{Path, PathBuf};

use coseal_core::{
    digest::Digest,
    fact::Artefact,
    outcome::Gap,
    plain::plain,
    tree::{ReadError, Tree},
};
use coseal_scan::{
    bytes::{Alone, Beside, FileBytes, Walked},
    hash, inspect_anyway_in, inspect_in,
};

use crate::progress::Progress;

/// What a scan found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// Model files, in the order of the command line.
    pub(crate) artefacts: Vec<(Artefact, Option<Digest>)>,
    /// What could not be looked at.
    pub(crate) gaps: Vec<Gap>,
    /// What is not in scope: the stores of version control.
    pub(crate) left_out: Vec<String>,
}

/// Looks at everything that is named, in the order of the command line; says also whether a path could not be read.
pub(super) fn gather(paths: &[PathBuf], full: bool, progress: &Progress) -> (Scanned, bool) {
    let mut scanned = Scanned::default();
    let mut unread = false;
    let mut given = Vec::new();
    for path in paths {
        let shown = unlike(shown(path), &mut given);
        let result = if path.is_dir() {
            folder(path, &shown, full, progress, &mut scanned)
        } else {
            file(path, &shown, &Alone, true, full, progress, &mut scanned)
        };
        if let Err(error) = result {
            scanned.gaps.push(Gap { what: shown, why: error.to_string() });
            unread = true;
        }
    }
    (scanned, unread)
}

/// A path as results show it: as given when it is relative, its last part when it is not.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = if path.is_absolute() {
        path.file_name().map_or_else(|| "/".into(), |name| name.to_string_lossy())
    } else {
        path.to_string_lossy()
    };
    let text = text.trim_start_matches("./").trim_end_matches('/');
    plain(if text.is_empty() { "." } else { text }, 300)
}

/// A name that no earlier path of this command line has: the last parts of two absolute paths may be the same.
fn unlike(name: String, given: &mut Vec<String>) -> String {
    let count = given.iter().filter(|earlier| **earlier == name).count();
    given.push(name.clone());
    if count == 0 { name } else { format!("{name} ({})", count + 1) }
}

fn folder(
    path: &Path,
    shown: &str,
    full: bool,
    progress: &Progress,
    scanned: &mut Scanned,
) -> Result<(), ReadError> {
    let walk = Tree::open(path)?.walk();
    progress.files(walk.files.len());
    for entry in &walk.files {
        let name = within(shown, &entry.name);
        let beside = Walked::new(&walk.files, &entry.name);
        if let Err(error) = file(&entry.path, &name, &beside, false, full, progress, scanned) {
            scanned.gaps.push(Gap { what: name, why: error.to_string() });
        }
    }
    scanned.left_out.extend(walk.left_out.iter().map(|name| within(shown, name)));
    scanned
        .gaps
        .extend(walk.gaps.into_iter().map(|gap| Gap { what: within(shown, &gap.what), ..gap }));
    Ok(())
}

fn within(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
}

/// `named`: somebody asked about this very file, so it gets an answer whatever it is.
fn file(
    path: &Path,
    shown: &str,
    beside: &dyn Beside,
    named: bool,
    full: bool,
    progress: &Progress,
    scanned: &mut Scanned,
) -> Result<(), ReadError> {
    progress.step(shown, 0);
    let bytes = FileBytes::open(path)?;
    let artefact = if named {
        Some(inspect_anyway_in(shown, &bytes, beside))
    } else {
        inspect_in(shown, &bytes, beside)
    };
    let Some(artefact) = artefact else { return Ok(()) };
    let digest = if full {
        Some(hash::of_bytes(&bytes, |step| progress.step(shown, step))?.0)
    } else {
        None
    };
    scanned.artefacts.push((artefact, digest));
    Ok(())
}
