//! From sources to artefacts.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use coseal_core::{
    digest::Digest,
    fact::Artefact,
    outcome::Gap,
    scan_policy::ScanPolicy,
    tree::{FileEntry, ReadError},
};
use coseal_scan::{
    Called,
    bytes::{Alone, Beside, FileBytes, ReadAt, Walked},
    hash, inspect_anyway_under, inspect_under,
    parallel::in_order,
};

use super::{
    around::Around,
    source::{Name, Source, sources, within},
};
use crate::{
    confine::{Confined, confine},
    progress::Progress,
    remote::range::Bytes,
};

/// What a scan found.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// Model files, in the order of the command line.
    pub(crate) artefacts: Vec<(Artefact, Option<Digest>)>,
    /// What could not be looked at.
    pub(crate) gaps: Vec<Gap>,
    /// What is not in scope: the stores of version control.
    pub(crate) left_out: Vec<String>,
    /// How many bytes were fetched of each file at an address.
    pub(crate) fetched: Vec<(String, u64)>,
    /// Digest of the policy file that it was judged by, too.
    pub(crate) policy: Option<Digest>,
    /// Which rights were given up before anything was parsed.
    pub(crate) confined: Confined,
}

/// How a scan goes about it.
pub(super) struct How<'a> {
    /// Whether every byte is hashed too.
    pub(super) full: bool,
    /// Files looked at at a time.
    pub(super) workers: usize,
    /// What standard input is called.
    pub(super) stdin_name: &'a str,
    pub(super) progress: &'a Progress,
    /// What is allowed beyond the built-in policy.
    pub(super) policy: Arc<ScanPolicy>,
}

/// A file to look at. `named`: somebody asked about this very file, so it gets an answer whatever it is.
struct Task<'a> {
    place: Place<'a>,
    /// What decides: its suffix, and where it is.
    path: String,
    /// What results say.
    shown: String,
    beside: Box<dyn Beside + 'a>,
    named: bool,
}

/// Where the bytes of a file are.
#[derive(Clone, Copy)]
enum Place<'a> {
    At(&'a Path),
    Open(&'a dyn ReadAt),
    Remote(&'a Bytes),
}

/// What came of a file: nothing where it is no model file.
type Looked = Result<Option<(Artefact, Option<Digest>)>, ReadError>;

/// Looks at everything that is named, in the order of the command line; says also whether a source could not be read.
pub(super) fn gather(arguments: &[PathBuf], how: &How<'_>) -> (Scanned, bool) {
    let sources = sources(arguments, how.stdin_name);
    let tasks: Vec<_> = sources.iter().flat_map(tasks).collect();
    if tasks.len() > 1 {
        how.progress.files(tasks.len());
    }
    let confined = confine(sources.iter().flat_map(Source::paths));
    let looked = in_order(&tasks, how.workers, |task| look_at(task, how));
    let mut looked = tasks.iter().map(|task| task.shown.as_str()).zip(looked);
    let mut scanned = Scanned { confined, ..Scanned::default() };
    let mut unread = false;
    for source in &sources {
        unread |= scanned.take(source, &mut looked);
    }
    (scanned, unread)
}

impl Scanned {
    /// Takes what came of one source; says whether it could not be read.
    fn take<'a>(
        &mut self,
        source: &Source,
        looked: &mut impl Iterator<Item = (&'a str, Looked)>,
    ) -> bool {
        match source {
            Source::Unread(gap) => {
                self.gaps.push(gap.clone());
                true
            }
            Source::File { .. } | Source::Open { .. } => self.add(looked.next()),
            Source::Remote { bytes, name: Name { shown, .. } } => {
                self.fetched.push((shown.clone(), bytes.fetched()));
                let failure = bytes.failure();
                let unread = self.add(looked.next()) || failure.is_some();
                self.gaps.extend(failure.map(|why| Gap { what: shown.clone(), why }));
                unread
            }
            Source::Folder { files, gaps, left_out, .. } => {
                for looked in looked.take(files.len()) {
                    self.add(Some(looked));
                }
                self.gaps.extend_from_slice(gaps);
                self.left_out.extend_from_slice(left_out);
                false
            }
        }
    }

    /// Adds what came of one file; says whether it could not be read.
    fn add(&mut self, looked: Option<(&str, Looked)>) -> bool {
        match looked {
            Some((_, Ok(found))) => {
                self.artefacts.extend(found);
                false
            }
            Some((name, Err(error))) => {
                self.gaps.push(Gap { what: name.to_owned(), why: error.to_string() });
                true
            }
            None => false,
        }
    }
}

/// The files of a source.
fn tasks(source: &Source) -> Vec<Task<'_>> {
    let named = |place, name: &Name, beside: Box<dyn Beside>| {
        let Name { path, shown } = name.clone();
        vec![Task { place, path, shown, beside, named: true }]
    };
    match source {
        Source::Unread(_) => Vec::new(),
        Source::File { path, name } => named(Place::At(path), name, Box::new(Around::new(path))),
        Source::Open { bytes, name } => named(Place::Open(&**bytes), name, Box::new(Alone)),
        Source::Remote { bytes, name } => named(Place::Remote(bytes), name, Box::new(Alone)),
        Source::Folder { files, name, .. } => {
            files.iter().map(|file| in_folder(file, files, name)).collect()
        }
    }
}

fn in_folder<'a>(file: &'a FileEntry, files: &'a [FileEntry], folder: &Name) -> Task<'a> {
    Task {
        place: Place::At(&file.path),
        path: within(&folder.path, &file.name),
        shown: within(&folder.shown, &file.name),
        beside: Box::new(Walked::new(files, &file.name)),
        named: false,
    }
}

fn look_at(task: &Task<'_>, how: &How<'_>) -> Looked {
    how.progress.step(&task.shown, 0);
    match task.place {
        Place::At(path) => look_into(task, &FileBytes::open(path)?, how),
        Place::Open(bytes) => look_into(task, bytes, how),
        Place::Remote(bytes) => {
            let looked = look_into(task, bytes, how);
            bytes.forget();
            looked
        }
    }
}

fn look_into(task: &Task<'_>, bytes: &dyn ReadAt, how: &How<'_>) -> Looked {
    let beside = &*task.beside;
    let called = Called { path: &task.path, shown: &task.shown };
    let artefact = if task.named {
        Some(inspect_anyway_under(called, bytes, beside, &how.policy))
    } else {
        inspect_under(called, bytes, beside, &how.policy)
    };
    let Some(artefact) = artefact else { return Ok(None) };
    let digest = if how.full {
        Some(hash::of_bytes(bytes, |step| how.progress.step(&task.shown, step))?.0)
    } else {
        None
    };
    Ok(Some((artefact, digest)))
}
