//! A folder, perhaps on a share: files are replaced whole, and writers take turns by a lock.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use coseal_assure::evidence::remote::{FileName, MAX_REMOTE_FILE, MAX_REMOTE_LOGS, RemoteError};
use coseal_core::tree::{ReadError, Tree};

use super::{
    durable::{Replacement, read_bounded, refused, sync_folder, unreadable},
    guarded::{Checked, Place, too_large, too_many_logs},
};

/// The file that writers lock. It stays: removing it would let two hold it at once.
const LOCK: &str = ".coseal.lock";
/// A file that is being written. There is one writer, so one name is enough, and what a crash left is written over.
const TEMPORARY: &str = ".coseal.tmp";
/// How long to wait for other writers.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait between two looks at the lock.
const PAUSE: Duration = Duration::from_millis(20);
/// Most entries of one folder that are looked at.
const MAX_ENTRIES: usize = 10 * MAX_REMOTE_LOGS;

/// A folder that holds logs.
pub(super) struct Folder {
    tree: Tree,
}

impl Folder {
    /// Opens a folder, which must be there: a share that is not mounted is not an empty place.
    pub(super) fn open(root: &Path) -> Result<Self, RemoteError> {
        let wrong = |error: ReadError| match error {
            ReadError::Absent => {
                RemoteError::Location("there is no such folder: make it first".into())
            }
            ReadError::NotRegular => RemoteError::Location("it is not a folder".into()),
            error => unreadable(error),
        };
        Ok(Self { tree: Tree::open(root).map_err(wrong)? })
    }

