//! The inspected folder: a bounded walk and bounded reads that follow no links and open no devices.
//!
//! Version-control ignore rules hide nothing here. What is left out is said in the walk's gaps.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::{outcome::Gap, plain::plain};

/// Room that is made for a file before it is read, by its size, in bytes; a size can lie.
const MAX_ROOM: u64 = 1 << 20;
/// Text files larger than this are not read.
pub const MAX_TEXT: u64 = 1 << 20;
/// Files beyond this many are not looked at.
const MAX_FILES: usize = 2_000_000;
/// Folders deeper than this are not looked into.
const MAX_DEPTH: usize = 128;
/// Folders of version control, and what each holds: that is history, not the system.
const VERSION_CONTROL: [(&str, &[&str]); 4] = [
    (".git", &["HEAD", "objects"]),
    (".hg", &["requires", "store"]),
    (".svn", &["wc.db"]),
    (".jj", &["repo"]),
];

/// A folder that is inspected.
#[derive(Clone, Debug)]
pub struct Tree {
    root: PathBuf,
    /// The one folder elsewhere that links to files may lead into, without links in its path.
    linked: Option<PathBuf>,
    /// Whether links to files inside are files of their own.
    named: bool,
}

/// A regular file below the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEntry {
    /// Path relative to the folder, `/` between its parts, fit to show.
    pub name: String,
    /// Path to open it by.
    pub path: PathBuf,
    /// Size in bytes when it was listed.
    pub size: u64,
}

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Regular files, sorted by name.
    pub files: Vec<FileEntry>,
    /// What was in scope and not looked at.
    pub gaps: Vec<Gap>,
    /// What is not in scope: the stores of version control.
    pub left_out: Vec<String>,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing there.
    #[error("it is not there")]
    Absent,
    /// It, or a folder on the way, is a symbolic link.
    #[error("it is reached through a symbolic link, which is not followed")]
    Link,
    /// It is a folder, pipe, socket or device.
    #[error("it is not a regular file")]
    NotRegular,
    /// It is larger than may be read.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It is not UTF-8.
    #[error("it is not UTF-8 text")]
    NotText,
    /// The operating system refused.
    #[error("it can't be read ({0})")]
    Refused(io::ErrorKind),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        #[cfg(unix)]
        if error.raw_os_error() == Some(libc::ELOOP) {
            return Self::Link;
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Absent,
            kind => Self::Refused(kind),
        }
    }
}

impl Tree {
    /// The folder at `root`.
    ///
    /// # Errors
    /// If it is not a folder that can be listed.
    pub fn open(root: &Path) -> Result<Self, ReadError> {
        if !fs::metadata(root)?.is_dir() {
            return Err(ReadError::NotRegular);
        }
        list(root)?;
        Ok(Self { root: root.to_owned(), linked: None, named: false })
    }

    /// The same, with links followed to files in `folder`, as caches have them: a link's file has the link's name.
    #[must_use]
    pub fn with_links_into(self, folder: &Path) -> Self {
        Self { linked: fs::canonicalize(folder).ok(), ..self }
    }

    /// The same, with links to files inside the folder as files of their own: a loader opens them by the link's name.
    #[must_use]
    pub const fn with_links_inside(mut self) -> Self {
        self.named = true;
        self
    }

