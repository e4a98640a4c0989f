//! Verifying the signatures that `ssh-keygen -Y sign` makes (PROTOCOL.sshsig). The crate `ssh-key` reads them and
//! verifies ECDSA and RSA; what it leaves open is closed here.

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};
use ssh_key::{
    Algorithm, HashAlg, Signature, SshSig,
    encoding::{Decode, Encode},
    public::{Ed25519PublicKey, KeyData},
};

use crate::ssh::{PublicKey, SshError, armour};

/// Flags of a security key (WebAuthn §6.1): somebody touched it.
const PRESENT: u8 = 1;
/// Further flags that a signature may have: somebody was recognised; the key can be, or is, backed up. The others are
/// reserved, or announce data that an ssh signature has no place for.
const HARMLESS: u8 = 0b0001_1100;

/// The key that signed `message` for `namespace`; what that key may sign is for the caller to decide.
///
/// `armoured` is exactly what ssh-keygen writes, with LF or CRLF. Keys are those of [`PublicKey`]; RSA only with SHA-2;
/// a security key only if it was touched. Ed25519 is strict (no point of small order). An ECDSA signature has a twin
/// that matches as well, so a signature is no identifier.
///
/// # Errors
/// [`SshError`] says what is wrong with the signature or its key.
pub fn verify(namespace: &str, message: &[u8], armoured: &str) -> Result<PublicKey, SshError> {
    let signed = read(&armour::open(armoured)?)?;
    if namespace.is_empty() || signed.namespace() != namespace {
        return Err(SshError::Namespace);
    }
    let key = PublicKey::from_data(signed.public_key().clone())?;
    of_its_kind(key.data(), signed.signature())?;
    matches(key.data(), message, &signed)?;
    Ok(key)
}

/// Reads the bytes of a signature. They are refused if writing it again gives others: that finds trailing bytes, numbers
/// with leading zeros, and names that mean the same.
fn read(blob: &[u8]) -> Result<SshSig, SshError> {
    let signed = SshSig::decode(&mut &*blob).map_err(|error| match error {
        ssh_key::Error::Version { .. } => SshError::Malformed("its version is unknown"),
        ssh_key::Error::Namespace => SshError::Namespace,
        _ => SshError::Malformed("its bytes make no signature"),
    })?;
    if signed.encode_vec().ok().as_deref() != Some(blob) {
        return Err(SshError::Malformed("its bytes aren't in the one form that they have"));
    }
    if signed.version() != SshSig::VERSION {
        return Err(SshError::Malformed("its version is unknown"));
    }
    // OpenSSH skips it, and does not sign it: it could be changed unnoticed.
    if !signed.reserved().is_empty() {
        return Err(SshError::Malformed("its reserved field isn't empty"));
    }
    Ok(signed)
}

/// Is it the kind of signature that the key makes? The crate does not compare them for a security key.
fn of_its_kind(key: &KeyData, signature: &Signature) -> Result<(), SshError> {
    match (key, signature.algorithm()) {
        (KeyData::Rsa(_), Algorithm::Rsa { hash: None }) => Err(SshError::Kind("RSA with SHA-1")),
        // The crate also takes one without its leading zeros.
        (KeyData::Rsa(key), Algorithm::Rsa { hash: Some(HashAlg::Sha256 | HashAlg::Sha512) }) => {
            let modulus = key.n().as_positive_bytes().unwrap_or_default();
            if signature.as_bytes().len() == modulus.len() {
                Ok(())
            } else {
                Err(SshError::Malformed("it isn't as long as its key"))
            }
        }
        (key, kind) if key.algorithm() == kind => Ok(()),
        (_, Algorithm::Other(_)) => Err(SshError::Kind("neither plain nor of a security key")),
        _ => Err(SshError::Kind("not the kind that its key makes")),
    }
}

fn matches(key: &KeyData, message: &[u8], signed: &SshSig) -> Result<(), SshError> {
    let data = SshSig::signed_data(signed.namespace(), signed.hash_alg(), message)
        .map_err(|_| SshError::Mismatch)?;
    match key {
        KeyData::Ed25519(key) => strict(key, &data, signed.signature_bytes()),
        KeyData::SkEd25519(key) => {
            let (signature, trailer) = touched(signed.signature_bytes())?;
            let mut by_device = Sha256::digest(key.application()).to_vec();
            by_device.extend(trailer);
            by_device.extend(Sha256::digest(&data));
            strict(key.public_key(), &by_device, signature)
        }
        KeyData::SkEcdsaSha2NistP256(_) => {
            touched(signed.signature_bytes())?;
            by_crate(key, message, signed)
        }
        _ => by_crate(key, message, signed),
    }
}

fn by_crate(key: &KeyData, message: &[u8], signed: &SshSig) -> Result<(), SshError> {
    ssh_key::PublicKey::from(key.clone())
        .verify(signed.namespace(), message, signed)
        .map_err(|_| SshError::Mismatch)
}

/// The crate's own verification of Ed25519 is not strict.
fn strict(key: &Ed25519PublicKey, data: &[u8], signature: &[u8]) -> Result<(), SshError> {
    let signature =
        ed25519_dalek::Signature::from_slice(signature).map_err(|_| SshError::Mismatch)?;
    VerifyingKey::from_bytes(&key.0)
        .and_then(|key| key.verify_strict(data, &signature))
        .map_err(|_| SshError::Mismatch)
}

/// The signature of a security key, and what stands behind it: a byte of flags and a counter of four (PROTOCOL.u2f). The
/// counter's value says nothing to somebody who sees one signature. The crate looks at neither.
fn touched(bytes: &[u8]) -> Result<(&[u8], [u8; 5]), SshError> {
    const SHORT: SshError = SshError::Malformed("its bytes make no signature");
    let (signature, trailer) = bytes.split_last_chunk::<5>().ok_or(SHORT)?;
    let [flags, ..] = *trailer;
    if flags & PRESENT == 0 {
        return Err(SshError::Untouched);
    }
    if flags & !(PRESENT | HARMLESS) != 0 {
        return Err(SshError::Malformed(
            "the security key set flags that an ssh signature can't have",
        ));
    }
    Ok((signature, *trailer))
}

#[cfg(test)]
mod tests;
