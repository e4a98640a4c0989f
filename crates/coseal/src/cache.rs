//! What is remembered of large files between runs: that a file which looks as it did then had this digest. It lies in the user's
//! cache folder, holds no path, and may be deleted at any time.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    path::{Path, PathBuf},
};

use coseal_assure::evidence::disk;
use coseal_core::{digest::Digest, tree::read_bytes};
use coseal_scan::measure::DigestCache;
use coseal_sign::{key::random, sha256};
use serde::{Deserialize, Serialize};

use crate::{clock, places};

/// Version of the file. Another one is dropped.
const SCHEMA: u32 = 1;
/// Its name in the cache folder.
const FILE: &str = "digests.json";
/// The user's own salt, so that nobody can try paths against what is stored.
const SALT: &str = "salt";
const SALT_BYTES: u64 = 32;
/// Files remembered: beyond it, those that were read longest ago are forgotten.
const MAX_ENTRIES: usize = 4_096;
/// Bytes of the file; `MAX_ENTRIES` take less than half.
const MAX_BYTES: u64 = 4 << 20;
/// Seconds that a file must have been left alone before it was read. A change within the same tick of a clock can't be told by times.
const SETTLED: i64 = 2;

/// The digests of large files that were read in full.
#[derive(Debug)]
pub(crate) struct FileCache {
    place: Option<Place>,
    files: BTreeMap<Digest, Remembered>,
    changed: bool,
}

#[derive(Debug)]
struct Place {
    folder: PathBuf,
    /// None until there is something to remember: nothing is made before.
    salt: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    /// SHA-256 of what tells the file from others and from its own past.
    state: Digest,
    /// Its digest.
    digest: Digest,
    /// When that was written, in seconds since 1970.
    written: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: u32,
    files: BTreeMap<Digest, Remembered>,
}

impl FileCache {
    /// The cache of this user, or none if it is not wanted, there is no folder for it, or the folder lies in what is looked at.
    pub(crate) fn open(wanted: bool, looked_at: &Path) -> Self {
        let folder = if wanted { places::cache(looked_at) } else { None };
        Self::at(folder)
    }

    fn at(folder: Option<PathBuf>) -> Self {
        let place = folder.map(|folder| Place { salt: read_salt(&folder), folder });
        let files = place.as_ref().and_then(|place| stored(&place.folder)).unwrap_or_default();
        Self { place, files, changed: false }
    }

    /// Writes what was learnt. It is a cache: what can't be written is read again next time.
    pub(crate) fn save(mut self) {
        let Some(place) = self.place.take().filter(|_| self.changed) else { return };
        // Another run may have written since.
        for (file, remembered) in stored(&place.folder).unwrap_or_default() {
            let known = self.files.entry(file).or_insert(remembered);
            if known.written < remembered.written {
                *known = remembered;
            }
        }
        let mut files: Vec<_> = self.files.into_iter().collect();
        files.sort_by_key(|(_, remembered)| std::cmp::Reverse(remembered.written));
        files.truncate(MAX_ENTRIES);
        let stored = Stored { schema: SCHEMA, files: files.into_iter().collect() };
        let Ok(bytes) = serde_json::to_vec(&stored) else { return };
        drop(disk::put_private(&place.folder, FILE, &bytes));
    }

    /// The key of a file, and a digest over how it looks.
    fn file(&self, path: &Path, seen: &Metadata) -> Option<(Digest, Digest)> {
        let salt = self.place.as_ref()?.salt.as_ref()?;
        let path = fs::canonicalize(path).ok()?;
        let salted = |bytes: &[u8]| sha256(&[salt.as_slice(), bytes].concat());
        Some((salted(path.as_os_str().as_encoded_bytes()), salted(&look(seen)?.bytes())))
    }
}

impl DigestCache for FileCache {
    fn find(&mut self, path: &Path, now: &Metadata) -> Option<Digest> {
        let (file, state) = self.file(path, now)?;
        let remembered = self.files.get(&file).filter(|known| known.state == state)?;
        let settled = look(now)?.last_change().checked_add(SETTLED)? <= remembered.written;
        settled.then_some(remembered.digest)
    }

    fn keep(&mut self, path: &Path, seen: &Metadata, digest: Digest) {
        if let Some(place) = self.place.as_mut().filter(|place| place.salt.is_none()) {
            place.salt = salt(&place.folder);
        }
        let Some((file, state)) = self.file(path, seen) else { return };
        let written = clock::now().as_second();
        self.files.insert(file, Remembered { state, digest, written });
        self.changed = true;
    }
}

/// How a file looks from outside: device, inode, size, and both times in seconds and nanoseconds.
struct Look([i64; 7]);

impl Look {
    fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// The later of both times, in seconds.
    fn last_change(&self) -> i64 {
        let [_, _, _, modified, _, changed, _] = self.0;
        modified.max(changed)
    }
}

#[cfg(unix)]
fn look(seen: &Metadata) -> Option<Look> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Look([
        seen.dev().cast_signed(),
        seen.ino().cast_signed(),
        seen.size().cast_signed(),
        seen.mtime(),
        seen.mtime_nsec(),
        seen.ctime(),
        seen.ctime_nsec(),
    ]))
}

/// Elsewhere nothing tells a file that was put in place of another.
#[cfg(not(unix))]
fn look(_: &Metadata) -> Option<Look> {
    None
}

fn stored(folder: &Path) -> Option<BTreeMap<Digest, Remembered>> {
    let bytes = read_bytes(&folder.join(FILE), MAX_BYTES).ok()?;
    let stored: Stored = serde_json::from_slice(&bytes).ok()?;
    (stored.schema == SCHEMA && stored.files.len() <= MAX_ENTRIES).then_some(stored.files)
}

