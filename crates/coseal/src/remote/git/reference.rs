//! A ref: read from its file or among the packed ones, and replaced by git's own protocol of lock files.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use coseal_assure::evidence::remote::RemoteError;
use coseal_core::tree::{ReadError, open_regular};
use gix_hash::ObjectId;

use super::super::durable::{Replacement, read_bounded, refused, sync_folder, unreadable};

/// A loose ref, or HEAD, is one line.
const MAX_LOOSE: u64 = 4096;
/// Most bytes of packed refs: some millions of them.
const MAX_PACKED: u64 = 256 << 20;
/// Refs that each work tree has for itself, or that mean something to git.
const SPECIAL: [&str; 5] = ["bisect", "replace", "rewritten", "stash", "worktree"];
/// Most work trees whose HEAD is looked at.
const MAX_WORK_TREES: usize = 10_000;
/// How long to wait for another writer of the ref.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// One ref of a repository.
pub(super) struct Reference {
    store: PathBuf,
    name: String,
}

impl Reference {
    /// The ref with this name, whether it is there or not.
    pub(super) fn new(store: &Path, name: &str) -> Result<Self, RemoteError> {
        if !is_name(name) {
            let text = "it has to be a ref like refs/coseal/evidence".to_owned();
            return Err(RemoteError::Location(text));
        }
        let reference = Self { store: store.to_owned(), name: name.to_owned() };
        if reference.is_checked_out()? {
            let text = "the branch is checked out: choose another ref".to_owned();
            return Err(RemoteError::Location(text));
        }
        Ok(reference)
    }

    /// The commit that it points to; `None` when it is not there.
    pub(super) fn read(&self) -> Result<Option<ObjectId>, RemoteError> {
        // In this order: git packs a ref before it removes the file.
        match read_bounded(&self.path(), MAX_LOOSE) {
            Ok(Some(bytes)) => self.parse(&bytes).map(Some),
            Ok(None) => self.packed(),
            // A folder of other refs, perhaps an empty one.
            Err(ReadError::NotRegular) => self.packed(),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// Points it to `new` if it is `expected` still; otherwise [`RemoteError::Moved`]. No log of the ref is written: that
    /// would hold the name of a user.
    pub(super) fn replace(
        &self,
        expected: Option<ObjectId>,
        new: ObjectId,
    ) -> Result<(), RemoteError> {
        let path = self.path();
        let folder = path.parent().unwrap_or(&self.store);
        fs::create_dir_all(folder).map_err(|error| refused(&error))?;
        let lock = self.lock()?;
        if self.read()? != expected {
            return Err(RemoteError::Moved);
        }
        // git leaves empty folders where refs were.
        drop(fs::remove_dir(&path));
        lock.put(format!("{new}\n").as_bytes(), &path).map_err(|error| refused(&error))?;
        sync_folder(folder).map_err(|error| refused(&error))
    }

    fn path(&self) -> PathBuf {
        self.store.join(&self.name)
    }

    fn lock(&self) -> Result<Replacement, RemoteError> {
        let start = Instant::now();
        loop {
            match Replacement::create(self.store.join(format!("{}.lock", self.name))) {
                Ok(lock) => return Ok(lock),
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(refused(&error));
                }
                Err(_) if start.elapsed() > PATIENCE => {
                    let text =
                        format!("another process has {0} locked, or left {0}.lock", self.name);
                    return Err(RemoteError::Busy(text));
                }
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    fn parse(&self, bytes: &[u8]) -> Result<ObjectId, RemoteError> {
        if bytes.starts_with(b"ref:") {
            let text = format!("{} is a symbolic ref", self.name);
            return Err(RemoteError::Unsupported(text));
        }
        ObjectId::from_hex(bytes.trim_ascii_end())
            .map_err(|_| RemoteError::Damaged(format!("{} names no commit", self.name)))
    }

    fn packed(&self) -> Result<Option<ObjectId>, RemoteError> {
        let file = match open_regular(&self.store.join("packed-refs")) {
            Ok(file) => file,
            Err(ReadError::Absent) => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let mut lines = BufReader::new(file.take(MAX_PACKED + 1));
        let (mut line, mut read) = (Vec::new(), 0);
        loop {
            line.clear();
            read += lines.read_until(b'\n', &mut line).map_err(unreadable)? as u64;
            if read > MAX_PACKED {
                return Err(unreadable(ReadError::TooLarge { limit: MAX_PACKED }));
            }
            if line.is_empty() {
                return Ok(None);
            }
            let mut parts = line.trim_ascii_end().splitn(2, |byte| *byte == b' ');
            if let (Some(id), Some(name)) = (parts.next(), parts.next())
                && name == self.name.as_bytes()
            {
                return self.parse(id).map(Some);
            }
        }
    }

    /// Whether it is the branch of a work tree, which would then seem to be full of changes.
    fn is_checked_out(&self) -> Result<bool, RemoteError> {
        if !self.name.starts_with("refs/heads/") {
            return Ok(false);
        }
        let mut heads = vec![self.store.join("HEAD")];
        #[expect(clippy::disallowed_methods, reason = "the number of entries is bounded here")]
        let trees = fs::read_dir(self.store.join("worktrees"));
        for tree in trees.into_iter().flatten().take(MAX_WORK_TREES) {
            heads.push(tree.map_err(unreadable)?.path().join("HEAD"));
        }
        for head in heads {
            let head = read_bounded(&head, MAX_LOOSE).map_err(unreadable)?.unwrap_or_default();
            let branch = head.strip_prefix(b"ref:").map(<[u8]>::trim_ascii);
            if branch == Some(self.name.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Stricter than `git check-ref-format`: of ASCII letters, digits, `.`, `_`, `-` and `/`.
fn is_name(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let part = |part: &str| {
        let edges = part.starts_with('.') || part.ends_with('.') || part.ends_with(".lock");
        !part.is_empty() && !edges && !part.contains("..") && part.bytes().all(good)
    };
    let Some((space, rest)) = name.strip_prefix("refs/").and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    name.len() <= 200 && part(space) && rest.split('/').all(part) && !SPECIAL.contains(&space)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn refs_are_named_strictly() {
        for name in ["refs/coseal/evidence", "refs/heads/evidence", "refs/a/b/c-1.2_x"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            "HEAD",
            "refs/",
            "refs/stash",
            "refs/coseal",
            "refs/coseal/",
            "refs//x",
            "refs/coseal/../../config",
            "refs/coseal/.x",
            "refs/coseal/x.",
            "refs/coseal/a..b",
            "refs/coseal/x.lock",
            "refs/coseal/x y",
            "refs/coseal/x\\y",
            "refs/coseal/x@{0}",
            "refs/replace/x",
            "refs/worktree/x",
            "../refs/coseal/x",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }
}
