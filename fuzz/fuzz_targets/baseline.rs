//! Any bytes as a baseline: never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    drop(coseal_assure::baseline::Baseline::parse(data));
});
