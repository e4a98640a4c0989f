//! Digests of assets, within an allowance, and what a cache knows of files that it does not reach.

use std::{fs::Metadata, path::Path};

use coseal_core::{
    digest::Digest,
    fact::{DigestFact, Measured},
    tree::{FileEntry, ReadError, open_regular},
};

use crate::hash::{self, Listing};

/// Bytes hashed in one run unless everything is asked for.
pub const HASH_ALLOWANCE: u64 = 256 << 20;
/// Files that have fewer bytes are read each time.
pub const MIN_CACHED: u64 = 16 << 20;
/// Files of one folder that are told one by one.
const MAX_TOLD: usize = 10_000;

/// What remembers the digests of large files between runs. What it says is no measurement: who can set the clock of a
/// machine can make a file look unchanged.
pub trait DigestCache {
    /// The digest of a file that was read in full and has looked the same ever since. `now` is how it looks.
    fn find(&mut self, path: &Path, now: &Metadata) -> Option<Digest>;

    /// Remembers the digest of a file that was just read in full, and looked like this before and after.
    fn keep(&mut self, path: &Path, seen: &Metadata, digest: Digest);
}

/// Remembers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCache;

impl DigestCache for NoCache {
    fn find(&mut self, _: &Path, _: &Metadata) -> Option<Digest> {
        None
    }

    fn keep(&mut self, _: &Path, _: &Metadata, _: Digest) {}
}

/// Measures one asset after the other, as far as the allowance reaches.
pub(crate) struct Meter<'a> {
    left: u64,
    cache: &'a mut dyn DigestCache,
    progress: &'a mut dyn FnMut(&str, u64),
}

/// A file, its size and digest.
type Hashed = (String, u64, Digest);

impl<'a> Meter<'a> {
    pub(crate) fn new(
        full: bool,
        cache: &'a mut dyn DigestCache,
        progress: &'a mut dyn FnMut(&str, u64),
    ) -> Self {
        Self { left: if full { u64::MAX } else { HASH_ALLOWANCE }, cache, progress }
    }

    /// The digest of an asset, and those of its files if they are wanted too.
    pub(crate) fn measure(
        &mut self,
        key: &str,
        files: Result<Vec<FileEntry>, String>,
        each: bool,
    ) -> Vec<(String, DigestFact)> {
        let fact = |key: &str, size, measured| {
            (key.to_owned(), DigestFact { element: key.to_owned(), size, measured })
        };
        let files = match files {
            Ok(files) => files,
            Err(why) => return vec![fact(key, 0, Measured::Absent { why })],
        };
        let size = files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
        let all_read = size <= self.left;
        let hashed = match self.hashed(&files, all_read) {
            Ok(Some(hashed)) => hashed,
            Ok(None) => return vec![fact(key, size, Measured::OverAllowance)],
            Err(error) => {
                return vec![fact(key, size, Measured::Absent { why: error.to_string() })];
            }
        };
        let known = if all_read { Measured::Digest } else { Measured::Cached };
        let (digest, size) = whole(key, &hashed);
        let mut facts = vec![fact(key, size, known(digest))];
        let parts = hashed.iter().filter(|_| each).take(MAX_TOLD);
        facts.extend(parts.map(|(name, size, digest)| fact(name, *size, known(*digest))));
        facts
    }

    /// The digests of files, read if `all_read`; otherwise as far as the cache knows them, and none if too much is left.
    fn hashed(
        &mut self,
        files: &[FileEntry],
        all_read: bool,
    ) -> Result<Option<Vec<Hashed>>, ReadError> {
        let mut known = Vec::new();
        let mut unknown = 0_u64;
        for file in files {
            let digest = if all_read { None } else { self.cached(file)? };
            unknown = unknown.saturating_add(if digest.is_some() { 0 } else { file.size });
            known.push(digest);
        }
        if unknown > self.left {
            return Ok(None);
        }
        self.left = self.left.saturating_sub(unknown);
        let mut hashed = Vec::new();
        for (file, known) in files.iter().zip(known) {
            let (digest, size) = match known {
                Some(digest) => (digest, file.size),
                None => self.read(file)?,
            };
            hashed.push((file.name.clone(), size, digest));
        }
        Ok(Some(hashed))
    }

    fn cached(&mut self, file: &FileEntry) -> Result<Option<Digest>, ReadError> {
        if file.size < MIN_CACHED {
            return Ok(None);
        }
        let now = open_regular(&file.path)?.metadata()?;
        Ok(self.cache.find(&file.path, &now).filter(|_| now.len() == file.size))
    }

    fn read(&mut self, file: &FileEntry) -> Result<(Digest, u64), ReadError> {
        let mut opened = open_regular(&file.path)?;
        let before = opened.metadata()?;
        let read = hash::of_reader(&mut opened, |step| (self.progress)(&file.name, step))?;
        let after = opened.metadata()?;
        let same = before.modified()? == after.modified()?
            && before.len() == after.len()
            && read.1 == after.len();
        if same && read.1 >= MIN_CACHED {
            self.cache.keep(&file.path, &after, read.0);
        }
        Ok(read)
    }
}

/// One file is its own digest; a folder is that of its listing.
fn whole(key: &str, hashed: &[Hashed]) -> (Digest, u64) {
    let below =
        |name: &str| name.strip_prefix(key).unwrap_or(name).trim_start_matches('/').to_owned();
    if let [(name, size, digest)] = hashed
        && !below(name).contains('/')
    {
        return (*digest, *size);
    }
    let mut listing = Listing::default();
    for (name, size, digest) in hashed {
        listing.add(&below(name), *size, *digest);
    }
    listing.digest()
}
