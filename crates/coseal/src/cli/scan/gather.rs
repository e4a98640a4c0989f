//! From paths to artefacts.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use coseal_core::{
    digest::Digest,
    fact::Artefact,
    outcome::Gap,
    plain::plain,
    scan_policy::ScanPolicy,
    tree::{FileEntry, ReadError, Tree},
};
use coseal_scan::{
    bytes::{Alone, Beside, FileBytes, Walked},
    hash, inspect_anyway_under, inspect_under,
    parallel::in_order,
};

use crate::{
    confine::{Confined, confine},
    progress::Progress,
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
    pub(super) progress: &'a Progress,
    /// What is allowed beyond the built-in policy.
    pub(super) policy: Arc<ScanPolicy>,
}

/// What one path of the command line stands for.
enum Source {
    File {
        path: PathBuf,
        shown: String,
    },
    Folder {
        path: PathBuf,
        shown: String,
        files: Vec<FileEntry>,
        gaps: Vec<Gap>,
        left_out: Vec<String>,
    },
    Unread(Gap),
}

impl Source {
    /// What has to be readable for it.
    fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } | Self::Folder { path, .. } => Some(path),
            Self::Unread(_) => None,
        }
    }
}

/// A file to look at. `named`: somebody asked about this very file, so it gets an answer whatever it is.
struct Task<'a> {
    path: &'a Path,
    shown: String,
    beside: Box<dyn Beside + 'a>,
    named: bool,
}

/// What came of a file: nothing where it is no model file.
type Looked = Result<Option<(Artefact, Option<Digest>)>, ReadError>;

/// Looks at everything that is named, in the order of the command line; says also whether a path could not be read.
pub(super) fn gather(paths: &[PathBuf], how: &How<'_>) -> (Scanned, bool) {
    let mut given = Vec::new();
    let sources: Vec<_> =
        paths.iter().map(|path| source(path, unlike(shown(path), &mut given))).collect();
    let tasks: Vec<_> = sources.iter().flat_map(tasks).collect();
    if tasks.len() > 1 {
        how.progress.files(tasks.len());
    }
    let confined = confine(sources.iter().filter_map(Source::path));
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
            Source::File { .. } => {
                looked.next().is_some_and(|(name, looked)| self.add(name, looked))
            }
            Source::Folder { files, gaps, left_out, .. } => {
                for (name, looked) in looked.take(files.len()) {
                    self.add(name, looked);
                }
                self.gaps.extend_from_slice(gaps);
                self.left_out.extend_from_slice(left_out);
                false
            }
        }
    }

    /// Adds what came of one file; says whether it could not be read.
    fn add(&mut self, name: &str, looked: Looked) -> bool {
        match looked {
            Ok(found) => {
                self.artefacts.extend(found);
                false
            }
            Err(error) => {
                self.gaps.push(Gap { what: name.to_owned(), why: error.to_string() });
                true
            }
        }
    }
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

fn source(path: &Path, shown: String) -> Source {
    if !path.is_dir() {
        return Source::File { path: path.to_owned(), shown };
    }
    let walk = match Tree::open(path) {
        Ok(tree) => tree.walk(),
        Err(error) => return Source::Unread(Gap { what: shown, why: error.to_string() }),
    };
    let named = |gap: Gap| Gap { what: within(&shown, &gap.what), ..gap };
    Source::Folder {
        path: path.to_owned(),
        gaps: walk.gaps.into_iter().map(named).collect(),
        left_out: walk.left_out.iter().map(|name| within(&shown, name)).collect(),
        files: walk.files,
        shown,
    }
}

fn within(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The files of a source.
fn tasks(source: &Source) -> Vec<Task<'_>> {
    match source {
        Source::Unread(_) => Vec::new(),
        Source::File { path, shown } => {
            vec![Task { path, shown: shown.clone(), beside: Box::new(Alone), named: true }]
        }
        Source::Folder { files, shown, .. } => files
            .iter()
            .map(|file| Task {
                path: &file.path,
                shown: within(shown, &file.name),
                beside: Box::new(Walked::new(files, &file.name)),
                named: false,
            })
            .collect(),
    }
}

fn look_at(task: &Task<'_>, how: &How<'_>) -> Looked {
    how.progress.step(&task.shown, 0);
    let bytes = FileBytes::open(task.path)?;
    let beside = &*task.beside;
    let artefact = if task.named {
        Some(inspect_anyway_under(&task.shown, &bytes, beside, &how.policy))
    } else {
        inspect_under(&task.shown, &bytes, beside, &how.policy)
    };
    let Some(artefact) = artefact else { return Ok(None) };
    let digest = if how.full {
        Some(hash::of_bytes(&bytes, |step| how.progress.step(&task.shown, step))?.0)
    } else {
        None
    };
    Ok(Some((artefact, digest)))
}