/// The salt in a folder, made if there is none; with another salt, what was remembered is found no more.
fn salt(folder: &Path) -> Option<Vec<u8>> {
    if let Some(salt) = read_salt(folder) {
        return Some(salt);
    }
    disk::put_private(folder, SALT, &random().ok()?).ok()?;
    read_salt(folder)
}

fn read_salt(folder: &Path) -> Option<Vec<u8>> {
    let salt = read_bytes(&folder.join(SALT), SALT_BYTES).ok()?;
    (salt.len() as u64 == SALT_BYTES).then_some(salt)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

    use std::{
        fs,
        path::{Path, PathBuf},
        time::{Duration, SystemTime},
    };

    use coseal_core::digest::Digest;
    use coseal_scan::measure::DigestCache as _;

    use super::{FILE, FileCache, MAX_ENTRIES, Remembered, SALT};
    use crate::clock;

    const DIGEST: Digest = Digest::new([7; 32]);

    struct Bed {
        folder: tempfile::TempDir,
    }

    impl Bed {
        fn new() -> Self {
            let bed = Self { folder: tempfile::tempdir().unwrap() };
            fs::write(bed.file(), "weights").unwrap();
            bed
        }

        fn file(&self) -> PathBuf {
            self.folder.path().join("secret-project.gguf")
        }

        fn cache_folder(&self) -> PathBuf {
            self.folder.path().join("cache")
        }

        fn open(&self) -> FileCache {
            FileCache::at(Some(self.cache_folder()))
        }

        /// Remembers the file as if it had been written `later` seconds after its last change, and saves that.
        fn keep(&self, later: i64) {
            let mut cache = self.open();
            let seen = fs::metadata(self.file()).unwrap();
            cache.keep(&self.file(), &seen, DIGEST);
            let changed = super::look(&seen).unwrap().last_change();
            cache.files.values_mut().for_each(|known| known.written = changed + later);
            cache.save();
        }

        fn find(&self) -> Option<Digest> {
            self.open().find(&self.file(), &fs::metadata(self.file()).unwrap())
        }
    }

    #[test]
    fn a_file_that_looks_the_same_is_known_and_one_that_was_just_written_is_not() {
        let bed = Bed::new();
        assert_eq!(bed.find(), None);
        bed.keep(2);
        assert_eq!(bed.find(), Some(DIGEST));
        fs::remove_file(bed.cache_folder().join(FILE)).unwrap();
        bed.keep(1);
        assert_eq!(bed.find(), None, "its change may have come after it was read");
    }

    #[test]
    fn any_other_look_is_unknown() {
        type Edit = fn(&Path);
        let edits: [Edit; 4] = [
            |path| fs::write(path, "weighty").unwrap(),
            |path| {
                let file = fs::File::options().write(true).open(path).unwrap();
                file.set_modified(SystemTime::now() - Duration::from_secs(9)).unwrap();
            },
            |path| {
                // The same bytes and times, in another file.
                let seen = fs::metadata(path).unwrap().modified().unwrap();
                fs::copy(path, path.with_extension("new")).unwrap();
                fs::rename(path.with_extension("new"), path).unwrap();
                fs::File::options().write(true).open(path).unwrap().set_modified(seen).unwrap();
            },
            |path| fs::write(path, "weights and more").unwrap(),
        ];
        for (at, edit) in edits.iter().enumerate() {
            let bed = Bed::new();
            bed.keep(60);
            assert_eq!(bed.find(), Some(DIGEST));
            edit(&bed.file());
            assert_eq!(bed.find(), None, "{at}");
        }
    }

    #[test]
    fn what_is_broken_is_dropped_and_written_anew() {
        let bed = Bed::new();
        let store = bed.cache_folder().join(FILE);
        for broken in
            ["", "{", "{\"schema\":2,\"files\":{}}", "[]", "{\"schema\":1,\"files\":{\"a\":1}}"]
        {
            bed.keep(60);
            fs::write(&store, broken).unwrap();
            assert_eq!(bed.find(), None);
            bed.keep(60);
            assert_eq!(bed.find(), Some(DIGEST), "{broken}");
        }
        fs::write(bed.cache_folder().join(SALT), "short").unwrap();
        assert_eq!(bed.find(), None);
        bed.keep(60);
        assert_eq!(bed.find(), Some(DIGEST));
    }

    #[test]
    fn it_holds_no_path_and_no_more_than_it_may() {
        let bed = Bed::new();
        let mut cache = bed.open();
        for count in 0..MAX_ENTRIES + 10 {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&(count as u64).to_be_bytes());
            let remembered = Remembered { state: DIGEST, digest: DIGEST, written: count as i64 };
            cache.files.insert(Digest::new(bytes), remembered);
        }
        cache.keep(&bed.file(), &fs::metadata(bed.file()).unwrap(), DIGEST);
        cache.save();
        let text = fs::read_to_string(bed.cache_folder().join(FILE)).unwrap();
        assert!((text.len() as u64) < super::MAX_BYTES / 2, "{}", text.len());
        assert!(!text.contains("secret-project"));
        let cache = bed.open();
        assert_eq!(cache.files.len(), MAX_ENTRIES);
        assert!(cache.files.values().any(|known| known.written >= clock::now().as_second() - 60));
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let bed = Bed::new();
        fs::write(bed.cache_folder(), "a file is in the way").unwrap();
        bed.keep(60);
        assert_eq!(bed.find(), None);
    }
}
