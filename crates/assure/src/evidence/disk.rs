//! Files and folders of our own, in places that others may be able to write to: no link below the place is followed, a
//! file is whole or not there, and nothing waits without end.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use coseal_core::tree::{ReadError, open_lock};

use super::error::StoreError;

/// How long to wait for others.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(10);

/// Makes a folder below a place, and those above it, each on the disk before it is used.
///
/// # Errors
/// If one of them below the place is a link or no folder, or the disk refuses.
pub fn make_folder(place: &Path, below: &str) -> Result<PathBuf, StoreError> {
    make_all(place)?;
    let mut folder = place.to_owned();
    for part in below.split('/').filter(|part| !part.is_empty()) {
        if part == "." || part == ".." {
            return Err(StoreError::Foreign { name: below.to_owned() });
        }
        folder.push(part);
        make(&folder)?;
        if !fs::symlink_metadata(&folder).map_err(StoreError::io)?.is_dir() {
            return Err(StoreError::Foreign { name: below.to_owned() });
        }
    }
    Ok(folder)
}

/// Writes a file below a place beside, and moves it to where it belongs.
///
/// # Errors
/// As for [`make_folder`].
pub fn put(place: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    put_as(place, name, bytes, false)
}

/// The same, so that only the owner of the file can read it.
///
/// # Errors
/// As for [`make_folder`].
pub fn put_private(place: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    put_as(place, name, bytes, true)
}

fn put_as(place: &Path, name: &str, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = make_folder(place, folder)?;
    let beside = Beside::write(&folder, bytes, private)?;
    fs::rename(&beside.path, folder.join(file)).map_err(StoreError::io)?;
    sync_folder(&folder)
}

/// Locks a file in a folder against all others, until the answer is dropped.
///
/// # Errors
/// If it is a link or no regular file, or others hold it for long.
pub fn lock(folder: &Path) -> Result<File, StoreError> {
    let file = open(folder, true)?;
    wait(|| file.try_lock())?;
    Ok(file)
}

/// Locks the same file against writers. None where there is none that can be locked, as in a copy that can't be
/// written to.
///
/// # Errors
/// If others hold it for long.
pub fn lock_shared(folder: &Path) -> Result<Option<File>, StoreError> {
    let Ok(file) = open(folder, false) else { return Ok(None) };
    wait(|| file.try_lock_shared())?;
    Ok(Some(file))
}

fn open(folder: &Path, create: bool) -> Result<File, StoreError> {
    open_lock(&folder.join("lock"), create).map_err(|error| match error {
        ReadError::Link | ReadError::NotRegular => StoreError::Foreign { name: "lock".into() },
        error => StoreError::Lock(error.to_string()),
    })
}

fn wait(mut attempt: impl FnMut() -> Result<(), TryLockError>) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        match attempt() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(StoreError::io(error)),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                return Err(StoreError::Busy { seconds: PATIENCE.as_secs() });
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// A file under a name that nobody can have guessed; removed when it is dropped, if it was not moved away.
struct Beside {
    path: PathBuf,
}

impl Beside {
    fn write(folder: &Path, bytes: &[u8], private: bool) -> Result<Self, StoreError> {
        let random = coseal_sign::key::random()
            .map_err(|_| StoreError::Io(io::ErrorKind::Other))?
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        let path = folder.join(format!(".writing-{random}"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        let mut file = options.open(&path).map_err(StoreError::io)?;
        let beside = Self { path };
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(StoreError::io)?;
        Ok(beside)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // There is nobody to tell, and what is left over is never read.
        drop(fs::remove_file(&self.path));
    }
}

fn make_all(folder: &Path) -> Result<(), StoreError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_all(parent)?;
    }
    make(folder)
}

fn make(folder: &Path) -> Result<(), StoreError> {
    match fs::create_dir(folder) {
        Ok(()) => folder.parent().map_or(Ok(()), sync_folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::io(error)),
    }
}

#[expect(clippy::disallowed_methods, reason = "a folder of our own, opened to flush it")]
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io)?;
    }
    Ok(())
}
