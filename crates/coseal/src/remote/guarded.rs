//! What every place has in common: names are checked here, once, before a place sees them and before a caller does.

use coseal_assure::evidence::remote::{
    Change, FileKind, FileName, MAX_REMOTE_FILE, MAX_REMOTE_LOGS, Remote, RemoteError, Swap,
};

/// A place as its implementation sees it: with names that were checked.
pub(super) trait Place {
    /// The systems and keys that it holds logs of, as they stand there.
    fn logs(&mut self) -> Result<Vec<(String, String)>, RemoteError>;
    fn read(&mut self, name: &FileName) -> Result<Option<Vec<u8>>, RemoteError>;
    fn publish(&mut self, change: Checked) -> Result<(), RemoteError>;
}

/// A change whose names and sizes were checked.
pub(super) struct Checked {
    pub(super) files: Vec<(FileName, Vec<u8>)>,
    pub(super) checkpoints: Vec<CheckedSwap>,
    pub(super) superseded: Vec<FileName>,
}

/// A swap whose name was checked.
pub(super) struct CheckedSwap {
    pub(super) name: FileName,
    pub(super) expected: Option<Vec<u8>>,
    pub(super) new: Vec<u8>,
}

/// A place behind the checks.
pub(super) struct Guarded<P>(pub(super) P);

impl<P: Place> Remote for Guarded<P> {
    fn checkpoints(&mut self) -> Result<Vec<String>, RemoteError> {
        let mut names = Vec::new();
        for (system, key) in self.0.logs()? {
            names.push(FileName::checkpoint(&system, &key)?.as_str().to_owned());
        }
        names.sort();
        names.dedup();
        if names.len() > MAX_REMOTE_LOGS {
            return Err(too_many_logs());
        }
        Ok(names)
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, RemoteError> {
        let name = FileName::parse(name)?;
        let bytes = self.0.read(&name)?;
        match bytes {
            Some(bytes) if bytes.len() as u64 > MAX_REMOTE_FILE => Err(too_large(name.as_str())),
            bytes => Ok(bytes),
        }
    }

    fn publish(&mut self, change: Change) -> Result<(), RemoteError> {
        self.0.publish(check(change)?)
    }
}

/// That a file is larger than one may be.
pub(super) fn too_large(name: &str) -> RemoteError {
    RemoteError::TooLarge { name: name.to_owned(), limit: MAX_REMOTE_FILE }
}

/// That there are more logs than may be looked at.
pub(super) fn too_many_logs() -> RemoteError {
    RemoteError::TooMany { what: "logs", limit: MAX_REMOTE_LOGS }
}

fn check(change: Change) -> Result<Checked, RemoteError> {
    let mut checked =
        Checked { files: Vec::new(), checkpoints: Vec::new(), superseded: Vec::new() };
    for (name, bytes) in change.files {
        let name = of_kind(&name, |kind| kind != FileKind::Checkpoint)?;
        within(&name, &bytes)?;
        checked.files.push((name, bytes));
    }
    for Swap { name, expected, new } in change.checkpoints {
        let name = of_kind(&name, |kind| kind == FileKind::Checkpoint)?;
        within(&name, &new)?;
        checked.checkpoints.push(CheckedSwap { name, expected, new });
    }
    for name in change.superseded {
        checked.superseded.push(of_kind(&name, |kind| kind == FileKind::Partial)?);
    }
    Ok(checked)
}

fn of_kind(name: &str, may: impl Fn(FileKind) -> bool) -> Result<FileName, RemoteError> {
    let parsed = FileName::parse(name)?;
    if may(parsed.kind()) { Ok(parsed) } else { Err(RemoteError::Name(name.to_owned())) }
}

fn within(name: &FileName, bytes: &[u8]) -> Result<(), RemoteError> {
    if bytes.len() as u64 > MAX_REMOTE_FILE { Err(too_large(name.as_str())) } else { Ok(()) }
}
