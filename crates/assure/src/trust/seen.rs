//! The last checkpoint seen of each log: what makes truncation, rollback and rewritten history show.

use std::path::PathBuf;

use coseal_core::tree::{ReadError, read_bytes};
use coseal_sign::{checkpoint::Checkpoint, note::Note};

use crate::evidence::{Origin, StoreError, disk};

/// What errors call what is remembered.
const REMEMBERED: &str = "a checkpoint seen before";
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
            Err(error) => Err(StoreError::unreadable(REMEMBERED)(error)),
        }
    }

    /// The logs of a system of which something was seen.
    ///
    /// # Errors
    /// If the folder can't be listed.
    pub fn origins(&self, system: &str) -> Result<Vec<Origin>, StoreError> {
        let names = coseal_core::tree::names(&self.folder.join(system))
            .map_err(StoreError::unreadable(REMEMBERED))?;
        let origin =
            |name: &str| Origin::parse(&format!("{system}/{}", name.strip_suffix(".checkpoint")?));
        Ok(names.iter().filter_map(|(name, _)| origin(name)).collect())
    }

    /// Remembers a checkpoint as the last one seen. One that covers less than what is remembered by now, by another
    /// process perhaps, is passed over: memory only grows.
    ///
    /// # Errors
    /// If it can't be written, or what is remembered can't be read.
    pub fn remember(&self, origin: &Origin, note: &[u8]) -> Result<(), StoreError> {
        if !origin.is_plain() {
            return Err(StoreError::NoSystem);
        }
        let _lock = disk::lock(&disk::make_folder(&self.folder, &origin.system)?)?;
        let before = self.last(origin)?;
        // One that is no checkpoint stays: it says that something is wrong, and a person has to look.
        if before.is_some_and(|before| before == note || size(&before) > size(note)) {
            return Ok(());
        }
        disk::put(&self.folder, &format!("{origin}.checkpoint"), note)
    }

    fn file(&self, origin: &Origin) -> PathBuf {
        self.folder.join(&origin.system).join(format!("{}.checkpoint", origin.key_id))
    }
}

/// How many records a checkpoint covers; the most that can be for what is none.
fn size(note: &[u8]) -> u64 {
    Note::parse(note)
        .ok()
        .and_then(|note| Checkpoint::parse(note.text()).ok())
        .map_or(u64::MAX, |checkpoint| checkpoint.size())
}
