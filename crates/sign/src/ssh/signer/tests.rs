use ssh_key::{
    Cipher, Kdf, LineEnding, Mpint, PrivateKey,
    private::{Ed25519Keypair, KeypairData, RsaKeypair, RsaPrivateKey},
    public::RsaPublicKey,
};

use super::Signer;
use crate::ssh::{SshError, verify};

fn key() -> PrivateKey {
    let pair = KeypairData::Ed25519(Ed25519Keypair::from_seed(&[7; 32]));
    PrivateKey::new(pair, "mona@laptop.example".to_owned()).unwrap()
}

fn text(key: &PrivateKey) -> String {
    key.to_openssh(LineEnding::LF).unwrap().to_string()
}

/// Encrypted with one round, then said to want `rounds`.
fn encrypted(rounds: u32) -> String {
    let kdf = Kdf::Bcrypt { salt: vec![9; 16], rounds: 1 };
    let key = key().encrypt_with(Cipher::Aes256Ctr, kdf, 1, "correct horse").unwrap();
    let mut bytes = key.to_bytes().unwrap().to_vec();
    let salt = bytes.windows(16).position(|window| window == [9; 16]).unwrap();
    bytes[salt + 16..salt + 20].copy_from_slice(&rounds.to_be_bytes());
    text(&PrivateKey::from_bytes(&bytes).unwrap())
}

#[test]
fn signs_with_a_key_and_shows_nothing_of_it() {
    let signer = Signer::from_openssh(&text(&key()), &mut || panic!("not encrypted")).unwrap();
    let signature = signer.sign("coseal-decision", b"yes").unwrap();
    assert_eq!(verify("coseal-decision", b"yes", &signature).as_ref(), Ok(signer.public()));
    assert_eq!(signer.sign("", b"yes"), Err(SshError::Namespace));
    let shown = format!("{signer:?} {}", signer.public());
    assert!(!shown.contains("mona") && !shown.contains("[7, 7"), "{shown}");
}

#[test]
fn decrypts_with_the_passphrase_only() {
    let with = |answer: Option<&str>| {
        Signer::from_openssh(&encrypted(1), &mut || answer.map(str::to_owned))
    };
    assert!(with(Some("correct horse")).is_ok());
    assert_eq!(with(None).unwrap_err(), SshError::NoPassphrase);
    for wrong in ["", "wrong horse"] {
        assert_eq!(with(Some(wrong)).unwrap_err(), SshError::WrongPassphrase);
    }
}

#[test]
fn does_only_so_many_rounds() {
    for rounds in [1001, u32::MAX] {
        let found = Signer::from_openssh(&encrypted(rounds), &mut || panic!("asked too early"));
        assert_eq!(found.unwrap_err(), SshError::Rounds { rounds, most: 1000 });
    }
}

#[test]
fn refuses_what_is_no_private_key() {
    let none = |text: &str| Signer::from_openssh(text, &mut || None).unwrap_err();
    let public = key().public_key().to_openssh().unwrap();
    for text in
        ["", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", &public]
    {
        assert!(matches!(none(text), SshError::PrivateKey(_)), "{text}");
    }
    assert!(matches!(none(&"A".repeat(65 * 1024)), SshError::PrivateKey(_)));
    let other = Ed25519Keypair {
        public: Ed25519Keypair::from_seed(&[8; 32]).public,
        private: Ed25519Keypair::from_seed(&[7; 32]).private,
    };
    let torn = PrivateKey::new(KeypairData::Ed25519(other), "").unwrap();
    let signed = Signer::from_openssh(&text(&torn), &mut || None)
        .and_then(|signer| signer.sign("coseal-decision", b"yes"));
    assert!(matches!(signed, Err(SshError::PrivateKey(_))), "{signed:?}");
}

#[test]
fn finds_no_agent_for_a_public_key() {
    let public = key().public_key().to_openssh().unwrap();
    let found = Signer::find(&public, None, &mut || None);
    assert_eq!(found.unwrap_err(), SshError::NoAgent);
    assert!(Signer::find(&text(&key()), None, &mut || None).is_ok());
}

#[test]
fn refuses_an_exponent_that_is_too_long() {
    let number = |bytes: usize| Mpint::from_bytes(&vec![1; bytes]).unwrap();
    let with = |bytes| {
        let public = RsaPublicKey::new(number(1), number(257)).unwrap();
        let private = RsaPrivateKey::new(number(bytes), number(9), number(9), number(9)).unwrap();
        let pair = RsaKeypair::new(public, private).unwrap();
        let key = PrivateKey::new(KeypairData::Rsa(pair), "").unwrap();
        Signer::from_openssh(&text(&key), &mut || None)
    };
    assert!(with(257).is_ok());
    assert!(matches!(with(258), Err(SshError::PrivateKey(_))));
}
