//! Files that are whole or not there, and stay after a loss of power.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use coseal_assure::evidence::remote::RemoteError;
use coseal_core::tree::{ReadError, open_regular};

/// A new file that takes the place of another when it is whole; dropped before that, it is removed.
pub(super) struct Replacement {
    path: Option<PathBuf>,
    file: fs::File,
}

impl Replacement {
    /// Makes the file, which must not be there.
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Self { path: Some(path), file })
    }

    /// Writes all of it, and moves it to where it belongs. The folder is still to be made durable.
    pub(super) fn put(mut self, bytes: &[u8], to: &Path) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        if let Some(from) = &self.path {
            fs::rename(from, to)?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // There is nobody to tell, and what is left over is never read.
            drop(fs::remove_file(path));
        }
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        #[expect(clippy::disallowed_methods, reason = "a folder, to make it durable")]
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Makes a file durable that somebody else wrote.
pub(super) fn sync_file(path: &Path) -> Result<(), RemoteError> {
    if cfg!(unix) {
        open_regular(path).map_err(unreadable)?.sync_all().map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// The bytes of a regular file, at most `limit`; `None` when there is none.
pub(super) fn read_bounded(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
    let file = match open_regular(path) {
        Err(ReadError::Absent) => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "bounded by take")]
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(Some(bytes))
}

/// What the system said, without a path.
pub(super) fn refused(error: &io::Error) -> RemoteError {
    RemoteError::Refused(format!("it can't be written ({})", error.kind()))
}

/// Why something there can't be read.
pub(super) fn unreadable(error: impl Into<ReadError>) -> RemoteError {
    RemoteError::Refused(error.into().to_string())
}
