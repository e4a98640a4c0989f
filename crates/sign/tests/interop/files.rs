//! Keys in files.

use std::fs;

use coseal_sign::ssh::{PublicKey, Signer, SshError, verify};

use crate::openssh::{
    KINDS, MESSAGE, NAMESPACE, attempt, folder, key, public, run, say, signature, takes,
};

#[test]
fn what_ssh_keygen_signs_is_accepted() {
    let Some(folder) = folder() else { return };
    for kind in KINDS {
        let key = key(&folder, kind, "");
        for hash in ["sha256", "sha512"] {
            let text = signature(&key, hash, None);
            assert_eq!(verify(NAMESPACE, MESSAGE, &text), Ok(public(&key)), "{kind:?} {hash}");
            assert_eq!(verify(NAMESPACE, MESSAGE, &text.replace('\n', "\r\n")), Ok(public(&key)));
            assert_eq!(verify("file", MESSAGE, &text), Err(SshError::Namespace));
            assert_eq!(verify(NAMESPACE, b"edited", &text), Err(SshError::Mismatch));
        }
    }
}

#[test]
fn what_is_signed_here_is_accepted_by_ssh_keygen() {
    let Some(folder) = folder() else { return };
    let stranger = public(&key(&folder, ("ed25519", "256"), "stranger"));
    for kind in KINDS {
        for passphrase in ["", "correct horse"] {
            let path = key(&folder, kind, passphrase);
            let secret = fs::read_to_string(&path).unwrap();
            let mut asked = 0_usize;
            let signer = Signer::from_openssh(&secret, &mut || {
                asked += 1;
                Some(passphrase.to_owned())
            });
            let signer = signer.unwrap();
            assert_eq!(asked, usize::from(!passphrase.is_empty()));
            assert_eq!(signer.public(), &public(&path));
            let text = signer.sign(NAMESPACE, MESSAGE).unwrap();
            assert!(takes(&folder, signer.public(), &text, MESSAGE), "{kind:?}");
            assert!(!takes(&folder, signer.public(), &text, b"edited"));
            let elsewhere = signer.sign("file", MESSAGE).unwrap();
            assert!(!takes(&folder, signer.public(), &elsewhere, MESSAGE));
            assert_ne!(signer.public(), &stranger);
        }
    }
}

#[test]
fn every_cipher_of_ssh_keygen_is_decrypted() {
    let Some(folder) = folder() else { return };
    let path = key(&folder, ("ed25519", "256"), "correct horse");
    let name = path.to_str().unwrap();
    let ciphers =
        ["aes128-ctr", "aes256-cbc", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"];
    for cipher in ciphers {
        run(
            &[
                "-q",
                "-p",
                "-Z",
                cipher,
                "-a",
                "2",
                "-P",
                "correct horse",
                "-N",
                "correct horse",
                "-f",
                name,
            ],
            b"",
            None,
        );
        let secret = fs::read_to_string(&path).unwrap();
        let with = |word: &str| Signer::from_openssh(&secret, &mut || Some(word.to_owned()));
        assert!(with("correct horse").is_ok(), "{cipher}");
        assert_eq!(with("wrong horse").unwrap_err(), SshError::WrongPassphrase, "{cipher}");
    }
}

#[test]
fn fingerprints_are_those_that_ssh_keygen_shows() {
    let Some(folder) = folder() else { return };
    for kind in KINDS {
        let path = key(&folder, kind, "");
        let shown = run(&["-l", "-f", path.to_str().unwrap()], b"", None);
        assert!(shown.contains(&public(&path).fingerprint()), "{shown}");
        let line = fs::read_to_string(path.with_extension("pub")).unwrap();
        assert_eq!(line.replace(" mona@laptop.example\n", ""), public(&path).to_string());
    }
}

#[test]
fn weak_keys_are_refused() {
    let Some(folder) = folder() else { return };
    for (kind, bits) in [("rsa", "1024"), ("rsa", "2047"), ("dsa", "1024")] {
        let path = folder.path().join(format!("{kind}{bits}"));
        let name = path.to_str().unwrap();
        let (made, _) = attempt(&["-q", "-t", kind, "-b", bits, "-N", "", "-f", name], b"", None);
        if !made {
            say(&format!("skipped: ssh-keygen makes no {kind} key of {bits} bits"));
            continue;
        }
        let line = fs::read_to_string(path.with_extension("pub")).unwrap();
        assert!(matches!(PublicKey::parse(&line), Err(SshError::PublicKey(_))), "{kind} {bits}");
        let secret = fs::read_to_string(&path).unwrap();
        assert!(Signer::from_openssh(&secret, &mut || None).is_err(), "{kind} {bits}");
        let text = signature(&path, "sha512", None);
        let refused = verify(NAMESPACE, MESSAGE, &text);
        assert!(matches!(refused, Err(SshError::PublicKey(_))), "{kind} {bits}: {refused:?}");
    }
}

/// Nobody has such a key, but ssh-keygen makes it: it verifies, and signs through the agent.
#[test]
fn rsa_keys_of_odd_lengths_verify() {
    let Some(folder) = folder() else { return };
    for bits in ["2050", "2056"] {
        let path = key(&folder, ("rsa", bits), "");
        let text = signature(&path, "sha512", None);
        assert_eq!(verify(NAMESPACE, MESSAGE, &text), Ok(public(&path)), "{bits}");
        let secret = fs::read_to_string(&path).unwrap();
        let signer = Signer::from_openssh(&secret, &mut || None).unwrap();
        let refused = signer.sign(NAMESPACE, MESSAGE);
        assert!(matches!(refused, Err(SshError::PrivateKey(_))), "{bits}: {refused:?}");
    }
}
