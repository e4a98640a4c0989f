//! Any text as a register: never a panic, the same reading twice, entries or a problem; and what is read is written so
//! that it is read again.
#![no_main]

use coseal_core::lock::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lock = read(text);
    assert_eq!(lock, read(text));
    assert!(lock.problem.is_none() || lock.entries.is_empty());
    let again = read(&write(&lock.entries));
    assert_eq!((again.problem, &again.entries), (None, &lock.entries));
});
