//! Any bytes, named as the first byte says: archives around models. Never a panic, and the same verdict twice.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] =
    &["m.tar", "m.7z", "m.nemo", "m.mar", "m.zip", "m.tar.gz", "blobs/sha256/m", "m.pt"];

fuzz_target!(|data: &[u8]| {
    let Some((first, data)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let artefact = inspect_anyway(name, &SliceBytes(data));
    assert_eq!(artefact, inspect_anyway(name, &SliceBytes(data)));
    let clean = artefact.verdict == ArtefactVerdict::Clean;
    assert!(!clean || artefact.coverage.complete && artefact.findings.is_empty());
});
