//! Snapshots in the cache that Hugging Face's libraries keep on disk: `hf://OWNER/NAME` or `hf://OWNER/NAME@REVISION`.
//!
//! A snapshot is links into a folder of blobs beside it. They are followed, and only there: the one place where links are.

use std::{
    env,
    path::{Path, PathBuf},
};

use coseal_core::tree::{self, ReadError, Tree, Walk};

/// Longest file that names a revision, in bytes.
const MAX_REF: u64 = 256;

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoSnapshot {
    #[error("a model is hf://OWNER/NAME or hf://OWNER/NAME@REVISION")]
    Name,
    #[error("there is no cache: HF_HUB_CACHE, HF_HOME or HOME has to be set")]
    NoCache,
    #[error("it is not in the cache on this machine; nothing is downloaded")]
    Absent,
    #[error("the cache can't be read: {0}")]
    Unreadable(#[from] ReadError),
}

/// The folder of a model in the cache, and the files of its snapshot.
pub(super) fn snapshot(name: &str) -> Result<(PathBuf, Walk), NoSnapshot> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let cache = hub(|name| variable(name).map(PathBuf::from)).ok_or(NoSnapshot::NoCache)?;
    in_cache(&cache, name)
}

/// The cache, as huggingface_hub finds it.
fn hub(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let home = || {
        let cache = variable("XDG_CACHE_HOME");
        let cache = cache.or_else(|| Some(variable("HOME")?.join(".cache")));
        Some(cache?.join("huggingface"))
    };
    variable("HF_HUB_CACHE")
        .or_else(|| variable("HUGGINGFACE_HUB_CACHE"))
        .or_else(|| Some(variable("HF_HOME").or_else(home)?.join("hub")))
}

fn in_cache(cache: &Path, name: &str) -> Result<(PathBuf, Walk), NoSnapshot> {
    let (model, revision) = name.split_once('@').unwrap_or((name, "main"));
    let parts: Vec<_> = model.split('/').collect();
    let whole = matches!(parts.len(), 1 | 2) && parts.iter().all(|part| is_part(part));
    if !whole || !revision.split('/').all(is_part) {
        return Err(NoSnapshot::Name);
    }
    let folder = cache.join(format!("models--{}", parts.join("--")));
    let commit = commit(&folder, revision)?;
    let snapshot = folder.join("snapshots").join(commit);
    let tree = match Tree::open(&snapshot) {
        Err(ReadError::Absent) => return Err(NoSnapshot::Absent),
        tree => tree?.with_links_into(&folder.join("blobs")),
    };
    Ok((folder, tree.walk()))
}

/// The commit that a revision is: what the cache noted of a branch or tag, or the revision itself.
fn commit(folder: &Path, revision: &str) -> Result<String, NoSnapshot> {
    match tree::read_bytes(&folder.join("refs").join(revision), MAX_REF) {
        Ok(noted) => {
            let noted = String::from_utf8_lossy(&noted).trim().to_owned();
            if is_part(&noted) { Ok(noted) } else { Err(NoSnapshot::Absent) }
        }
        Err(ReadError::Absent) if !revision.contains('/') => Ok(revision.to_owned()),
        Err(ReadError::Absent) => Err(NoSnapshot::Absent),
        Err(error) => Err(error.into()),
    }
}

/// Whether a text is one part of a path, of the letters that the Hub allows.
fn is_part(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !text.is_empty() && text.bytes().all(letter) && text != "." && text != ".."
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{NoSnapshot, hub, in_cache};

    #[test]
    fn the_cache_is_where_the_libraries_have_it() {
        for (variables, wanted) in [
            (&[("HOME", "/h")][..], "/h/.cache/huggingface/hub"),
            (&[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")], "/c/huggingface/hub"),
            (&[("HOME", "/h"), ("HF_HOME", "/f")], "/f/hub"),
            (&[("HF_HOME", "/f"), ("HF_HUB_CACHE", "/b")], "/b"),
        ] {
            let variable = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, path)| path.into())
            };
            assert_eq!(hub(variable), Some(PathBuf::from(wanted)));
        }
        assert_eq!(hub(|_| None), None);
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let cache = tempfile::tempdir().unwrap();
        for name in ["", "..", "a/../b", "a/b/c", "a/b@", "a/b@../../x", "a/b@/etc", "a b"] {
            let error = in_cache(cache.path(), name).unwrap_err();
            assert!(matches!(error, NoSnapshot::Name), "{name}");
        }
        assert!(matches!(in_cache(cache.path(), "a/b"), Err(NoSnapshot::Absent)));
    }
}
