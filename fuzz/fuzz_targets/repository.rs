//! Any bytes as the files that say what a folder of a model hub is: never a panic, and the same verdict twice.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for name in
        ["config.json", "tokenizer_config.json", "model.safetensors.index.json", "modules.json"]
    {
        let artefact = inspect_anyway(name, &SliceBytes(data));
        assert_eq!(artefact, inspect_anyway(name, &SliceBytes(data)));
        let clean = artefact.verdict == ArtefactVerdict::Clean;
        assert!(!clean || artefact.coverage.complete && artefact.findings.is_empty());
    }
});
