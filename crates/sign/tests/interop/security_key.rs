//! Signatures as a security key makes them (PROTOCOL.u2f), by keys in software.

use coseal_sign::ssh::{PublicKey, SshError, verify};
use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha256};
use ssh_key::{
    Algorithm, HashAlg, Signature, SshSig,
    encoding::{Decode, Encode},
    private::EcdsaKeypair,
    public::{Ed25519PublicKey, KeyData, SkEcdsaSha2NistP256, SkEd25519},
    sec1::EncodedPoint,
};

use crate::{
    forged::{encode, refused_when_flipped},
    openssh::{MESSAGE, NAMESPACE, folder, takes},
};

/// The key of RFC 6979, A.2.5: the point, and the private number.
const P256: [&str; 2] = [
    "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6\
     7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
    "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
];
const TOUCHED: u8 = 1;

enum Device {
    Ed25519(ed25519_dalek::SigningKey),
    P256(EcdsaKeypair),
}

fn devices() -> [Device; 2] {
    let [point, number] = P256.map(base16);
    let mut pair = Vec::new();
    "nistp256".encode(&mut pair).unwrap();
    point.encode(&mut pair).unwrap();
    // As an mpint: its first bit is set.
    [&[0], number.as_slice()].concat().encode(&mut pair).unwrap();
    let pair = EcdsaKeypair::decode(&mut pair.as_slice()).unwrap();
    [Device::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[7; 32])), Device::P256(pair)]
}

fn base16(text: &str) -> Vec<u8> {
    let digits: Vec<_> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
    let pairs = digits.as_chunks::<2>().0;
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).unwrap()).collect()
}

impl Device {
    fn key(&self, application: &str) -> KeyData {
        match self {
            Self::Ed25519(key) => {
                let public = Ed25519PublicKey(key.verifying_key().to_bytes());
                SkEd25519::new(public, application).into()
            }
            Self::P256(_) => {
                let point = EncodedPoint::from_bytes(base16(P256[0])).unwrap();
                SkEcdsaSha2NistP256::new(point, application).into()
            }
        }
    }

    /// What the device signs, and how OpenSSH writes it: without the kind and the length of the whole.
    fn sign(&self, application: &str, flags: u8, counter: u32, data: &[u8]) -> Signature {
        let trailer = [&[flags][..], &counter.to_be_bytes()].concat();
        let hashes = [Sha256::digest(application), Sha256::digest(data)];
        let data = [&hashes[0][..], &trailer, &hashes[1][..]].concat();
        let (kind, made) = match self {
            Self::Ed25519(key) => (Algorithm::SkEd25519, key.sign(&data).to_bytes().to_vec()),
            Self::P256(pair) => {
                let made: Signature = pair.try_sign(&data).unwrap();
                (Algorithm::SkEcdsaSha2NistP256, made.as_bytes().to_vec())
            }
        };
        Signature::new(kind, [made, trailer].concat()).unwrap()
    }

    fn text(&self, application: &str, flags: u8, counter: u32) -> String {
        let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, MESSAGE).unwrap();
        let signature = self.sign(application, flags, counter, &data);
        let key = self.key(application);
        let signed = SshSig::new(key, NAMESPACE, HashAlg::Sha512, signature).unwrap();
        encode(&signed.encode_vec().unwrap())
    }

    fn public(&self) -> PublicKey {
        let key = ssh_key::PublicKey::from(self.key("ssh:"));
        PublicKey::parse(&key.to_openssh().unwrap()).unwrap()
    }
}

#[test]
fn a_touched_key_is_accepted_here_and_by_ssh_keygen() {
    let folder = folder();
    for device in devices() {
        let key = device.public();
        // Touched; and somebody recognised; and the key backed up.
        for (flags, counter) in [(TOUCHED, 0), (TOUCHED, u32::MAX), (5, 9), (0b1_1101, 9)] {
            let text = device.text("ssh:", flags, counter);
            assert_eq!(verify(NAMESPACE, MESSAGE, &text).as_ref(), Ok(&key), "{flags}");
            assert_eq!(verify(NAMESPACE, b"edited", &text), Err(SshError::Mismatch));
            assert_eq!(verify("file", MESSAGE, &text), Err(SshError::Namespace));
            if let Some(folder) = &folder {
                assert!(takes(folder, &key, &text, MESSAGE), "{flags}");
                assert!(!takes(folder, &key, &text, b"edited"));
            }
        }
    }
}

#[test]
fn an_untouched_key_is_refused() {
    for device in devices() {
        for flags in [0, 4, 0b1_1100] {
            let refused = verify(NAMESPACE, MESSAGE, &device.text("ssh:", flags, 9));
            assert_eq!(refused, Err(SshError::Untouched), "{flags}");
        }
        // Reserved bits; attested data; extensions.
        for bit in [1, 5, 6, 7] {
            let refused = verify(NAMESPACE, MESSAGE, &device.text("ssh:", TOUCHED | 1 << bit, 9));
            assert!(matches!(refused, Err(SshError::Malformed(_))), "{bit}: {refused:?}");
        }
    }
}

#[test]
fn a_key_for_a_web_page_is_refused() {
    for device in devices() {
        let refused = verify(NAMESPACE, MESSAGE, &device.text("https://example.org", TOUCHED, 9));
        assert!(matches!(refused, Err(SshError::PublicKey(_))), "{refused:?}");
        assert!(verify(NAMESPACE, MESSAGE, &device.text("ssh:other", TOUCHED, 9)).is_ok());
    }
}

#[test]
fn every_flipped_bit_of_a_security_key_is_refused() {
    for device in devices() {
        refused_when_flipped(&device.text("ssh:", TOUCHED, 9));
    }
}
