//! Where a repository keeps its objects and refs, and whether they are of a kind that is read here.

use std::path::{Path, PathBuf};

use coseal_assure::evidence::remote::RemoteError;
use coseal_core::tree::{ReadError, read_text};

use super::super::durable::unreadable;

/// The store of the repository at `path`: of a work tree, of a linked work tree, or bare.
pub(super) fn find(path: &Path) -> Result<PathBuf, RemoteError> {
    let store = common(store(path)?)?;
    let whole = store.join("HEAD").is_file() && store.join("objects").is_dir();
    if !whole || !store.join("refs").exists() {
        return Err(RemoteError::Location("it is not a git repository".into()));
    }
    check_format(&store)?;
    Ok(store)
}

/// `.git` in the folder, what a file `.git` there points to, or the folder itself.
fn store(path: &Path) -> Result<PathBuf, RemoteError> {
    let inside = path.join(".git");
    if inside.is_dir() {
        return Ok(inside);
    }
    let Some(text) = text_of(&inside)? else { return Ok(path.to_owned()) };
    match text.strip_prefix("gitdir: ") {
        Some(target) => Ok(path.join(target.trim_end())),
        None => Err(RemoteError::Damaged("its file `.git` points nowhere".into())),
    }
}

/// Objects and refs are shared by the work trees of a repository.
fn common(store: PathBuf) -> Result<PathBuf, RemoteError> {
    Ok(match text_of(&store.join("commondir"))? {
        Some(shared) => store.join(shared.trim_end()),
        None => store,
    })
}

fn check_format(store: &Path) -> Result<(), RemoteError> {
    let config = text_of(&store.join("config"))?.unwrap_or_default().to_lowercase();
    for line in config.lines() {
        let line: String =
            line.chars().filter(|char| !char.is_whitespace() && *char != '"').collect();
        // Sections are not told apart: at worst a repository is refused that could be read.
        if other(&line, "objectformat=", "sha1") {
            let text = "its objects are named by SHA-256, and only SHA-1 is supported";
            return Err(RemoteError::Unsupported(text.into()));
        }
        if other(&line, "refstorage=", "files") {
            let text = "its refs are in a reftable, and only files are supported";
            return Err(RemoteError::Unsupported(text.into()));
        }
    }
    if store.join("reftable").exists() {
        let text = "its refs are in a reftable, and only files are supported";
        return Err(RemoteError::Unsupported(text.into()));
    }
    if store.join("objects/info/alternates").exists() {
        let text = "it borrows objects of another repository (objects/info/alternates), which is not followed";
        return Err(RemoteError::Unsupported(text.into()));
    }
    Ok(())
}

/// Whether a setting is there, with another value.
fn other(line: &str, setting: &str, value: &str) -> bool {
    line.split_once(setting).is_some_and(|(_, is)| !is.starts_with(value))
}

fn text_of(path: &Path) -> Result<Option<String>, RemoteError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(ReadError::Absent) => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}
