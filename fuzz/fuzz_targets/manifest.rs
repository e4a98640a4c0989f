//! Any text as each kind of manifest and lock file: never a panic, the same twice, and every package on a line that is there.
#![no_main]

use coseal_source::manifest::{Form, LockForm};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1);
    for form in Form::ALL {
        let read = form.read("requirements.txt", text);
        assert_eq!(read, form.read("requirements.txt", text));
        for package in read.iter().flat_map(|named| &named.packages) {
            assert!(package.line <= lines);
        }
    }
    for form in LockForm::ALL {
        assert_eq!(form.read(text), form.read(text));
    }
});
