//! Any text as TypeScript with markup: never a panic, bounded, and the same assets twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let first = coseal_source::code::of_text("a.tsx", text);
    assert_eq!(first, coseal_source::code::of_text("a.tsx", text));
});
