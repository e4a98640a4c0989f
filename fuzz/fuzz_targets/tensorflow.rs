//! Any bytes as each of TensorFlow's messages: never a panic, and the same verdict twice.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for name in ["saved_model.pb", "m.pb", "m.meta", "keras_metadata.pb", "m.pbtxt"] {
        let artefact = inspect_anyway(name, &SliceBytes(data));
        assert_eq!(artefact, inspect_anyway(name, &SliceBytes(data)));
        let clean = artefact.verdict == ArtefactVerdict::Clean;
        assert!(!clean || artefact.coverage.complete && artefact.findings.is_empty());
    }
});
