//! Public keys of OpenSSH, and which of them are accepted.

use std::fmt;

use base64ct::{Base64, Base64Unpadded, Encoding};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ssh_key::public::{Ed25519PublicKey, KeyData, RsaPublicKey};

use crate::ssh::SshError;

/// Bytes of a line, its comment included. The longest RSA key that is accepted has about 1,400.
const MAX: usize = 16 * 1024;
/// Bits of an RSA modulus: fewer are too weak, more take too long.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// A public key of OpenSSH: Ed25519, ECDSA (P-256, P-384, P-521), RSA (2,048 to 8,192 bits), or one in a security key
/// (Ed25519, ECDSA P-256). As text it is a line without comment: a comment may name a person or a machine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey {
    /// What `data` is written as (RFC 4253 §6.6): each key has one form, so equal keys are equal bytes.
    blob: Vec<u8>,
    data: KeyData,
}

impl PublicKey {
    /// Reads one line, as it is in `KEY.pub` or, without options, in `authorized_keys`. A comment is dropped.
    ///
    /// # Errors
    /// [`SshError::PublicKey`] if it is no such line, or the key is not accepted.
    pub fn parse(line: &str) -> Result<Self, SshError> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.len() > MAX || line.contains(['\n', '\r', '\0']) {
            return Err(SshError::PublicKey("it isn't one line of OpenSSH"));
        }
        let mut words = line.split([' ', '\t']);
        let (Some(name), Some(base64)) = (words.next(), words.next()) else {
            return Err(SshError::PublicKey("it isn't a line of OpenSSH, as in KEY.pub"));
        };
        let blob = Base64::decode_vec(base64)
            .map_err(|_| SshError::PublicKey("it isn't a line of OpenSSH, as in KEY.pub"))?;
        let key = Self::from_blob(&blob)?;
        if key.name() != name {
            return Err(SshError::PublicKey("its kind isn't the one that the line begins with"));
        }
        Ok(key)
    }

    /// The OpenSSH key of a raw Ed25519 key.
    ///
    /// # Errors
    /// [`SshError::PublicKey`] if the bytes are no point of the curve, or a weak one.
    pub fn from_ed25519(public: &[u8; 32]) -> Result<Self, SshError> {
        Self::from_data(KeyData::Ed25519(Ed25519PublicKey(*public)))
    }

    /// What OpenSSH shows for the key: `SHA256:` and the unpadded base64 of the SHA-256 of its bytes.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", Base64Unpadded::encode_string(&Sha256::digest(&self.blob)))
    }

    /// The raw key, if it is an Ed25519 key that is not in a security key.
    #[must_use]
    pub fn ed25519(&self) -> Option<[u8; 32]> {
        self.data.ed25519().map(|key| key.0)
    }

    pub(super) fn from_blob(blob: &[u8]) -> Result<Self, SshError> {
        let key = ssh_key::PublicKey::from_bytes(blob)
            .map_err(|_| SshError::PublicKey("its bytes make no key"))?;
        let key = Self::from_data(key.key_data().clone())?;
        if key.blob == blob {
            Ok(key)
        } else {
            Err(SshError::PublicKey("its bytes aren't in the one form that they have"))
        }
    }

    pub(super) fn from_data(data: KeyData) -> Result<Self, SshError> {
        accepted(&data)?;
        let blob = ssh_key::PublicKey::from(data.clone())
            .to_bytes()
            .map_err(|_| SshError::PublicKey("its bytes make no key"))?;
        Ok(Self { blob, data })
    }

    pub(super) fn blob(&self) -> &[u8] {
        &self.blob
    }

    pub(super) fn data(&self) -> &KeyData {
        &self.data
    }

    /// Is the private part in a security key?
    pub(super) fn is_in_hardware(&self) -> bool {
        matches!(self.data, KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_))
    }

    fn name(&self) -> String {
        self.data.algorithm().to_string()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name(), Base64::encode_string(&self.blob))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl TryFrom<String> for PublicKey {
    type Error = SshError;

    fn try_from(line: String) -> Result<Self, SshError> {
        Self::parse(&line)
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

fn accepted(data: &KeyData) -> Result<(), SshError> {
    match data {
        KeyData::Ed25519(key) => point(key),
        KeyData::SkEd25519(key) => point(key.public_key()).and(application(key.application())),
        KeyData::Ecdsa(key) => uncompressed(key.as_sec1_bytes()),
        KeyData::SkEcdsaSha2NistP256(key) => {
            uncompressed(key.ec_point().as_bytes()).and(application(key.application()))
        }
        KeyData::Rsa(key) => bits(key),
        KeyData::Dsa(_) => Err(SshError::PublicKey("DSA is broken")),
        KeyData::Certificate(_) => Err(SshError::PublicKey("it is a certificate, not a key")),
        _ => Err(SshError::PublicKey("its kind isn't accepted")),
    }
}

/// A point of small order makes signatures that match any message; one in another form would be a second name.
fn point(key: &Ed25519PublicKey) -> Result<(), SshError> {
    match VerifyingKey::from_bytes(&key.0) {
        Ok(point) if point.is_weak() => Err(SshError::PublicKey("it is weak")),
        Ok(point) if point.to_edwards().compress().0 == key.0 => Ok(()),
        _ => Err(SshError::PublicKey("it isn't a point of its curve")),
    }
}

/// OpenSSH writes and reads points in full only. Whether they are on the curve shows when a signature is verified.
fn uncompressed(point: &[u8]) -> Result<(), SshError> {
    match point.first() {
        Some(4) => Ok(()),
        _ => Err(SshError::PublicKey("its point isn't written in full")),
    }
}

/// What OpenSSH asks a security key for begins so (PROTOCOL.u2f); a web page's key can't be taken for one of ours.
fn application(name: &str) -> Result<(), SshError> {
    if name.starts_with("ssh:") {
        Ok(())
    } else {
        Err(SshError::PublicKey("the security key didn't make it for ssh"))
    }
}

fn bits(key: &RsaPublicKey) -> Result<(), SshError> {
    let modulus = key.n().as_positive_bytes().unwrap_or_default();
    let unused = modulus.first().map_or(0, |first| first.leading_zeros());
    let bits = modulus.len().saturating_mul(8).saturating_sub(unused as usize);
    if bits < *RSA_BITS.start() {
        Err(SshError::PublicKey("an RSA key needs 2048 bits or more"))
    } else if bits > *RSA_BITS.end() {
        Err(SshError::PublicKey("an RSA key may have 8192 bits at most"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding};
    use ssh_key::encoding::Encode;

    use super::PublicKey;

    /// The example of the manual of ssh-keygen's format: any Ed25519 key.
    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    fn line(name: &str, parts: &[&[u8]]) -> String {
        let mut blob = Vec::new();
        for part in parts {
            part.encode(&mut blob).unwrap();
        }
        format!("{name} {}", Base64::encode_string(&blob))
    }

    #[test]
    fn keeps_no_comment() {
        let key = PublicKey::parse(KEY).unwrap();
        for end in ["\n", "\r\n", " mona@laptop.example\n", "\tmona  anders\n", " "] {
            let read = PublicKey::parse(&format!("{KEY}{end}")).unwrap();
            assert_eq!(read, key);
            assert_eq!(read.to_string(), KEY);
            assert!(!format!("{read:?}").contains("mona"));
        }
        assert_eq!(serde_json::to_value(&key).unwrap(), KEY);
        assert_eq!(serde_json::from_value::<PublicKey>(KEY.into()).unwrap(), key);
        assert_eq!(key.fingerprint(), "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ");
        let raw = key.ed25519().unwrap();
        assert_eq!(PublicKey::from_ed25519(&raw).unwrap(), key);
    }

    #[test]
    fn refuses_what_is_no_line_of_a_key() {
        let base64 = KEY.strip_prefix("ssh-ed25519 ").unwrap();
        for other in [
            String::new(),
            base64.to_owned(),
            format!("ssh-rsa {base64}"),
            format!(" {KEY}"),
            format!("{KEY}\n{KEY}\n"),
            format!("restrict {KEY}"),
            format!("ssh-ed25519  {base64}"),
            format!("ssh-ed25519 {base64}="),
            format!("ssh-ed25519 {}", base64.trim_end_matches("qti")),
            format!("{KEY} {}", "x".repeat(20_000)),
        ] {
            assert!(PublicKey::parse(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn refuses_weak_keys_and_second_forms() {
        let zero = [0; 32];
        // y = 2^255 - 18 is y = 1 in another form, and weak; y = 2^255 - 17 is y = 2, and no point.
        let other: [u8; 32] = std::array::from_fn(|index| match index {
            0 => 0xf0,
            31 => 0x7f,
            _ => 0xff,
        });
        let modulus = [&[0, 0x80][..], &[1; 255]].concat();
        let short = [&[0, 0x80][..], &[1; 127]].concat();
        let even = [&[0x02][..], &[0x77; 32]].concat();
        assert!(PublicKey::parse(&line("ssh-rsa", &[b"ssh-rsa", &[3], &modulus])).is_ok());
        for other in [
            line("ssh-ed25519", &[b"ssh-ed25519", &zero]),
            line("ssh-ed25519", &[b"ssh-ed25519", &other]),
            line("sk-ssh-ed25519@openssh.com", &[b"sk-ssh-ed25519@openssh.com", &zero, b"ssh:"]),
            line("ssh-rsa", &[b"ssh-rsa", &[3], &short]),
            line("ssh-rsa", &[b"ssh-rsa", &[3], &[1; 1025]]),
            line("ssh-rsa", &[b"ssh-rsa", &[0, 3], &modulus]),
            line("ssh-rsa", &[b"rsa-sha2-512", &[3], &modulus]),
            line("rsa-sha2-512", &[b"rsa-sha2-512", &[3], &modulus]),
            line("ssh-rsa", &[b"ssh-rsa", &[3], &modulus, b""]),
            line("ssh-dss", &[b"ssh-dss", &[3], &[3], &[3], &[3]]),
            line("ecdsa-sha2-nistp256", &[b"ecdsa-sha2-nistp256", b"nistp256", &even]),
            line("ssh-ed448", &[b"ssh-ed448", &[1; 57]]),
        ] {
            assert!(PublicKey::parse(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn wants_security_keys_made_for_ssh() {
        let raw = PublicKey::parse(KEY).unwrap().ed25519().unwrap();
        let kind = "sk-ssh-ed25519@openssh.com";
        let with = |application: &str| {
            PublicKey::parse(&line(kind, &[kind.as_bytes(), &raw, application.as_bytes()]))
        };
        assert!(with("ssh:").is_ok() && with("ssh:coseal").is_ok());
        assert!(with("https://example.org").is_err() && with("").is_err());
        assert_eq!(with("ssh:").unwrap().ed25519(), None);
    }
}
