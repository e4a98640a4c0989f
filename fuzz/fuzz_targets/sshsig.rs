//! Any text, and any bytes in the armour of a signature: never a panic, and the same verdict twice. A key that comes out
//! is one that goes in.
#![no_main]

use base64ct::{Base64, Encoding};
use coseal_sign::ssh::{PublicKey, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        judge(text);
    }
    let base64 = Base64::encode_string(data).into_bytes();
    let lines: Vec<_> = base64.chunks(70).map(String::from_utf8_lossy).collect();
    let inner = lines.join("\n");
    judge(&format!("-----BEGIN SSH SIGNATURE-----\n{inner}\n-----END SSH SIGNATURE-----\n"));
});

fn judge(text: &str) {
    const MESSAGE: &[u8] = b"title = \"Ship it\"\nuntil = 2027-05-01\n";
    let verdict = verify("coseal-decision", MESSAGE, text);
    assert_eq!(verdict, verify("coseal-decision", MESSAGE, text));
    if let Ok(key) = verdict {
        assert_eq!(Ok(&key), PublicKey::parse(&key.to_string()).as_ref());
        assert!(verify("coseal-decision", b"another", text).is_err());
        assert!(verify("file", MESSAGE, text).is_err());
    }
}
