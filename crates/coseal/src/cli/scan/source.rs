//! What the arguments stand for: files, folders, patterns, standard input, snapshots of a Hugging Face cache, addresses.

use std::path::{Path, PathBuf};

use coseal_core::{
    outcome::Gap,
    plain::plain,
    tree::{FileEntry, ReadError, Tree, Walk},
};
use coseal_scan::bytes::ReadAt;

use super::{cached, pattern::Pattern, standard_input};
use crate::remote::range as remote;

/// What a source is called: by `path` it is judged, `shown` is what results say, in which no two sources are alike.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) path: String,
    pub(super) shown: String,
}

/// What one argument stands for.
pub(super) enum Source {
    /// A file on disk.
    File { path: PathBuf, name: Name },
    /// Files below a folder; `path` is what has to be readable for them.
    Folder {
        path: PathBuf,
        name: Name,
        files: Vec<FileEntry>,
        gaps: Vec<Gap>,
        left_out: Vec<String>,
    },
    /// Bytes that are open already.
    Open { bytes: Box<dyn ReadAt>, name: Name },
    /// Bytes elsewhere, of which only what is needed is fetched.
    Remote { bytes: remote::Bytes, name: Name },
    /// It could not be read.
    Unread(Gap),
}

impl Source {
    /// What has to be readable for it: a file is read with what lies around it.
    pub(super) fn paths(&self) -> Vec<&Path> {
        match self {
            Self::File { path, .. } => vec![folder_of(path), path],
            Self::Folder { path, .. } => vec![path],
            Self::Open { .. } | Self::Remote { .. } | Self::Unread(_) => Vec::new(),
        }
    }

    fn unread(what: String, why: &str) -> Self {
        Self::Unread(Gap { what, why: why.to_owned() })
    }
}

/// The sources of a command line, in its order. `stdin_name` is what standard input is called.
pub(super) fn sources(arguments: &[PathBuf], stdin_name: &str) -> Vec<Source> {
    let mut names = Names::default();
    arguments.iter().flat_map(|argument| of_argument(argument, stdin_name, &mut names)).collect()
}

fn of_argument(argument: &Path, stdin_name: &str, names: &mut Names) -> Vec<Source> {
    let text = argument.to_str().unwrap_or_default();
    if text == "-" {
        return vec![from_standard_input(names.unlike(stdin_name))];
    }
    if let Some(name) = text.strip_prefix("hf://") {
        return vec![from_cache(name, names.unlike(text))];
    }
    if remote::is_address(text) {
        return vec![from_address(text, names.unlike(&remote::without_query(text)))];
    }
    if std::fs::symlink_metadata(argument).is_err()
        && let Some(pattern) = Pattern::of(text)
    {
        return matching(&pattern, text, names);
    }
    vec![of_path(argument, names.unlike(&path_of(argument)))]
}

fn from_standard_input(name: Name) -> Source {
    match standard_input::read() {
        Ok(bytes) => Source::Open { bytes, name },
        Err(error) => Source::unread(name.shown, &error.to_string()),
    }
}

fn from_cache(model: &str, name: Name) -> Source {
    match cached::snapshot(model) {
        Ok((path, walk)) => folder(path, name, walk),
        Err(error) => Source::unread(name.shown, &error.to_string()),
    }
}

fn from_address(address: &str, name: Name) -> Source {
    match remote::open(address) {
        Ok(bytes) => Source::Remote { bytes, name },
        Err(why) => Source::unread(name.shown, &why),
    }
}

/// The files that a pattern matches, each as if it had been named.
fn matching(pattern: &Pattern, text: &str, names: &mut Names) -> Vec<Source> {
    let found = match pattern.find() {
        Ok(found) => found,
        Err(error) => return vec![Source::unread(plain(text, 300), &error.to_string())],
    };
    let mut sources: Vec<_> =
        found.files.iter().map(|path| of_path(path, names.unlike(&path_of(path)))).collect();
    sources.extend(found.gaps.into_iter().map(Source::Unread));
    if sources.is_empty() {
        sources.push(Source::unread(plain(text, 300), "no file matches it"));
    }
    sources
}

fn of_path(path: &Path, name: Name) -> Source {
    if !path.is_dir() {
        return Source::File { path: path.to_owned(), name };
    }
    let walk: Result<_, ReadError> = Tree::open(path).map(|tree| tree.with_links_inside().walk());
    match walk {
        Ok(walk) => folder(path.to_owned(), name, walk),
        Err(error) => Source::unread(name.shown, &error.to_string()),
    }
}

fn folder(path: PathBuf, name: Name, walk: Walk) -> Source {
    let shown = &name.shown;
    let named = |gap: Gap| Gap { what: within(shown, &gap.what), ..gap };
    Source::Folder {
        path,
        gaps: walk.gaps.into_iter().map(named).collect(),
        left_out: walk.left_out.iter().map(|file| within(shown, file)).collect(),
        files: walk.files,
        name,
    }
}

/// The name of a file in a folder.
pub(super) fn within(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path as it is judged and shown: as given when it is relative, its last part when it is not.
fn path_of(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = if path.is_absolute() {
        path.file_name().map_or_else(|| "/".into(), |name| name.to_string_lossy())
    } else {
        path.to_string_lossy()
    };
    let text = text.trim_start_matches("./").trim_end_matches('/');
    (if text.is_empty() { "." } else { text }).to_owned()
}

/// How often each name was given.
#[derive(Default)]
struct Names(std::collections::BTreeMap<String, usize>);

impl Names {
    /// What is called `path`, shown in a way that no earlier argument has: the last parts of two absolute paths may be the same.
    fn unlike(&mut self, path: &str) -> Name {
        let shown = plain(path, 300);
        let count = self.0.entry(shown.clone()).or_default();
        *count += 1;
        let shown = if *count == 1 { shown } else { format!("{shown} ({count})") };
        Name { path: path.to_owned(), shown }
    }
}
