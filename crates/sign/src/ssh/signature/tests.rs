//! Signatures put together field by field, so that each can be wrong on its own.

use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha512};
use ssh_key::{
    encoding::Encode,
    private::{Ed25519Keypair, KeypairData},
};

use super::{super::armour, verify};
use crate::ssh::{PublicKey, SshError};

const MESSAGE: &[u8] = b"the risk is accepted until May";

struct Fields {
    version: u32,
    key: Vec<u8>,
    namespace: &'static [u8],
    reserved: &'static [u8],
    hash: &'static [u8],
    kind: &'static [u8],
    behind: &'static [u8],
}

fn good() -> Fields {
    Fields {
        version: 1,
        key: public().blob().to_vec(),
        namespace: b"coseal-decision",
        reserved: b"",
        hash: b"sha512",
        kind: b"ssh-ed25519",
        behind: b"",
    }
}

fn pair() -> Ed25519Keypair {
    Ed25519Keypair::from_seed(&[7; 32])
}

fn public() -> PublicKey {
    let data = KeypairData::Ed25519(pair());
    PublicKey::from_data((&data).try_into().unwrap()).unwrap()
}

/// What was signed is right for the fields: only the rule in question can refuse it.
fn signed(fields: &Fields) -> Vec<u8> {
    let mut data = b"SSHSIG".to_vec();
    let hash = Sha512::digest(MESSAGE);
    for part in [fields.namespace, fields.reserved, fields.hash, &hash] {
        part.encode(&mut data).unwrap();
    }
    let made = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).sign(&data).to_bytes();
    let mut signature = Vec::new();
    fields.kind.encode(&mut signature).unwrap();
    made.as_slice().encode(&mut signature).unwrap();
    let mut blob = b"SSHSIG".to_vec();
    blob.extend(fields.version.to_be_bytes());
    for part in [&fields.key, fields.namespace, fields.reserved, fields.hash, &signature] {
        part.encode(&mut blob).unwrap();
    }
    blob.extend(fields.behind);
    blob
}

fn judge(fields: &Fields) -> Result<PublicKey, SshError> {
    verify("coseal-decision", MESSAGE, &armour::close(&signed(fields)))
}

#[test]
fn accepts_a_good_one_and_names_its_key() {
    assert_eq!(judge(&good()), Ok(public()));
}

#[test]
fn refuses_each_field_that_is_wrong() {
    let malformed = |fields| matches!(judge(&fields), Err(SshError::Malformed(_)));
    assert!(malformed(Fields { version: 0, ..good() }));
    assert!(malformed(Fields { version: 2, ..good() }));
    assert!(malformed(Fields { reserved: b"x", ..good() }));
    assert!(malformed(Fields { hash: b"sha1", ..good() }));
    assert!(malformed(Fields { hash: b"SHA512", ..good() }));
    assert!(malformed(Fields { kind: b"ssh-ed448", ..good() }));
    assert!(malformed(Fields { behind: b"\0", ..good() }));
    assert!(malformed(Fields { key: b"\0\0\0\x0bssh-ed25519\0\0\0\0".to_vec(), ..good() }));
    let namespace = |namespace| judge(&Fields { namespace, ..good() });
    assert_eq!(namespace(b"file"), Err(SshError::Namespace));
    assert_eq!(namespace(b""), Err(SshError::Namespace));
    assert_eq!(namespace(b"coseal-decision\0"), Err(SshError::Namespace));
    assert!(namespace(b"coseal-decision\xff").is_err());
    let kind = |kind| matches!(judge(&Fields { kind, ..good() }), Err(SshError::Kind(_)));
    assert!(kind(b"ssh-rsa") && kind(b"rsa-sha2-512") && kind(b"ssh-ed448@example.org"));
    assert!(kind(b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com"));
}

#[test]
fn refuses_no_namespace() {
    let text = armour::close(&signed(&Fields { namespace: b"", ..good() }));
    assert_eq!(verify("", MESSAGE, &text), Err(SshError::Namespace));
    assert_eq!(verify("", MESSAGE, &armour::close(&signed(&good()))), Err(SshError::Namespace));
}

#[test]
fn refuses_another_message_and_another_key() {
    let text = armour::close(&signed(&good()));
    let other = verify("coseal-decision", b"the risk is accepted until June", &text);
    assert_eq!(other, Err(SshError::Mismatch));
    let other = Ed25519Keypair::from_seed(&[8; 32]).public.0;
    let other = PublicKey::from_ed25519(&other).unwrap().blob().to_vec();
    assert_eq!(judge(&Fields { key: other, ..good() }), Err(SshError::Mismatch));
}

/// The identity point as key, and as R: S = 0 then matches every message, unless the verification is strict.
#[test]
fn refuses_a_signature_that_matches_everything() {
    let mut key = Vec::new();
    b"ssh-ed25519".as_slice().encode(&mut key).unwrap();
    let identity = std::array::from_fn(|index| u8::from(index == 0));
    identity.as_slice().encode(&mut key).unwrap();
    assert_eq!(judge(&Fields { key, ..good() }), Err(SshError::PublicKey("it is weak")), "the key");
    assert!(PublicKey::from_ed25519(&identity).is_err());
}

#[test]
fn refuses_every_cut_and_every_flipped_bit() {
    let blob = signed(&good());
    for length in 0..blob.len() {
        assert!(verify("coseal-decision", MESSAGE, &armour::close(&blob[..length])).is_err());
    }
    for bit in 0..blob.len() * 8 {
        let mut flipped = blob.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(verify("coseal-decision", MESSAGE, &armour::close(&flipped)).is_err(), "{bit}");
    }
}
