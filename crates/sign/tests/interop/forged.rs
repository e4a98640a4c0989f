//! Signatures that were changed, or made in a way that is not accepted.

use std::fs;

use base64ct::{Base64, Encoding};
use coseal_sign::ssh::{SshError, verify};
use ed25519_dalek::Signer as _;
use ssh_key::{
    Algorithm, HashAlg, LineEnding, PrivateKey, Signature, SshSig,
    encoding::{Decode, Encode},
};

use crate::openssh::{KINDS, MESSAGE, NAMESPACE, folder, key, public, signature};

/// The bytes in a signature's text.
pub(crate) fn decode(text: &str) -> Vec<u8> {
    let inner: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    Base64::decode_vec(&inner).unwrap()
}

/// A text of these bytes.
pub(crate) fn encode(blob: &[u8]) -> String {
    let base64 = Base64::encode_string(blob).into_bytes();
    let lines: Vec<_> =
        base64.chunks(70).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    let inner = lines.join("\n");
    format!("-----BEGIN SSH SIGNATURE-----\n{inner}\n-----END SSH SIGNATURE-----\n")
}

/// Each bit flipped on its own: whatever it is, it is refused.
pub(crate) fn refused_when_flipped(text: &str) {
    let blob = decode(text);
    assert_eq!(encode(&blob), text);
    for bit in 0..blob.len() * 8 {
        let mut flipped = blob.clone();
        if let Some(byte) = flipped.get_mut(bit / 8) {
            *byte ^= 1 << (bit % 8);
        }
        assert!(verify(NAMESPACE, MESSAGE, &encode(&flipped)).is_err(), "bit {bit}");
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let Some(folder) = folder() else { return };
    for kind in KINDS {
        let text = signature(&key(&folder, kind, ""), "sha512", None);
        refused_when_flipped(&text);
    }
}

#[test]
fn rsa_signs_with_sha_2_only() {
    let Some(folder) = folder() else { return };
    let path = key(&folder, ("rsa", "2048"), "");
    let secret = PrivateKey::from_openssh(fs::read_to_string(&path).unwrap()).unwrap();
    let pair = secret.key_data().rsa().unwrap();
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, MESSAGE).unwrap();
    let text = |signature| {
        let key = secret.public_key().key_data().clone();
        let signed = SshSig::new(key, NAMESPACE, HashAlg::Sha512, signature).unwrap();
        signed.to_pem(LineEnding::LF).unwrap()
    };
    let sha256: Signature = (pair, Some(HashAlg::Sha256)).try_sign(&data).unwrap();
    assert_eq!(verify(NAMESPACE, MESSAGE, &text(sha256.clone())), Ok(public(&path)));
    let sha1 = Signature::new(Algorithm::Rsa { hash: None }, sha256.as_bytes()).unwrap();
    let refused = verify(NAMESPACE, MESSAGE, &text(sha1));
    assert_eq!(refused, Err(SshError::Kind("RSA with SHA-1")));
    let longer = [&[0], sha256.as_bytes()].concat();
    let longer = Signature::new(sha256.algorithm(), longer).unwrap();
    let refused = verify(NAMESPACE, MESSAGE, &text(longer));
    assert!(matches!(refused, Err(SshError::Malformed(_))), "{refused:?}");
}

/// A signature names its key itself: whoever signs, the caller learns who it was.
#[test]
fn a_signature_under_another_key_is_refused() {
    let Some(folder) = folder() else { return };
    let path = key(&folder, ("ed25519", "256"), "");
    let stranger = key(&folder, ("ed25519", "256"), "stranger");
    let text = signature(&path, "sha512", None);
    let signed = SshSig::decode(&mut decode(&text).as_slice()).unwrap();
    let line = public(&stranger).to_string();
    let other = ssh_key::PublicKey::from_openssh(&line).unwrap().key_data().clone();
    let swapped =
        SshSig::new(other, NAMESPACE, HashAlg::Sha512, signed.signature().clone()).unwrap();
    let swapped = encode(&swapped.encode_vec().unwrap());
    assert_eq!(verify(NAMESPACE, MESSAGE, &swapped), Err(SshError::Mismatch));
}
