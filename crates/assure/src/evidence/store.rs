//! The evidence store: a folder with the logs of all writers. A set that only grows, and merges by union.

use std::path::{Path, PathBuf};

use coseal_core::tree::names;
use coseal_sign::{
    proof::TlogProof,
    tlog::{self, Hash, Tile, Tiles as _, leaf_hash},
};

use super::{
    content::{Depth, public, read_record},
    error::StoreError,
    log_folder::LogFolder,
    origin::Origin,
};

/// More logs of one system than this are not listed: an error says so.
const MAX_LOGS: usize = 100_000;

/// A folder with logs.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in a folder; it need not be there yet.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The log of an origin; nothing need be recorded in it yet.
    #[must_use]
    pub fn log(&self, origin: &Origin) -> LogFolder {
        LogFolder::new(&self.folder, origin.clone())
    }

    /// The systems that something is recorded of, sorted.
    ///
    /// # Errors
    /// If the folder can't be listed.
    pub fn systems(&self) -> Result<Vec<String>, StoreError> {
        self.folders("logs")
    }

    /// The logs of a system, sorted.
    ///
    /// # Errors
    /// If the folder can't be listed, or there are too many.
    pub fn origins(&self, system: &str) -> Result<Vec<Origin>, StoreError> {
        if !Origin::of_key(system, &[0; 32]).is_plain() {
            return Ok(Vec::new());
        }
        let names = self.folders(&format!("logs/{system}"))?;
        let origins: Vec<_> =
            names.iter().filter_map(|name| Origin::parse(&format!("{system}/{name}"))).collect();
        if origins.len() > MAX_LOGS {
            return Err(StoreError::TooMany { what: "logs", limit: MAX_LOGS });
        }
        Ok(origins)
    }

    fn folders(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let entries =
            names(&self.folder.join(name)).map_err(StoreError::unreadable("the evidence store"))?;
        Ok(entries.into_iter().filter(|(_, kind)| kind.is_dir()).map(|(name, _)| name).collect())
    }

    /// Finds a record by the first digits of its id, in the logs of a system: the log, its index, its bytes.
    ///
    /// # Errors
    /// If a log is not intact where it was looked at.
    pub fn find(&self, system: &str, id: &str) -> Result<Vec<Found>, StoreError> {
        let wanted = Prefix::parse(id.strip_prefix("sha256:").unwrap_or(id));
        let Some(wanted) = wanted else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for origin in self.origins(system)? {
            let log = self.log(&origin);
            found.extend(log.steadily(|| log.find(&wanted))?);
        }
        // The same record twice is one record: they can't be told apart, and need not be.
        found.dedup_by(|a, b| a.hash == b.hash);
        Ok(found)
    }

    /// The bytes of a record: its DSSE envelope.
    ///
    /// # Errors
    /// If it is not there, or is not what its hash says.
    pub fn bytes(&self, found: &Found) -> Result<Vec<u8>, StoreError> {
        let log = self.log(&found.origin);
        let (head, bundle) = log.steadily(|| {
            let head = log.head()?.ok_or_else(|| log.broken("it is empty".into()))?;
            let bundle = log.entries(found.index / 256, head.checkpoint.size())?;
            Ok((head, bundle))
        })?;
        let bytes =
            usize::try_from(found.index % 256).ok().and_then(|place| bundle.into_iter().nth(place));
        let bytes =
            bytes.ok_or_else(|| log.broken(format!("record {}: it is not there", found.index)))?;
        read_record(&bytes, &public(&log, &head)?, Depth::Signatures)
            .map_err(|why| log.broken(format!("record {}: {why}", found.index)))?;
        if leaf_hash(&bytes) != found.hash {
            return Err(log.broken(format!("record {}: it and its hash differ", found.index)));
        }
        Ok(bytes)
    }

    /// Proof that a record is in its log, which needs nothing else to be checked but the key of the log.
    ///
    /// # Errors
    /// If the log is not intact where it was looked at.
    pub fn prove(&self, found: &Found) -> Result<TlogProof, StoreError> {
        let log = self.log(&found.origin);
        let (head, hashes) = log.steadily(|| {
            let head = log.head()?.ok_or_else(|| log.broken("it is empty".into()))?;
            let size = head.checkpoint.size();
            let hashes = tlog::inclusion_proof(found.index, size, &log.tiles(size))
                .map_err(|error| log.of_tree(error))?;
            Ok((head, hashes))
        })?;
        let proof = TlogProof::new(found.index, hashes, head.note.clone(), None)
            .map_err(|error| log.broken(error.to_string()))?;
        proof
            .verify(&found.hash, &head.key)
            .map_err(|error| log.broken(format!("record {}: {error}", found.index)))?;
        Ok(proof)
    }
}

/// Where a record was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its log.
    pub origin: Origin,
    /// Its index there.
    pub index: u64,
    /// Its leaf hash.
    pub hash: Hash,
}

/// The first digits of a hash: whole bytes, and perhaps one digit more.
struct Prefix {
    bytes: Vec<u8>,
    half: Option<u8>,
}

impl Prefix {
    /// None if it is no beginning of a hash in hexadecimal digits.
    fn parse(hex: &str) -> Option<Self> {
        let digit = |byte: &u8| u8::try_from(char::from(*byte).to_digit(16)?).ok();
        let digits: Vec<u8> = hex.as_bytes().iter().map(digit).collect::<Option<_>>()?;
        let (pairs, half) = digits.as_chunks();
        let bytes = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        (digits.len() <= 64).then(|| Self { bytes, half: half.first().copied() })
    }

    fn begins(&self, hash: &Hash) -> bool {
        hash.strip_prefix(self.bytes.as_slice()).is_some_and(|rest| {
            self.half.is_none_or(|half| rest.first().is_some_and(|byte| byte >> 4 == half))
        })
    }
}

impl LogFolder {
    /// The records whose id begins with these digits.
    fn find(&self, wanted: &Prefix) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        let size = self.head()?.map_or(0, |head| head.checkpoint.size());
        for tile in 0..size.div_ceil(256) {
            for (hash, place) in self.hashes_at(tile, size)?.into_iter().zip(0..) {
                if wanted.begins(&hash) {
                    let origin = self.origin().clone();
                    found.push(Found { origin, index: tile * 256 + place, hash });
                }
            }
        }
        Ok(found)
    }

    /// The leaf hashes in one tile.
    fn hashes_at(&self, index: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        Tile::of(size, 0, index).map_or(Ok(Vec::new()), |tile| self.tiles(size).hashes(tile))
    }
}

#[cfg(test)]
mod tests {
    use super::Prefix;

    #[test]
    fn digits_begin_a_hash() {
        let mut hash = [0; 32];
        hash[..3].copy_from_slice(&[0xab, 0xcd, 0xe0]);
        let begins =
            |digits: &str| Prefix::parse(digits).is_some_and(|digits| digits.begins(&hash));
        for digits in ["", "a", "ab", "abc", "ABCD", "abcde", "abcde0"] {
            assert!(begins(digits), "{digits}");
        }
        assert!(begins(&format!("abcde{}", "0".repeat(59))));
        for digits in ["b", "ac", "abd", "abcdf", "abcde1", "abg", "é", "+a"] {
            assert!(!begins(digits), "{digits}");
        }
        assert!(!begins(&format!("abcde{}", "0".repeat(60))), "longer than a hash");
    }
}
