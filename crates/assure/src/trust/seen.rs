//! The last checkpoint seen of each log: what makes truncation, rollback and rewritten history show.

use std::{fs, path::PathBuf};

use coseal_core::tree::{ReadError, read_bytes};

use crate::evidence::{Origin, StoreError};

/// A checkpoint is at most this large, in bytes.
const MAX_CHECKPOINT: u64 = 1 << 16;

/// A folder of this machine, or one that CI keeps, with the last checkpoint seen of each log.
#[derive(Clone, Debug)]
pub struct Seen {
    folder: PathBuf,
}

impl Seen {
    /// What is remembered in a folder; it need not be there yet.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The last checkpoint seen of a log, as a signed note.
    ///
    /// # Errors
    /// If there is one that can't be read: what is remembered must not be passed over.
    pub fn last(&self, origin: &Origin) -> Result<Option<Vec<u8>>, StoreError> {
        match read_bytes(&self.file(origin), MAX_CHECKPOINT) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(ReadError::Absent) => Ok(None),
            Err(error) => Err(StoreError::Seen(error.to_string())),
        }
    }

    /// The logs of a system of which something was seen.
    ///
    /// # Errors
    /// If the folder can't be listed.
    pub fn origins(&self, system: &str) -> Result<Vec<Origin>, StoreError> {
        let names = coseal_core::tree::names(&self.folder.join(system))
            .map_err(|error| StoreError::Seen(error.to_string()))?;
        let origin =
            |name: &str| Origin::parse(&format!("{system}/{}", name.strip_suffix(".checkpoint")?));
        Ok(names.iter().filter_map(|(name, _)| origin(name)).collect())
    }

    /// Remembers a checkpoint as the last one seen.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn remember(&self, origin: &Origin, note: &[u8]) -> Result<(), StoreError> {
        let file = self.file(origin);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(StoreError::io)?;
        }
        // A name of its own, so that two runs at once do not write into one file.
        let beside = file.with_extension(format!("{}.writing", std::process::id()));
        fs::write(&beside, note).and_then(|()| fs::rename(&beside, &file)).map_err(StoreError::io)
    }

    fn file(&self, origin: &Origin) -> PathBuf {
        self.folder.join(&origin.system).join(format!("{}.checkpoint", origin.key_id))
    }
}
