//! The salts of commitments to people: private, never pushed. Who erases a salt erases whom the commitment was to.

use std::{fs, io::Write as _, path::PathBuf};

use coseal_assure::evidence::{Store, StoreError};
use coseal_core::{
    digest::Digest,
    tree::{ReadError, read_bytes},
};
use coseal_sign::{key::random, sha256};

/// A folder beside the logs with one file for each commitment.
pub(crate) struct Salts {
    folder: PathBuf,
}

impl Salts {
    /// The salts of a store.
    pub(crate) fn open(store: &Store) -> Result<Self, StoreError> {
        let folder = store.folder().join("private").join("salts");
        fs::create_dir_all(&folder).map_err(|error| StoreError::Io(error.kind()))?;
        Ok(Self { folder })
    }

    /// The commitment to who signed a decision: SHA-256 over 32 random bytes and the name. It is the same each time,
    /// as long as the salt is there.
    pub(crate) fn commitment(&self, decision: &Digest, who: &str) -> Result<Digest, StoreError> {
        let file = self.folder.join(decision.to_string().trim_start_matches("sha256:"));
        let salt = match read_bytes(&file, 32) {
            Ok(salt) if salt.len() == 32 => salt,
            Ok(_) | Err(ReadError::Absent) => {
                let salt =
                    random().map_err(|_| StoreError::Io(std::io::ErrorKind::Other))?.to_vec();
                write_private(&file, &salt).map_err(|error| StoreError::Io(error.kind()))?;
                salt
            }
            Err(error) => return Err(StoreError::Seen(error.to_string())),
        };
        Ok(sha256(&[salt.as_slice(), who.as_bytes()].concat()))
    }
}

/// Writes a file that only its owner can read.
pub(crate) fn write_private(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
