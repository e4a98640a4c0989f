//! The name of a log: the system it is about, and the key that writes it.

use std::fmt;

use coseal_sign::{
    checkpoint::Checkpoint,
    key::key_id,
    note::{Note, VerifierKey},
};

use super::{error::StoreError, log_folder::Head};

/// The origin of a log: `<system id>/<key id>`. One writer, one log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Id of the system.
    pub system: String,
    /// First 32 hexadecimal digits of the SHA-256 of the log's public key.
    pub key_id: String,
}

impl Origin {
    /// The log that a key writes for a system.
    #[must_use]
    pub fn of_key(system: &str, public: &[u8; 32]) -> Self {
        Self { system: system.to_owned(), key_id: key_id(public) }
    }

    /// Reads an origin.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (system, key_id) = text.split_once('/')?;
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-' || c == b'_';
        let system_fits = (1..=64).contains(&system.len()) && system.bytes().all(plain);
        let key_fits = key_id.len() == 32
            && key_id.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
        (system_fits && key_fits)
            .then(|| Self { system: system.to_owned(), key_id: key_id.to_owned() })
    }

    /// Whether it is one that [`Origin::parse`] takes. [`Origin::of_key`] takes any text for a system, and what is no id
    /// of one must not become the name of a folder.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        Self::parse(&self.to_string()).as_ref() == Some(self)
    }

    /// The key that checks the signature on its checkpoints, under the name of the log.
    ///
    /// # Errors
    /// If the key is one that no signature can be bound to.
    pub fn verifier_key(&self, public: &[u8; 32]) -> Result<VerifierKey, StoreError> {
        VerifierKey::new_ed25519(&self.to_string(), public).map_err(|error| StoreError::Broken {
            origin: self.to_string(),
            why: format!("key: {error}"),
        })
    }

    /// Reads a checkpoint of this log, and checks that the log's own key signed it. `key` is the file that
    /// names that key; the origin itself says which key it has to be.
    ///
    /// # Errors
    /// If either is not what it should be.
    pub fn head(&self, checkpoint: &[u8], key: &[u8]) -> Result<Head, StoreError> {
        let broken = |what: &str, why: String| StoreError::Broken {
            origin: self.to_string(),
            why: format!("{what}: {why}"),
        };
        let text = std::str::from_utf8(key).ok().and_then(|text| text.strip_suffix('\n'));
        let key = text
            .and_then(|text| VerifierKey::parse(text).ok())
            .filter(|key| {
                Self::of_key(&self.system, key.public()) == *self && key.name() == self.to_string()
            })
            .ok_or_else(|| broken("key", "it is not the key of this log".into()))?;
        let note =
            Note::parse(checkpoint).map_err(|error| broken("checkpoint", error.to_string()))?;
        let said = Checkpoint::open(&note, &key)
            .map_err(|error| broken("checkpoint", error.to_string()))?;
        Ok(Head { note, checkpoint: said, key })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.system, self.key_id)
    }
}
