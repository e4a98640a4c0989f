//! Any text as a pointer of DVC or LFS: never a panic, and digests only of the right form.
#![no_main]

use coseal_source::pointer::{lock, outs, pointer, remotes, stages};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let found = outs(text).into_iter().chain(stages(text)).chain(lock(text).into_values());
    for md5 in found.filter_map(|out| out.md5) {
        assert!(md5.len() == 32 || md5.len() == 36 && md5.ends_with(".dir"));
    }
    assert_eq!(pointer(text), pointer(text));
    let _ = remotes(text);
});
