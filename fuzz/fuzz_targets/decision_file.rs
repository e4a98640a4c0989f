//! Any text as a decision: never a panic, the same reading twice, and either a decision or a problem.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let first = coseal_core::decision::read(text);
    let second = coseal_core::decision::read(text);
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert_eq!(first.decision.is_none(), !first.problems.is_empty());
});
