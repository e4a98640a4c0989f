//! The file that `convert` writes: under another name, scanned, and only then under its own.

use std::{
    fs,
    io::{self, BufWriter, Write as _},
    path::Path,
};

use coseal_core::{digest::Digest, exit::ExitCode, tree::ReadError};
use coseal_scan::{bytes::FileBytes, convert::Plan, hash, inspect_anyway};

/// Bytes gathered before they are written.
const GATHERED: usize = 1 << 18;

/// What was written.
pub(super) struct Written {
    pub(super) digest: Digest,
    pub(super) size: u64,
}

/// Why nothing was.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotWritten {
    #[error("{0} is there: remove it, if no other coseal is at work")]
    Unfinished(String),
    #[error("the folder of the result is not there")]
    NoFolder,
    #[error("the result can't be written ({0})")]
    Refused(io::ErrorKind),
    #[error("the result can't be read again: {0}")]
    Unreadable(#[from] ReadError),
    #[error("the result is there already: --force overwrites it")]
    Exists,
    #[error("what was written is not clean; it was removed. This is a bug of ours")]
    Unsound,
}

/// Writes, scans what was written, and puts it at `out`.
pub(super) fn write(plan: &Plan<'_>, out: &Path, force: bool) -> Result<Written, NotWritten> {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let hidden = format!(".{name}.unfinished");
    let unfinished = out.with_file_name(&hidden);
    let file = fs::OpenOptions::new().write(true).create_new(true).open(&unfinished);
    let file = file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => NotWritten::Unfinished(hidden),
        io::ErrorKind::NotFound => NotWritten::NoFolder,
        kind => NotWritten::Refused(kind),
    })?;
    let done = fill(plan, file)
        .map_err(|error| NotWritten::Refused(error.kind()))
        .and_then(|()| checked(&unfinished))
        .and_then(|written| place(&unfinished, out, force).map(|()| written));
    if done.is_err() {
        drop(fs::remove_file(&unfinished));
    }
    done
}

fn fill(plan: &Plan<'_>, file: fs::File) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(GATHERED, file);
    plan.write(&mut to)?;
    to.flush()?;
    to.get_ref().sync_all()
}

/// The digest of what was written, if a scan of it is clean.
fn checked(path: &Path) -> Result<Written, NotWritten> {
    let bytes = FileBytes::open(path)?;
    let artefact = inspect_anyway("result.safetensors", &bytes);
    if artefact.exit_code() != ExitCode::Clean {
        return Err(NotWritten::Unsound);
    }
    let (digest, size) = hash::of_bytes(&bytes, |_| {}).map_err(ReadError::from)?;
    Ok(Written { digest, size })
}

/// Gives the file its name. A link fails where there is a file, a renaming does not.
fn place(unfinished: &Path, out: &Path, force: bool) -> Result<(), NotWritten> {
    let refused = |error: io::Error| NotWritten::Refused(error.kind());
    if force {
        return fs::rename(unfinished, out).map_err(refused);
    }
    match fs::hard_link(unfinished, out) {
        Ok(()) => fs::remove_file(unfinished).map_err(refused),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(NotWritten::Exists),
        // Not every file system has links.
        Err(_) if out.symlink_metadata().is_err() => fs::rename(unfinished, out).map_err(refused),
        Err(error) => Err(refused(error)),
    }
}
