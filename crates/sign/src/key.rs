//! Ed25519 keys of runners and logs, kept as OpenSSH keeps its private keys.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use ssh_key::{
    LineEnding, PrivateKey,
    private::{Ed25519Keypair, KeypairData},
};
use zeroize::Zeroizing;

/// The longest text of a private key that is read, in bytes. One without comment has some 400.
const MAX_OPENSSH: usize = 16 * 1024;

/// Why a key can't be had or doesn't verify.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Not the text of an OpenSSH private key, or an altered one.
    #[error("not an OpenSSH private key")]
    Malformed,
    /// A key of another algorithm, which logs don't use.
    #[error("not an Ed25519 key")]
    Algorithm,
    /// A key behind a passphrase; runners work unattended.
    #[error("the key is encrypted")]
    Encrypted,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random,
    /// The public key is no point of the curve, or one under which anything verifies.
    #[error("not a usable Ed25519 public key")]
    Public,
    /// The signature is not of this key over this message.
    #[error("the signature does not verify")]
    Signature,
}

/// An Ed25519 key pair (RFC 8032). It is overwritten when dropped, and its `Debug` shows the public half only.
pub struct Ed25519Key(SigningKey);

impl Ed25519Key {
    /// A new key from the system's random bytes.
    ///
    /// # Errors
    ///
    /// When the system has none to give.
    pub fn generate() -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(|_| KeyError::Random)?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of a seed (RFC 8032, section 5.1.5): the same seed gives the same key.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Reads the text of an unencrypted OpenSSH private key.
    ///
    /// # Errors
    ///
    /// When the text is none, is longer than 16 KiB, or holds an encrypted key or one of another algorithm.
    pub fn from_openssh(text: &str) -> Result<Self, KeyError> {
        if text.len() > MAX_OPENSSH {
            return Err(KeyError::Malformed);
        }
        let key = PrivateKey::from_openssh(text).map_err(|_| KeyError::Malformed)?;
        match key.key_data() {
            KeypairData::Ed25519(pair) => Self::from_pair(pair),
            KeypairData::Encrypted(_) => Err(KeyError::Encrypted),
            _ => Err(KeyError::Algorithm),
        }
    }

    fn from_pair(pair: &Ed25519Keypair) -> Result<Self, KeyError> {
        let key = Self::from_seed(pair.private.as_ref());
        // The text holds the public half, too. Signing under one while claiming another gives the secret away.
        if key.public() != pair.public.0 {
            return Err(KeyError::Malformed);
        }
        Ok(key)
    }

    /// The text of the key as `ssh-keygen` writes one, without comment and unencrypted.
    ///
    /// # Errors
    ///
    /// When the key can't be encoded, which does not happen for a key of this type.
    pub fn to_openssh(&self) -> Result<Zeroizing<String>, KeyError> {
        let pair = Ed25519Keypair::from_seed(self.0.as_bytes());
        let key =
            PrivateKey::new(KeypairData::Ed25519(pair), "").map_err(|_| KeyError::Malformed)?;
        key.to_openssh(LineEnding::LF).map_err(|_| KeyError::Malformed)
    }

    /// The public half, as RFC 8032 encodes it.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The id of the public half; see [`key_id`].
    #[must_use]
    pub fn id(&self) -> String {
        key_id(&self.public())
    }

    /// The signature over a message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for Ed25519Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Ed25519Key").field(&self.id()).finish()
    }
}

/// Bytes that nobody can guess, as for a salt.
///
/// # Errors
///
/// When the system has none to give.
pub fn random() -> Result<[u8; 32], KeyError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}

