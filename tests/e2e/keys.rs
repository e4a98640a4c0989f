//! Keys of people, made once a run, and the trust root that knows some of them.

use std::{collections::BTreeMap, fs, process::Command, sync::LazyLock};

use coseal_core::{decision::NAMESPACE, digest::Digest, fact::Signer as Who};
use coseal_sign::ssh::{PublicKey, Signer};

/// Keys that the trust root knows, each for the role of its name.
const ROLES: [&str; 5] = ["owner", "risk-owner", "privacy", "developer", "single"];
/// Keys that it does not know, that it has revoked, and a key of somebody who has no trust root.
const OTHERS: [&str; 3] = ["stranger", "revoked", "unproven"];

static KEYS: LazyLock<BTreeMap<&str, Signer>> =
    LazyLock::new(|| ROLES.iter().chain(&OTHERS).map(|name| (*name, generated())).collect());

/// A new key, as the text of a private key.
pub(crate) fn private_key() -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(&file)
        .status()
        .unwrap();
    assert!(made.success());
    fs::read_to_string(file).unwrap()
}

fn generated() -> Signer {
    Signer::from_openssh(&private_key(), &mut || None).unwrap()
}

/// Signs a decision with the key of that name; `broken` is a signature of something else.
pub(crate) fn sign(name: &str, decision: &[u8]) -> String {
    let (name, decision) =
        if name == "broken" { ("owner", &b"something else"[..]) } else { (name, decision) };
    KEYS[name].sign(NAMESPACE, decision).unwrap()
}

/// Who a key is. The key `single` is of one person alone, in every role.
pub(crate) fn identify(key: &PublicKey, _: &Digest) -> Who {
    let name = KEYS.iter().find(|(_, signer)| signer.public() == key).map(|(name, _)| *name);
    let fingerprint = key.fingerprint();
    match name {
        Some("unproven") => Who::Unproven { key: fingerprint },
        Some("revoked") => Who::Revoked { key: "revoked".into() },
        Some("single") => Who::Proven {
            key: "single".into(),
            roles: ROLES.iter().map(|role| (*role).to_owned()).collect(),
            single: true,
        },
        Some(role) if ROLES.contains(&role) => {
            Who::Proven { key: role.into(), roles: [role.to_owned()].into(), single: false }
        }
        _ => Who::Stranger { key: fingerprint },
    }
}
