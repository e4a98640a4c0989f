//! Any bytes as a signed note and as the checkpoint in it: what is read is written back byte for byte, and nothing
//! verifies under a key that signed nothing.
#![no_main]

use coseal_sign::{
    checkpoint::Checkpoint,
    note::{Note, VerifierKey},
};
use libfuzzer_sys::fuzz_target;

const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

fuzz_target!(|data: &[u8]| {
    if let Some(key) = std::str::from_utf8(data).ok().and_then(|text| VerifierKey::parse(text).ok())
    {
        assert_eq!(key.to_string().as_bytes(), data);
    }
    let Ok(note) = Note::parse(data) else { return };
    assert_eq!(note.to_bytes(), data);
    if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
        assert_eq!(checkpoint.to_string(), note.text());
    }
    let key = VerifierKey::parse(KEY).expect("the example's key");
    assert!(note.verify(&key).is_err() || note.text() == "This is an example message.\n");
});
