//! One log on disk: a C2SP tlog-tiles log in a folder, that only grows.
//!
//! A growth writes its tiles first and the checkpoint last, each into a file beside and moved into place. What no checkpoint
//! covers does not exist: a growth that was interrupted leaves nothing but files that the next one writes again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use coseal_core::tree::{ReadError, read_bytes};
use coseal_sign::{
    checkpoint::Checkpoint,
    key::Ed25519Key,
    note::{Note, VerifierKey},
    tlog::{self, Growth, Hash, Tile, TileData, bundle, leaf_hash},
};

use super::{disk, error::StoreError, origin::Origin};

/// A checkpoint is at most this large, in bytes.
pub(super) const MAX_CHECKPOINT: u64 = 1 << 16;
/// A bundle of 256 entries of 65,535 bytes and their lengths.
pub(super) const MAX_BUNDLE: u64 = 256 * (65_535 + 2);
/// Entries that one growth may add.
const MAX_GROWTH: usize = 100_000;
/// How often a log that somebody appends to is read without a lock, before its writers are made to wait.
const ATTEMPTS: usize = 4;

/// A log in a folder.
#[derive(Clone, Debug)]
pub struct LogFolder {
    store: PathBuf,
    folder: PathBuf,
    origin: Origin,
}

/// The state of a log: what its checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The signed note, as it stands in the file.
    pub note: Note,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The key of the log.
    pub key: VerifierKey,
}

impl LogFolder {
    /// The log of an origin below a store. What is no origin has a folder that is never there and can't be made.
    #[must_use]
    pub fn new(store: &Path, origin: Origin) -> Self {
        let folder = store.join("logs").join(&origin.system).join(&origin.key_id);
        let folder = if origin.is_plain() { folder } else { store.join("logs").join("-") };
        Self { store: store.to_owned(), folder, origin }
    }

    /// Its origin.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Its head; none when nothing was ever recorded. The signature of the log's own key is checked.
    ///
    /// # Errors
    /// If the checkpoint can't be read, or is not one that the log's key signed.
    pub fn head(&self) -> Result<Option<Head>, StoreError> {
        let bytes = match read_bytes(&self.folder.join("checkpoint"), MAX_CHECKPOINT) {
            Ok(bytes) => bytes,
            Err(ReadError::Absent) => return Ok(None),
            Err(error) => return Err(self.unreadable("checkpoint", &error)),
        };
        let key = read_bytes(&self.folder.join("key"), MAX_CHECKPOINT)
            .map_err(|error| self.unreadable("key", &error))?;
        Ok(Some(self.origin.head(&bytes, &key)?))
    }

    /// Reads the log in more than one step, which somebody may append to meanwhile: what fails then is done again.
    ///
    /// # Errors
    /// Those of what is done.
    pub fn steadily<T>(
        &self,
        mut read: impl FnMut() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let state = || read_bytes(&self.folder.join("checkpoint"), MAX_CHECKPOINT).ok();
        for _ in 0..ATTEMPTS {
            let before = state();
            match read() {
                Err(error) if error.is_integrity() && state() != before => {}
                done => return done,
            }
        }
        let _lock = disk::lock_shared(&self.folder)?;
        read()
    }

