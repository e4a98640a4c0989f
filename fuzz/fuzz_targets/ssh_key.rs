//! Any text, and any bytes in the form of a key, as a public and as a private key: never a panic. A public key is read as
//! it is written; what a private key signs is accepted. Nobody knows a passphrase, so no key is stretched.
#![no_main]

use base64ct::{Base64, Encoding};
use coseal_sign::ssh::{PublicKey, Signer, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        public(text);
        private(text);
    }
    let base64 = Base64::encode_string(data);
    if let Some(name) = name(data) {
        public(&format!("{name} {base64}"));
    }
    let lines: Vec<_> = base64.as_bytes().chunks(70).map(String::from_utf8_lossy).collect();
    let inner = lines.join("\n");
    private(&format!(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n{inner}\n-----END OPENSSH PRIVATE KEY-----\n"
    ));
});

/// The name that a key's bytes begin with.
fn name(data: &[u8]) -> Option<&str> {
    let (length, rest) = data.split_first_chunk::<4>()?;
    let name = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    std::str::from_utf8(name).ok()
}

fn public(line: &str) {
    if let Ok(key) = PublicKey::parse(line) {
        let written = key.to_string();
        assert!(line.starts_with(&written));
        assert_eq!(PublicKey::parse(&written), Ok(key));
    }
}

fn private(text: &str) {
    let Ok(signer) = Signer::from_openssh(text, &mut || None) else { return };
    if let Ok(signature) = signer.sign("coseal-decision", b"message") {
        let key = verify("coseal-decision", b"message", &signature);
        assert_eq!(key.as_ref(), Ok(signer.public()));
    }
}