    /// The folder, to open files by; never to be shown.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All regular files below the folder, sorted.
    #[must_use]
    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        self.descend(&self.root.clone(), "", 0, &mut walk);
        walk.files.sort();
        walk.gaps.sort();
        walk
    }

    fn descend(&self, folder: &Path, name: &str, depth: usize, walk: &mut Walk) {
        let mut leave_out = |what: &str, why: &str| {
            walk.gaps.push(Gap { what: plain(what, 300), why: why.to_owned() });
        };
        if depth > MAX_DEPTH {
            return leave_out(name, "folders nest too deep");
        }
        let entries = match list(folder) {
            Ok(entries) => entries,
            Err(error) => return leave_out(name, &error.to_string()),
        };
        let mut folders = Vec::new();
        for (file_name, kind) in entries {
            let shown = shown_name(&file_name);
            let shown = if name.is_empty() { shown } else { format!("{name}/{shown}") };
            let path = folder.join(&file_name);
            if kind.is_dir() {
                if is_version_control(&file_name, &path) {
                    walk.left_out.push(shown);
                    continue;
                }
                folders.push((path, shown));
            } else if kind.is_file() {
                if walk.files.len() >= MAX_FILES {
                    walk.gaps
                        .push(Gap { what: shown, why: format!("more than {MAX_FILES} files") });
                    return;
                }
                let size = fs::symlink_metadata(&path).map(|metadata| metadata.len()).unwrap_or(0);
                walk.files.push(FileEntry { name: shown, path, size });
            } else if let Some(file) = self.linked_file(&path, kind) {
                walk.files.push(FileEntry { name: shown, ..file });
            } else if kind.is_symlink() {
                // A link to something inside is found as itself; one to the outside is not of this folder.
                if !self.leads_inside(&path) {
                    walk.gaps.push(Gap {
                        what: shown,
                        why: "a symbolic link that leads outside".into(),
                    });
                }
            } else {
                walk.gaps.push(Gap { what: shown, why: "a pipe, socket or device".into() });
            }
        }
        for (path, shown) in folders {
            self.descend(&path, &shown, depth + 1, walk);
        }
    }

    /// The file that a link leads to, in the folder that links may lead into.
    fn linked_file(&self, path: &Path, kind: fs::FileType) -> Option<FileEntry> {
        if !kind.is_symlink() || self.linked.is_none() && !self.named {
            return None;
        }
        let inside = self.named && self.leads_inside(path);
        let into =
            |path: &PathBuf| self.linked.as_ref().is_some_and(|linked| path.starts_with(linked));
        let path = fs::canonicalize(path).ok().filter(|path| inside || into(path))?;
        let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some(FileEntry { name: String::new(), path, size: metadata.len() })
    }

    fn leads_inside(&self, link: &Path) -> bool {
        let (Ok(target), Ok(root)) = (fs::canonicalize(link), fs::canonicalize(&self.root)) else {
            return false;
        };
        // What leads into a version-control store leads to something that is not looked at.
        target.strip_prefix(root).is_ok_and(|inside| {
            !inside
                .components()
                .any(|part| VERSION_CONTROL.iter().any(|(vcs, _)| part.as_os_str() == *vcs))
        })
    }

    /// A file or folder named in the system file, without following links.
    ///
    /// # Errors
    /// If it is not there, or reached through a link.
    pub fn find(&self, name: &str) -> Result<(PathBuf, fs::Metadata), ReadError> {
        let mut path = self.root.clone();
        let mut metadata = fs::metadata(&path)?;
        for part in name.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." {
                return Err(ReadError::Link);
            }
            path.push(part);
            metadata = fs::symlink_metadata(&path)?;
            if metadata.is_symlink() {
                return Err(ReadError::Link);
            }
        }
        Ok((path, metadata))
    }

    /// The text of a file named in the system file.
    ///
    /// # Errors
    /// If it can't be read as UTF-8 of at most [`MAX_TEXT`] bytes.
    pub fn text(&self, name: &str) -> Result<String, ReadError> {
        let (path, _) = self.find(name)?;
        read_text(&path)
    }

    /// The bytes of a file named in the system file or a decision, `limit` at most.
    ///
    /// # Errors
    /// If it can't be read, or has more bytes.
    pub fn bytes(&self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let (path, _) = self.find(name)?;
        read_bytes(&path, limit)
    }
}

/// The text of a file.
///
/// # Errors
/// If it can't be read as UTF-8 of at most [`MAX_TEXT`] bytes.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    String::from_utf8(read_bytes(path, MAX_TEXT)?).map_err(|_| ReadError::NotText)
}

/// The bytes of a file.
///
/// # Errors
/// If it can't be read, or is larger than `limit` bytes.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let file = open_regular(path)?;
    // Read at once: thousands of small files are read of a large store.
    let room = file.metadata()?.len().min(limit).min(MAX_ROOM);
    let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default().saturating_add(1));
    #[expect(clippy::disallowed_methods, reason = "bounded by take")]
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(bytes) }
}

/// The names in a folder, sorted; none when it is not there.
///
/// # Errors
/// If it can't be listed.
pub fn names(folder: &Path) -> Result<Vec<(String, fs::FileType)>, ReadError> {
    match list(folder) {
        Ok(entries) => Ok(entries
            .into_iter()
            .filter_map(|(name, kind)| Some((name.into_string().ok()?, kind)))
            .collect()),
        Err(ReadError::Absent) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Opens a regular file: not a link, and without waiting on a pipe or device.
///
/// # Errors
/// If it is not a regular file, or can't be opened.
pub fn open_regular(path: &Path) -> Result<File, ReadError> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    open(path, &mut options)
}

/// Opens a file that is locked and never read: not a link, and without waiting on a pipe or device. `create` makes it
/// if it is not there, and opens it to write, as some file systems want for a lock against all others.
///
/// # Errors
/// If it is not a regular file, or can't be opened.
pub fn open_lock(path: &Path, create: bool) -> Result<File, ReadError> {
    if !create {
        return open_regular(path);
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    open(path, &mut options)
}

fn open(path: &Path, options: &mut fs::OpenOptions) -> Result<File, ReadError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC);
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(ReadError::NotRegular);
    }
    Ok(file)
}