    /// The bytes of a file of the log; none when it is not there.
    ///
    /// # Errors
    /// If it is there and can't be read.
    pub fn file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match read_bytes(&self.folder.join(name), MAX_BUNDLE) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(ReadError::Absent) => Ok(None),
            Err(error) => Err(self.unreadable(name, &error)),
        }
    }

    /// The entries of bundle `index` in a log of `size` entries.
    ///
    /// # Errors
    /// If the bundle is not there, or is not one.
    pub fn entries(&self, index: u64, size: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        let Some(tile) = Tile::of(size, 0, index) else { return Ok(Vec::new()) };
        let name = tile.entries_path();
        let broken = |why: String| self.broken(format!("{name}: {why}"));
        let bytes = self.file(&name)?.ok_or_else(|| broken("it is not there".into()))?;
        let entries =
            bundle::decode(&bytes, tile.width).map_err(|error| broken(error.to_string()))?;
        Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
    }

    /// Adds entries at the end, all or none, and gives the index of the first. When this returns they are on the disk.
    ///
    /// # Errors
    /// If another process is adding, the log is not intact, or the disk refuses. Nothing was added then.
    pub fn append(&self, key: &Ed25519Key, entries: &[Vec<u8>]) -> Result<u64, StoreError> {
        let name = self.origin.verifier_key(&key.public())?;
        if Origin::of_key(&self.origin.system, &key.public()) != self.origin {
            return Err(StoreError::OtherKey { origin: self.origin.to_string() });
        }
        if entries.len() > MAX_GROWTH {
            return Err(StoreError::TooMany { what: "entries at once", limit: MAX_GROWTH });
        }
        let _lock = disk::lock(&self.make()?)?;
        let head = self.head()?;
        let (size, root) = head
            .as_ref()
            .map_or((0, None), |head| (head.checkpoint.size(), Some(*head.checkpoint.root())));
        let mut growth = self.edge(size)?;
        // What is signed next covers what is there: it has to be what was signed before.
        if root.is_some_and(|root| growth.root() != root) {
            return Err(self.not_its_tiles());
        }
        if head.is_none() {
            self.put("key", format!("{name}\n").as_bytes())?;
        }
        for entry in entries {
            growth.append(leaf_hash(entry));
        }
        for (path, bytes) in self.bundles(size, entries.to_vec())? {
            self.put(&path, &bytes)?;
        }
        for data in tiles_of(&mut growth) {
            self.put(&data.tile.path(), &data.bytes())?;
        }
        let unfit = |error: &dyn std::fmt::Display| self.broken(format!("checkpoint: {error}"));
        let origin = self.origin.to_string();
        let checkpoint = Checkpoint::new(&origin, growth.size(), growth.root())
            .map_err(|error| unfit(&error))?;
        let note = Note::sign(&checkpoint.to_string(), &name, |bytes| key.sign(bytes))
            .map_err(|error| unfit(&error))?;
        self.put("checkpoint", &note.to_bytes())?;
        self.tidy(size, growth.size());
        Ok(size)
    }

    /// The bundles that change when `entries` come after the first `size`.
    pub(super) fn bundles(
        &self,
        size: u64,
        entries: Vec<Vec<u8>>,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let new_size = size + entries.len() as u64;
        let mut open =
            if size.is_multiple_of(256) { Vec::new() } else { self.entries(size / 256, size)? };
        let mut out = Vec::new();
        let mut entries = entries.into_iter();
        // Each entry is dropped when its bundle is made: they may fill half of the memory.
        for index in size / 256.. {
            open.extend(entries.by_ref().take(256 - open.len()));
            let Some(tile) = Tile::of(new_size, 0, index).filter(|_| !open.is_empty()) else {
                break;
            };
            let bytes = bundle::encode(open.iter().map(Vec::as_slice))
                .map_err(|_| StoreError::TooLarge { limit: bundle::MAX_ENTRY })?;
            out.push((tile.entries_path(), bytes));
            open.clear();
        }
        Ok(out)
    }

    /// A reader of the tiles of the log when it had `size` entries; the log must have at least that many.
    #[must_use]
    pub fn tiles(&self, size: u64) -> Tiles<'_> {
        Tiles { log: self, size }
    }

    /// The right edge of the log when it had `size` entries, to grow it from.
    pub(super) fn edge(&self, size: u64) -> Result<Growth, StoreError> {
        Growth::of(size, &self.tiles(size)).map_err(|error| self.of_tree(error))
    }

    /// The root of the log when it had `size` entries, from its tiles now that it has `held`.
    pub(super) fn root(&self, size: u64, held: u64) -> Result<Hash, StoreError> {
        tlog::tree_root(size, &self.tiles(held)).map_err(|error| self.of_tree(error))
    }

    /// What is wrong when tiles give no answer.
    pub(super) fn of_tree(&self, error: tlog::TreeError<StoreError>) -> StoreError {
        match error {
            tlog::TreeError::Tiles(error) => error,
            other => self.broken(other.to_string()),
        }
    }

    /// What is wrong when tiles and checkpoint differ.
    pub(super) fn not_its_tiles(&self) -> StoreError {
        self.broken("its tiles are not those that its checkpoint was made over".into())
    }

    /// Takes the place of what is there by files that were checked: tiles first, the checkpoint last. `here` is the head
    /// that they were checked against.
    ///
    /// # Errors
    /// If the log has another head by now, another process is adding, or the disk refuses.
    pub(super) fn replace(
        &self,
        files: &[(String, Vec<u8>)],
        here: Option<&Head>,
        new: u64,
    ) -> Result<(), StoreError> {
        let _lock = disk::lock(&self.make()?)?;
        if self.head()?.as_ref() != here {
            return Err(StoreError::Moved { origin: self.origin.to_string() });
        }
        for (name, bytes) in files {
            self.put(name, bytes)?;
        }
        self.tidy(here.map_or(0, |head| head.checkpoint.size()), new);
        Ok(())
    }

    /// Makes the folder of the log.
    fn make(&self) -> Result<PathBuf, StoreError> {
        if !self.origin.is_plain() {
            return Err(StoreError::NoSystem);
        }
        disk::make_folder(&self.store, &format!("logs/{}", self.origin))
    }

    /// Writes a file beside, and moves it into place.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        disk::put(&self.store, &format!("logs/{}/{name}", self.origin), bytes)
    }

    /// Removes the partial tiles of the old size, which wider ones contain. What can't be removed does no harm.
    fn tidy(&self, old: u64, new: u64) {
        let mut level = 0;
        while level < 8 && old >> (8 * u32::from(level)) > 0 {
            let index = (old >> (8 * u32::from(level))) / 256;
            if let (Some(before), Some(after)) =
                (Tile::of(old, level, index), Tile::of(new, level, index))
                && before != after
            {
                drop(fs::remove_file(self.folder.join(before.path())));
                if level == 0 {
                    drop(fs::remove_file(self.folder.join(before.entries_path())));
                }
            }
            level += 1;
        }
    }

    fn unreadable(&self, name: &str, error: &ReadError) -> StoreError {
        self.broken(format!("{name}: {error}"))
    }

    /// The log is not intact, and why.
    pub(super) fn broken(&self, why: String) -> StoreError {
        StoreError::Broken { origin: self.origin.to_string(), why }
    }
}

/// The tiles of a log when it had a certain size.
#[derive(Debug)]
pub struct Tiles<'a> {
    log: &'a LogFolder,
    size: u64,
}

impl tlog::Tiles for Tiles<'_> {
    type Error = StoreError;

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, StoreError> {
        // What is on disk is as wide as the log is long, which may be wider than what is asked for.
        let held = Tile::of(self.size, tile.level, tile.index).unwrap_or(tile);
        let name = held.path();
        let bytes = self
            .log
            .file(&name)?
            .ok_or_else(|| self.log.broken(format!("{name}: it is not there")))?;
        let data = TileData::parse(held, &bytes).map_err(|_| {
            self.log.broken(format!("{name}: it does not hold {} hashes", held.width))
        })?;
        Ok(data.hashes)
    }
}

/// All tiles that a growth changed.
pub(super) fn tiles_of(growth: &mut Growth) -> Vec<TileData> {
    let mut tiles = growth.take_full();
    tiles.extend(growth.partial());
    tiles
}
