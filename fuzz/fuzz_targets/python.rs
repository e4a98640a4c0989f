//! Any text as Python, and as a notebook: never a panic, bounded, and the same assets twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for path in ["a.py", "a.ipynb"] {
        let first = coseal_source::code::of_text(path, text);
        assert_eq!(first, coseal_source::code::of_text(path, text));
    }
});
