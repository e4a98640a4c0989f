//! Any text as a system file: never a panic, and the same reading twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let first = format!("{:?}", coseal_core::system::read(text));
    assert_eq!(first, format!("{:?}", coseal_core::system::read(text)));
});
