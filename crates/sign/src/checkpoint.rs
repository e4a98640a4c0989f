//! Checkpoints: what a log says of itself in a signed note. c2sp.org/tlog-checkpoint.

use std::fmt;

use crate::{
    base64, decimal,
    note::{KeyKind, Note, NoteError, VerifierKey},
    tlog::{Hash, MAX_SIZE, empty_root},
    verifier_key::is_name,
};

/// Why a note is not the checkpoint of a log.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointError {
    /// The text is not origin, size and root in three lines.
    #[error("a checkpoint is three lines: origin, size and root")]
    Malformed,
    /// The size is beyond 2^63 - 1, or the root of an empty log is not that of the empty tree.
    #[error("size and root of the checkpoint can't be those of a log")]
    Size,
    /// The origin is not the name of the key that the log is verified with.
    #[error("the checkpoint is of another log")]
    Origin,
    /// The note isn't signed by the log's key.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Origin, size and root of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

impl Checkpoint {
    /// The checkpoint of a log. The origin is the name of the log's key.
    ///
    /// # Errors
    ///
    /// When the origin can't be the name of a key or the size and root can't be those of a log.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if !is_name(origin) {
            return Err(CheckpointError::Malformed);
        }
        if size > MAX_SIZE || (size == 0 && root != empty_root()) {
            return Err(CheckpointError::Size);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// Reads the text of a note. Extension lines are refused: nobody could audit them.
    ///
    /// # Errors
    ///
    /// When the text is not exactly the three lines of a checkpoint.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().ok_or(CheckpointError::Malformed);
        let (origin, size, root, rest) = (line()?, line()?, line()?, line()?);
        if !rest.is_empty() || lines.next().is_some() {
            return Err(CheckpointError::Malformed);
        }
        let size = decimal::parse(size).ok_or(CheckpointError::Malformed)?;
        let root = base64::decode_hash(root).ok_or(CheckpointError::Malformed)?;
        Self::new(origin, size, root)
    }

    /// The checkpoint in a note that the log's key has signed.
    ///
    /// # Errors
    ///
    /// When the key is not a log's, its signature is missing or doesn't verify, the text is no checkpoint, or it is
    /// one of another origin than the key's name.
    pub fn open(note: &Note, log: &VerifierKey) -> Result<Self, CheckpointError> {
        if log.kind() != KeyKind::Ed25519 {
            return Err(NoteError::Kind.into());
        }
        note.verify(log)?;
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::Origin);
        }
        Ok(checkpoint)
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash of these entries.
    #[must_use]
    pub const fn root(&self) -> &Hash {
        &self.root
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}\n{}\n{}", self.origin, self.size, base64::encode(&self.root))
    }
}

#[cfg(test)]
mod tests {
    use super::{Checkpoint, CheckpointError};
    use crate::{
        key::Ed25519Key,
        note::{Note, NoteError, VerifierKey},
    };

    /// The text of the example of c2sp.org/tlog-checkpoint.
    const TEXT: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn reads_the_example_and_writes_it_back() {
        let checkpoint = Checkpoint::parse(TEXT).unwrap();
        assert_eq!(
            (checkpoint.origin(), checkpoint.size()),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(checkpoint.to_string(), TEXT);
    }

    #[test]
    fn refuses_other_spellings() {
        for text in [
            "",
            TEXT.trim_end(),
            &TEXT.replacen('\n', "\n\n", 1),
            &format!("{TEXT}\n"),
            &format!("{TEXT}extension\n"),
            &TEXT.replace("2085", "02085"),
            &TEXT.replace("2085", "+2085"),
            &TEXT.replace("20852163", "9223372036854775808"),
            &TEXT.replace("20852163", "0"),
            &TEXT.replace("q2I=", "q2J="),
            &TEXT.replace("q2I=", "q2IA"),
            &TEXT.replace("sofa", "sofa "),
            &TEXT.replace("example", " "),
        ] {
            assert!(Checkpoint::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn opens_only_for_the_log_that_signed_it() {
        let key = Ed25519Key::from_seed(&[1; 32]);
        let name = "example.com/behind-the-sofa";
        let log = VerifierKey::new_ed25519(name, &key.public()).unwrap();
        let other = VerifierKey::new_ed25519("example.com/other", &key.public()).unwrap();
        let witness = VerifierKey::new_cosignature(name, &key.public()).unwrap();
        let mut note = Note::sign(TEXT, &log, |text| key.sign(text)).unwrap();
        note.cosign(&witness, 1, |text| key.sign(text)).unwrap();
        assert_eq!(Checkpoint::open(&note, &log).unwrap().to_string(), TEXT);
        let refused = |key| Checkpoint::open(&note, key).unwrap_err();
        assert_eq!(refused(&other), CheckpointError::Note(NoteError::NotSigned));
        assert_eq!(refused(&witness), CheckpointError::Note(NoteError::Kind));
        let note = Note::sign(TEXT, &other, |text| key.sign(text)).unwrap();
        assert_eq!(Checkpoint::open(&note, &other), Err(CheckpointError::Origin));
    }
}
