//! The salts of commitments to people: private, never pushed. Who erases a salt erases whom the commitment was to.

use std::{fs, io::Write as _, path::PathBuf};

use coseal_assure::evidence::{Store, StoreError, disk};
use coseal_core::{
    digest::Digest,
    tree::{ReadError, read_bytes},
};
use coseal_sign::{key::random, sha256};

/// Where salts are, below a store.
const FOLDER: &str = "private/salts";
/// Bytes of a salt.
const SALT: u64 = 32;

/// A folder beside the logs with one file for each commitment.
pub(crate) struct Salts {
    store: PathBuf,
}

impl Salts {
    /// The salts of a store.
    pub(crate) fn open(store: &Store) -> Result<Self, StoreError> {
        disk::make_folder(store.folder(), FOLDER)?;
        Ok(Self { store: store.folder().to_owned() })
    }

    /// The commitment to who signed a decision: SHA-256 over 32 random bytes and the name. It is the same each time,
    /// as long as the salt is there, whoever else makes it at the same time.
    pub(crate) fn commitment(&self, decision: &Digest, who: &str) -> Result<Digest, StoreError> {
        let name = format!("{FOLDER}/{}", decision.hex());
        let salt = match self.salt(&name)? {
            Some(salt) => salt,
            None => self.new_salt(&name)?,
        };
        Ok(sha256(&[salt.as_slice(), who.as_bytes()].concat()))
    }

    /// The salt in a file; none when there is no file, or it holds something else.
    fn salt(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match read_bytes(&self.store.join(name), SALT) {
            Ok(salt) if salt.len() as u64 == SALT => Ok(Some(salt)),
            Ok(_) | Err(ReadError::Absent | ReadError::TooLarge { .. }) => Ok(None),
            Err(ReadError::Link | ReadError::NotRegular) => {
                Err(StoreError::Foreign { name: name.to_owned() })
            }
            Err(error) => Err(StoreError::unreadable("the salt of a commitment")(error)),
        }
    }

    /// Makes a salt, or takes the one that somebody else just made. One that is cut short was never used: it takes its place.
    fn new_salt(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let _lock = disk::lock(&disk::make_folder(&self.store, FOLDER)?)?;
        if let Some(salt) = self.salt(name)? {
            return Ok(salt);
        }
        let salt = random().map_err(|_| StoreError::Io(std::io::ErrorKind::Other))?.to_vec();
        disk::put_private(&self.store, name, &salt)?;
        Ok(salt)
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

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "files that these tests wrote themselves")]

    use std::{fs, thread};

    use coseal_assure::evidence::Store;
    use coseal_core::digest::Digest;

    use super::{FOLDER, Salts};

    #[test]
    fn many_at_once_make_one_salt() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().into());
        let commit =
            || Salts::open(&store).unwrap().commitment(&Digest::new([1; 32]), "a").unwrap();
        let all: Vec<_> = thread::scope(|scope| {
            let workers: Vec<_> = (0..8).map(|_| scope.spawn(commit)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).collect()
        });
        assert!(all.iter().all(|one| *one == all[0]));
    }

    #[test]
    fn a_salt_that_was_cut_short_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let salts = Salts::open(&Store::new(folder.path().into())).unwrap();
        let decision = Digest::new([1; 32]);
        let file = folder.path().join(FOLDER).join("01".repeat(32));
        for broken in [vec![], vec![0; 7], vec![0; 33]] {
            fs::write(&file, broken).unwrap();
            let first = salts.commitment(&decision, "a").unwrap();
            assert_eq!(fs::read(&file).unwrap().len(), 32);
            assert_eq!(salts.commitment(&decision, "a").unwrap(), first);
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_salt_is_written_through_a_link() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), folder.path().join("private")).unwrap();
        assert!(Salts::open(&Store::new(folder.path().into())).is_err());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