/// What a key is called in logs and envelopes: the first 32 hexadecimal digits of the SHA-256 of its 32 bytes.
#[must_use]
pub fn key_id(public: &[u8; 32]) -> String {
    Sha256::digest(public).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the 32 bytes are a public key that a signature can be bound to.
///
/// # Errors
///
/// When they are no point of the curve, or one of small order.
pub fn usable_ed25519(public: &[u8; 32]) -> Result<(), KeyError> {
    parse_public(public).map(|_| ())
}

/// Verifies an Ed25519 signature strictly: no key or commitment of small order, no second spelling of a signature.
///
/// # Errors
///
/// When the key is unusable or the signature is not its own over exactly this message.
pub fn verify_ed25519(
    public: &[u8; 32],
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), KeyError> {
    Ed25519Public::new(public)?.verify(message, signature)
}

/// A public key that was looked at once, to verify many signatures with.
#[derive(Clone, Debug)]
pub struct Ed25519Public {
    bytes: [u8; 32],
    key: VerifyingKey,
}

impl Ed25519Public {
    /// The key of these bytes.
    ///
    /// # Errors
    ///
    /// When it is not the one encoding of a point, or of small order.
    pub fn new(public: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self { bytes: *public, key: parse_public(public)? })
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Verifies a signature strictly, as [`verify_ed25519`] does.
    ///
    /// # Errors
    ///
    /// When the signature is not its own over exactly this message.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), KeyError> {
        let signature = Signature::from_bytes(signature);
        self.key.verify_strict(message, &signature).map_err(|_| KeyError::Signature)
    }
}

fn parse_public(public: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
    let key = VerifyingKey::from_bytes(public).map_err(|_| KeyError::Public)?;
    // A non-canonical encoding of a point would be a second name of the same key.
    let canonical = key.to_edwards().compress().to_bytes() == *public;
    (canonical && !key.is_weak()).then_some(key).ok_or(KeyError::Public)
}

#[cfg(test)]
mod tests {
    use super::{Ed25519Key, KeyError, key_id, verify_ed25519};

    fn hex<const N: usize>(text: &str) -> [u8; N] {
        let byte =
            |at: usize| u8::from_str_radix(text.get(2 * at..2 * at + 2).unwrap(), 16).unwrap();
        std::array::from_fn(byte)
    }

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn signs_as_the_rfc_does() {
        let key = Ed25519Key::from_seed(&hex(
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        ));
        assert_eq!(
            key.public(),
            hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        );
        let signature = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        assert_eq!(key.sign(&[0x72]), signature);
        assert_eq!(verify_ed25519(&key.public(), &[0x72], &signature), Ok(()));
        assert_eq!(verify_ed25519(&key.public(), &[0x73], &signature), Err(KeyError::Signature));
    }

    /// The group's order added to the scalar gives a second spelling of a signature.
    #[test]
    fn refuses_a_second_spelling() {
        let order: [u8; 32] =
            hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let key = Ed25519Key::from_seed(&[7; 32]);
        let mut signature = key.sign(b"m");
        let mut carry = 0;
        for (byte, add) in signature.iter_mut().skip(32).zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
        assert_eq!(verify_ed25519(&key.public(), b"m", &signature), Err(KeyError::Signature));
    }

    /// The neutral element and its non-canonical spelling: anything verifies under them without strictness.
    #[test]
    fn refuses_weak_keys() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut odd = [0xff; 32];
        odd[0] = 0xee;
        odd[31] = 0x7f;
        let mut signature = [0; 64];
        signature[0] = 1;
        for weak in [neutral, odd, [0; 32]] {
            assert_eq!(verify_ed25519(&weak, b"m", &signature), Err(KeyError::Public));
        }
    }

    #[test]
    fn reads_what_it_writes_and_shows_no_secret() {
        let key = Ed25519Key::generate().unwrap();
        let text = key.to_openssh().unwrap();
        let again = Ed25519Key::from_openssh(&text).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(again.sign(b"m"), key.sign(b"m"));
        assert_eq!(format!("{key:?}"), format!("Ed25519Key({:?})", key_id(&key.public())));
        assert_ne!(Ed25519Key::generate().unwrap().public(), key.public());
    }

    #[test]
    fn refuses_what_is_no_key() {
        let text = Ed25519Key::from_seed(&[1; 32]).to_openssh().unwrap();
        assert_eq!(Ed25519Key::from_openssh("").unwrap_err(), KeyError::Malformed);
        assert_eq!(Ed25519Key::from_openssh(&" ".repeat(20_000)).unwrap_err(), KeyError::Malformed);
        for end in 0..text.len() - 1 {
            assert!(Ed25519Key::from_openssh(text.get(..end).unwrap()).is_err(), "cut at {end}");
        }
    }
}
