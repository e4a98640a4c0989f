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

/// What one argument stands for.
pub(super) enum Source {
    /// A file on disk.
    File { path: PathBuf, shown: String },
    /// Files below a folder; `path` is what has to be readable for them.
    Folder {
        path: PathBuf,
        shown: String,
        files: Vec<FileEntry>,
        gaps: Vec<Gap>,
        left_out: Vec<String>,
    },
    /// Bytes that are open already.
    Open { bytes: Box<dyn ReadAt>, shown: String },
    /// Bytes elsewhere, of which only what is needed is fetched.
    Remote { bytes: remote::Bytes, shown: String },
    /// It could not be read.
    Unread(Gap),
}

impl Source {
    /// What has to be readable for it.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } | Self::Folder { path, .. } => Some(path),
            Self::Open { .. } | Self::Remote { .. } | Self::Unread(_) => None,
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
        return vec![from_standard_input(names.unlike(plain(stdin_name, 300)))];
    }
    if let Some(name) = text.strip_prefix("hf://") {
        let shown = names.unlike(plain(text, 300));
        return vec![from_cache(name, shown)];
    }
    if remote::is_address(text) {
        return vec![from_address(text, names.unlike(plain(&remote::without_query(text), 300)))];
    }
    if std::fs::symlink_metadata(argument).is_err()
        && let Some(pattern) = Pattern::of(text)
    {
        return matching(&pattern, text, names);
    }
    vec![of_path(argument, names.unlike(shown(argument)))]
}

fn from_standard_input(shown: String) -> Source {
    match standard_input::read() {
        Ok(bytes) => Source::Open { bytes, shown },
        Err(error) => Source::unread(shown, &error.to_string()),
    }
}

fn from_cache(name: &str, shown: String) -> Source {
    match cached::snapshot(name) {
        Ok((path, walk)) => folder(path, shown, walk),
        Err(error) => Source::unread(shown, &error.to_string()),
    }
}

fn from_address(address: &str, shown: String) -> Source {
    match remote::open(address) {
        Ok(bytes) => Source::Remote { bytes, shown },
        Err(why) => Source::unread(shown, &why),
    }
}

/// The files that a pattern matches, each as if it had been named.
fn matching(pattern: &Pattern, text: &str, names: &mut Names) -> Vec<Source> {
    let found = match pattern.find() {
        Ok(found) => found,
        Err(error) => return vec![Source::unread(plain(text, 300), &error.to_string())],
    };
    let mut sources: Vec<_> =
        found.files.iter().map(|path| of_path(path, names.unlike(shown(path)))).collect();
    sources.extend(found.gaps.into_iter().map(Source::Unread));
    if sources.is_empty() {
        sources.push(Source::unread(plain(text, 300), "no file matches it"));
    }
    sources
}

fn of_path(path: &Path, shown: String) -> Source {
    if !path.is_dir() {
        return Source::File { path: path.to_owned(), shown };
    }
    let walk: Result<_, ReadError> = Tree::open(path).map(|tree| tree.walk());
    match walk {
        Ok(walk) => folder(path.to_owned(), shown, walk),
        Err(error) => Source::unread(shown, &error.to_string()),
    }
}

fn folder(path: PathBuf, shown: String, walk: Walk) -> Source {
    let named = |gap: Gap| Gap { what: within(&shown, &gap.what), ..gap };
    Source::Folder {
        path,
        gaps: walk.gaps.into_iter().map(named).collect(),
        left_out: walk.left_out.iter().map(|name| within(&shown, name)).collect(),
        files: walk.files,
        shown,
    }
}

/// The name of a file in a folder.
pub(super) fn within(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
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

/// How often each name was given.
#[derive(Default)]
struct Names(std::collections::BTreeMap<String, usize>);

impl Names {
    /// A name that no earlier argument has: the last parts of two absolute paths may be the same.
    fn unlike(&mut self, name: String) -> String {
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    }
}