    /// Where a file or folder is; `None` if there is none.
    fn find(&self, name: &str) -> Result<Option<(PathBuf, fs::Metadata)>, RemoteError> {
        match self.tree.find(name) {
            Ok(found) => Ok(Some(found)),
            Err(ReadError::Absent) => Ok(None),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// The names of the folders in a folder.
    fn folders(&self, name: &str) -> Result<Vec<String>, RemoteError> {
        let Some((path, metadata)) = self.find(name)? else { return Ok(Vec::new()) };
        let mut folders = Vec::new();
        if !metadata.is_dir() {
            return Ok(folders);
        }
        #[expect(clippy::disallowed_methods, reason = "the number of entries is bounded here")]
        let entries = fs::read_dir(path).map_err(unreadable)?;
        for (count, entry) in entries.enumerate() {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            if count >= MAX_ENTRIES {
                return Err(RemoteError::TooMany {
                    what: "entries in a folder",
                    limit: MAX_ENTRIES,
                });
            }
            // A link may be a log: it is not left out in silence, but refused when it is looked into.
            if kind.is_dir() || kind.is_symlink() {
                folders.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(folders)
    }

    fn lock(&self) -> Result<File, RemoteError> {
        let path = self.tree.root().join(LOCK);
        let made = OpenOptions::new().write(true).create_new(true).open(&path);
        let file = match made {
            Ok(file) => file,
            Err(_) => match self.find(LOCK)? {
                Some((_, metadata)) if !metadata.is_file() => {
                    return Err(unreadable(ReadError::NotRegular));
                }
                _ => OpenOptions::new().write(true).open(&path).map_err(|error| refused(&error))?,
            },
        };
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(refused(&error)),
                Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                    return Err(RemoteError::Busy("another process has it locked".into()));
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
    }

    /// Replaces a file; `touched` gets the folders that are to be made durable.
    fn put(
        &self,
        name: &FileName,
        bytes: &[u8],
        touched: &mut BTreeSet<PathBuf>,
    ) -> Result<(), RemoteError> {
        let mut folder = self.tree.root().to_owned();
        let (folders, file) = name.as_str().rsplit_once('/').unwrap_or(("", name.as_str()));
        for part in folders.split('/') {
            let child = folder.join(part);
            match fs::symlink_metadata(&child) {
                Ok(metadata) if metadata.is_symlink() => return Err(unreadable(ReadError::Link)),
                Ok(_) => {}
                Err(_) => {
                    fs::create_dir(&child).map_err(|error| refused(&error))?;
                    touched.insert(folder);
                }
            }
            folder = child;
        }
        replace(&folder, file, bytes)?;
        touched.insert(folder);
        Ok(())
    }
}

impl Place for Folder {
    fn logs(&mut self) -> Result<Vec<(String, String)>, RemoteError> {
        let mut logs = Vec::new();
        for system in self.folders("logs")? {
            for key in self.folders(&format!("logs/{system}"))? {
                if self.find(&format!("logs/{system}/{key}/checkpoint"))?.is_some() {
                    logs.push((system.clone(), key));
                }
                if logs.len() > MAX_REMOTE_LOGS {
                    return Err(too_many_logs());
                }
            }
        }
        Ok(logs)
    }

    fn read(&mut self, name: &FileName) -> Result<Option<Vec<u8>>, RemoteError> {
        let Some((path, _)) = self.find(name.as_str())? else { return Ok(None) };
        read_bounded(&path, MAX_REMOTE_FILE).map_err(|error| match error {
            ReadError::TooLarge { .. } => too_large(name.as_str()),
            error => unreadable(error),
        })
    }

    fn publish(&mut self, change: Checked) -> Result<(), RemoteError> {
        // Released when it is dropped, and by the system if this process dies.
        let lock = self.lock()?;
        for swap in &change.checkpoints {
            if self.read(&swap.name)? != swap.expected {
                return Err(RemoteError::Moved);
            }
        }
        let mut missing = Vec::new();
        for (name, bytes) in &change.files {
            match self.read(name)? {
                None => missing.push((name, bytes)),
                Some(there) if there == *bytes => {}
                Some(_) => return Err(RemoteError::Conflict(name.as_str().to_owned())),
            }
        }
        self.put_all(missing)?;
        self.put_all(change.checkpoints.iter().map(|swap| (&swap.name, &swap.new)).collect())?;
        for name in &change.superseded {
            if let Ok(Some((path, metadata))) = self.find(name.as_str())
                && metadata.is_file()
            {
                drop(fs::remove_file(path));
            }
        }
        drop(lock);
        Ok(())
    }
}

impl Folder {
    /// Puts files, and returns when they are durable.
    fn put_all(&self, files: Vec<(&FileName, &Vec<u8>)>) -> Result<(), RemoteError> {
        let mut touched = BTreeSet::new();
        for (name, bytes) in files {
            self.put(name, bytes, &mut touched)?;
        }
        touched.iter().try_for_each(|folder| sync_folder(folder)).map_err(|error| refused(&error))
    }
}

fn replace(folder: &Path, file: &str, bytes: &[u8]) -> Result<(), RemoteError> {
    let temporary = folder.join(TEMPORARY);
    drop(fs::remove_file(&temporary));
    Replacement::create(temporary)
        .and_then(|replacement| replacement.put(bytes, &folder.join(file)))
        .map_err(|error| refused(&error))
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use coseal_assure::evidence::remote::{Change, RemoteError, Swap};

    use super::super::open;

    const LOG: &str = "logs/triage/0123456789abcdef0123456789abcdef";

    fn change() -> Change {
        let swap = Swap { name: format!("{LOG}/checkpoint"), expected: None, new: b"1".to_vec() };
        Change {
            files: vec![(format!("{LOG}/tile/0/000.p/1"), b"t".to_vec())],
            checkpoints: vec![swap],
            superseded: Vec::new(),
        }
    }

    #[test]
    fn no_link_below_the_root_is_followed() {
        for link in
            ["logs", "logs/triage", LOG, &format!("{LOG}/tile"), &format!("{LOG}/checkpoint")]
        {
            let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let at = root.path().join(link);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            symlink(outside.path(), at).unwrap();
            let mut remote =
                open(root.path().to_str().unwrap(), jiff::Timestamp::UNIX_EPOCH).unwrap();
            assert!(remote.publish(change()).is_err(), "{link}");
            // An empty folder can be removed.
            fs::remove_dir(outside.path()).unwrap();
        }
    }

    #[test]
    fn what_a_crash_left_does_no_harm() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(LOG)).unwrap();
        symlink("/etc/passwd", root.path().join(LOG).join(".coseal.tmp")).unwrap();
        let mut remote = open(root.path().to_str().unwrap(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        remote.publish(change()).unwrap();
        assert_eq!(remote.read(&format!("{LOG}/checkpoint")), Ok(Some(b"1".to_vec())));
        assert!(!fs::exists(root.path().join(LOG).join(".coseal.tmp")).unwrap());
    }

    #[test]
    fn a_checkpoint_with_a_strange_name_is_not_left_out() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("logs/Triage/key")).unwrap();
        fs::write(root.path().join("logs/Triage/key/checkpoint"), "").unwrap();
        let mut remote = open(root.path().to_str().unwrap(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        assert!(matches!(remote.checkpoints(), Err(RemoteError::Name(_))));
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made() {
        let root = tempfile::tempdir().unwrap();
        let absent = root.path().join("absent");
        assert!(open(absent.to_str().unwrap(), jiff::Timestamp::UNIX_EPOCH).is_err());
        assert!(!absent.exists());
    }
}
