//! Any bytes as a vocabulary or vectors of words: never a panic, and the same verdict twice.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for path in ["tokenizer.model", "m.vec", "m.bin"] {
        let artefact = inspect_anyway(path, &SliceBytes(data));
        assert_eq!(artefact, inspect_anyway(path, &SliceBytes(data)));
        let clean = artefact.verdict == ArtefactVerdict::Clean;
        assert!(!clean || artefact.coverage.complete && artefact.findings.is_empty());
    }
});
