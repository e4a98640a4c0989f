//! The keys that notes are verified with: c2sp.org/signed-note, "Verifier keys".

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{base64, key};

/// The longest name of a key, in bytes.
const MAX_NAME: usize = 512;

/// What a key's signatures are made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// Type 0x01: the text of the note.
    Ed25519,
    /// Type 0x04, `cosignature/v1`: a time and the text, by a witness of a log.
    Cosignature,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 1,
            Self::Cosignature => 4,
        }
    }

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Ed25519),
            4 => Some(Self::Cosignature),
            _ => None,
        }
    }
}

/// Why something is not a key to verify notes with.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum VerifierKeyError {
    /// Not `NAME+HASH+KEY`, or not in the one spelling of it.
    #[error("a verifier key is a name, eight hexadecimal digits and base64, with + between them")]
    Malformed,
    /// A name that is empty, longer than 512 bytes, or holds white space, a plus or a control character.
    #[error(
        "the name of a key is empty, too long, or holds a space, a plus or a control character"
    )]
    Name,
    /// A type other than Ed25519 and its cosignatures.
    #[error("the type of the key is not known")]
    Kind,
    /// The digits behind the name are not those of name and key.
    #[error("the key and its id don't belong together")]
    Id,
    /// The bytes are no usable Ed25519 key.
    #[error("not a usable Ed25519 public key")]
    Public,
}

/// Name, kind and public key of somebody who signs notes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    public: [u8; 32],
    id: u32,
}

impl VerifierKey {
    /// The key of a writer, who signs the text of notes.
    ///
    /// # Errors
    ///
    /// When the name can't be in a note or the key is unusable.
    pub fn new_ed25519(name: &str, public: &[u8; 32]) -> Result<Self, VerifierKeyError> {
        Self::new(name, KeyKind::Ed25519, public)
    }

    /// The key of a witness, who signs checkpoints together with a time.
    ///
    /// # Errors
    ///
    /// When the name can't be in a note or the key is unusable.
    pub fn new_cosignature(name: &str, public: &[u8; 32]) -> Result<Self, VerifierKeyError> {
        Self::new(name, KeyKind::Cosignature, public)
    }

    fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, VerifierKeyError> {
        if !is_name(name) {
            return Err(VerifierKeyError::Name);
        }
        key::usable_ed25519(public).map_err(|_| VerifierKeyError::Public)?;
        let id = id(name, kind, public);
        Ok(Self { name: name.to_owned(), kind, public: *public, id })
    }

    /// Reads a key as it prints itself: `NAME+HASH+KEY`.
    ///
    /// # Errors
    ///
    /// When the text is anything else, of another type, or its id is not that of name and key.
    pub fn parse(text: &str) -> Result<Self, VerifierKeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(digits), Some(bytes)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(VerifierKeyError::Malformed);
        };
        // One byte of type and 32 of key are 44 characters; nothing longer needs decoding.
        let bytes = (bytes.len() <= 44).then(|| base64::decode(bytes)).flatten();
        let bytes = bytes.ok_or(VerifierKeyError::Malformed)?;
        let (kind, public) = bytes.split_first().ok_or(VerifierKeyError::Malformed)?;
        let kind = KeyKind::of(*kind).ok_or(VerifierKeyError::Kind)?;
        let public = public.try_into().map_err(|_| VerifierKeyError::Malformed)?;
        let key = Self::new(name, kind, public)?;
        if digits != format!("{:08x}", key.id) {
            return Err(VerifierKeyError::Id);
        }
        Ok(key)
    }

    /// The name, as it stands in signature lines.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its signatures are made over.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The Ed25519 public key.
    #[must_use]
    pub const fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The key's id, which stands in front of its signatures. It is too short to trust: it only tells keys apart.
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = std::iter::once(self.kind.byte()).chain(self.public).collect();
        write!(formatter, "{}+{:08x}+{}", self.name, self.id, base64::encode(&bytes))
    }
}

/// Whether a text can be the name of a key.
pub(crate) fn is_name(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_ascii_control() || c == '+';
    !text.is_empty() && text.len() <= MAX_NAME && !text.contains(bad)
}

fn id(name: &str, kind: KeyKind, public: &[u8; 32]) -> u32 {
    let mut hash = Sha256::new();
    hash.update(name);
    hash.update([b'\n', kind.byte()]);
    hash.update(public);
    let hash: [u8; 32] = hash.finalize().into();
    let [a, b, c, d, ..] = hash;
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::{KeyKind, VerifierKey, VerifierKeyError};
    use crate::key::Ed25519Key;

    /// The example of c2sp.org/signed-note.
    const EXAMPLE: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    #[test]
    fn reads_the_example_and_writes_it_back() {
        let key = VerifierKey::parse(EXAMPLE).unwrap();
        assert_eq!(
            (key.name(), key.id(), key.kind()),
            ("example.com/foo", 0x530d_903a, KeyKind::Ed25519)
        );
        assert_eq!(key.to_string(), EXAMPLE);
    }

    #[test]
    fn one_key_has_an_id_for_each_kind() {
        let public = Ed25519Key::from_seed(&[3; 32]).public();
        let signer = VerifierKey::new_ed25519("a", &public).unwrap();
        let witness = VerifierKey::new_cosignature("a", &public).unwrap();
        assert_ne!(signer.id(), witness.id());
        assert_eq!(VerifierKey::parse(&witness.to_string()).unwrap(), witness);
    }

    #[test]
    fn refuses_every_flipped_bit() {
        for (at, bit) in (0..EXAMPLE.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut bytes = EXAMPLE.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            assert!(VerifierKey::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_names_that_break_a_line() {
        let public = Ed25519Key::from_seed(&[3; 32]).public();
        for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b", "a\u{2028}b", "a\u{1}", &"n".repeat(513)]
        {
            assert_eq!(
                VerifierKey::new_ed25519(name, &public),
                Err(VerifierKeyError::Name),
                "{name:?}"
            );
        }
    }
}