/// Whether a folder is the store of a version-control system: by its name, and by what such a store holds.
fn is_version_control(name: &OsStr, path: &Path) -> bool {
    let of_name = VERSION_CONTROL.iter().find(|(vcs, _)| name == *vcs);
    of_name.is_some_and(|(_, holds)| {
        holds.iter().all(|part| fs::symlink_metadata(path.join(part)).is_ok())
    })
}

/// A name fit to show. Two names that differ are shown differently: a backslash stands doubled, and bytes
/// that are not UTF-8 as `\\x{ff}`.
fn shown_name(name: &OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(&plain(&chunk.valid().replace('\\', "\\\\"), usize::MAX));
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{{{byte:02x}}}"));
        }
    }
    out
}

fn list(folder: &Path) -> Result<BTreeMap<std::ffi::OsString, fs::FileType>, ReadError> {
    let mut entries = BTreeMap::new();
    #[expect(clippy::disallowed_methods, reason = "this is the bounded walk")]
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.insert(entry.file_name(), entry.file_type()?);
        if entries.len() > MAX_FILES {
            return Err(ReadError::TooLarge { limit: MAX_FILES as u64 });
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::{ReadError, Tree};

    #[test]
    fn walks_sorted_and_skips_only_version_control() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a/c.txt",
            ".git/HEAD",
            ".git/objects/x",
            "m/.git/x",
            ".hidden/x",
            ".gitignore",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let walk = Tree::open(folder.path()).unwrap().walk();
        let names: Vec<_> = walk.files.into_iter().map(|file| file.name).collect();
        assert_eq!(names, [".gitignore", ".hidden/x", "a/c.txt", "b.txt", "m/.git/x"]);
        assert_eq!(walk.left_out, [".git"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_differ_are_shown_differently() {
        use std::os::unix::ffi::OsStrExt as _;
        let names: [&[u8]; 5] = [b"x\x1b", b"x\\u{1b}", b"x\xff", b"x\xfe", b"x\\x{ff}"];
        let shown: std::collections::BTreeSet<_> =
            names.iter().map(|name| super::shown_name(std::ffi::OsStr::from_bytes(name))).collect();
        assert_eq!(shown.len(), names.len(), "{shown:?}");
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link_and_opens_no_pipe() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
        let tree = Tree::open(folder.path()).unwrap();
        let walk = tree.walk();
        assert!(walk.files.is_empty());
        assert_eq!(walk.gaps.len(), 2);
        assert!(matches!(tree.text("link"), Err(ReadError::Link)));
        assert!(matches!(tree.text("etc/passwd"), Err(ReadError::Link)));
        assert!(matches!(tree.text("../x"), Err(ReadError::Link)));
        assert!(matches!(tree.text("absent"), Err(ReadError::Absent)));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_into_the_one_folder_that_was_allowed() {
        let cache = tempfile::tempdir().unwrap();
        let (blobs, snapshot) = (cache.path().join("blobs"), cache.path().join("snapshot"));
        std::fs::create_dir(&blobs).unwrap();
        std::fs::create_dir(&snapshot).unwrap();
        std::fs::write(blobs.join("0a1b"), "a model").unwrap();
        std::os::unix::fs::symlink("/etc/passwd", blobs.join("bad")).unwrap();
        for (name, target) in [("model.bin", "0a1b"), ("x", "bad"), ("y", "../../x"), ("z", ".")] {
            let target = std::path::Path::new("../blobs").join(target);
            std::os::unix::fs::symlink(target, snapshot.join(name)).unwrap();
        }
        let walk = Tree::open(&snapshot).unwrap().with_links_into(&blobs).walk();
        assert_eq!(walk.files.len(), 1);
        assert_eq!((walk.files[0].name.as_str(), walk.files[0].size), ("model.bin", 7));
        assert_eq!(walk.gaps.len(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn links_inside_are_files_under_their_own_names_where_that_is_asked() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("c.txt"), "{}").unwrap();
        for (name, target) in [("config.json", "c.txt"), ("out.json", "/etc/passwd")] {
            std::os::unix::fs::symlink(target, folder.path().join(name)).unwrap();
        }
        let tree = Tree::open(folder.path()).unwrap();
        assert_eq!(tree.walk().files.len(), 1);
        let walk = tree.with_links_inside().walk();
        let names: Vec<_> = walk.files.iter().map(|file| (&*file.name, file.size)).collect();
        assert_eq!(names, [("c.txt", 2), ("config.json", 2)]);
        assert_eq!(walk.gaps.len(), 1);
    }

    #[test]
    fn refuses_what_is_too_large_or_not_text() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("large"), vec![b'x'; (1 << 20) + 1]).unwrap();
        std::fs::write(folder.path().join("binary"), [0xff, 0xfe]).unwrap();
        let tree = Tree::open(folder.path()).unwrap();
        assert!(matches!(tree.text("large"), Err(ReadError::TooLarge { .. })));
        assert!(matches!(tree.text("binary"), Err(ReadError::NotText)));
    }
}
