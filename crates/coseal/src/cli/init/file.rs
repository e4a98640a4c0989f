//! The one file that `init` writes.

use std::{fs, path::Path};

use coseal_core::{
    exit::ExitCode,
    system::FILE_NAME,
    tree::{ReadError, read_text},
};

use crate::cli::decide::create;

/// What the new text of a file is written under before it takes the file's place.
const UNFINISHED: &str = ".coseal.toml.unfinished";

/// Why the file was not written, and whose fault that is.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotWritten {
    #[error(
        "there is a {FILE_NAME} already, and it is never overwritten: --diff shows what it lacks, --update adds it"
    )]
    Exists,
    #[error("{FILE_NAME} has changed while it was looked at; nothing was written")]
    Changed,
    #[error("{FILE_NAME} can't be read again: {0}")]
    Unreadable(#[from] ReadError),
    #[error("{UNFINISHED} is there: remove it, if no other coseal is at work")]
    Unfinished,
    #[error("{FILE_NAME} can't be written ({0})")]
    Refused(std::io::ErrorKind),
}

impl NotWritten {
    pub(super) const fn exit_code(&self) -> ExitCode {
        match self {
            Self::Exists => ExitCode::Usage,
            _ => ExitCode::Environment,
        }
    }
}

/// Makes the system file of a folder that has none.
pub(super) fn write_new(root: &Path, text: &str) -> Result<(), NotWritten> {
    create(&root.join(FILE_NAME), text).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => NotWritten::Exists,
        kind => NotWritten::Refused(kind),
    })
}

/// Puts `after` in the place of the system file, if it still reads `before`.
pub(super) fn replace(root: &Path, before: &str, after: &str) -> Result<(), NotWritten> {
    let refused = |error: std::io::Error| NotWritten::Refused(error.kind());
    let (file, unfinished) = (root.join(FILE_NAME), root.join(UNFINISHED));
    create(&unfinished, after).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => NotWritten::Unfinished,
        kind => NotWritten::Refused(kind),
    })?;
    let replaced = match read_text(&file) {
        Err(error) => Err(NotWritten::Unreadable(error)),
        Ok(text) if text != before => Err(NotWritten::Changed),
        Ok(_) => fs::metadata(&file)
            .and_then(|metadata| fs::set_permissions(&unfinished, metadata.permissions()))
            .and_then(|()| fs::rename(&unfinished, &file))
            .map_err(refused),
    };
    if replaced.is_err() {
        drop(fs::remove_file(&unfinished));
    }
    replaced
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

    use std::fs;

    use super::{FILE_NAME, NotWritten, UNFINISHED, replace, write_new};

    #[test]
    fn nothing_that_is_there_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        write_new(folder.path(), "one").unwrap();
        assert!(matches!(write_new(folder.path(), "two"), Err(NotWritten::Exists)));
        assert!(matches!(replace(folder.path(), "other", "two"), Err(NotWritten::Changed)));
        replace(folder.path(), "one", "two").unwrap();
        let names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, [FILE_NAME]);
        fs::write(folder.path().join(UNFINISHED), "x").unwrap();
        assert!(matches!(replace(folder.path(), "two", "three"), Err(NotWritten::Unfinished)));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "text").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(FILE_NAME)).unwrap();
        assert!(matches!(write_new(folder.path(), "x"), Err(NotWritten::Exists)));
        assert!(matches!(replace(folder.path(), "text", "x"), Err(NotWritten::Unreadable(_))));
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "text");
    }
}
