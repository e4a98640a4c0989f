//! Any bytes wherever JSON is read: as settings, an index, a description, objects, a model and a header. Never a panic, and the same
//! verdict twice.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect_anyway};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = [
    "tokenizer_config.json",
    "model.safetensors.index.json",
    "Manifest.json",
    "m.jsonpickle",
    "m.json",
    "m.xgb",
];

fuzz_target!(|data: &[u8]| {
    let length = (data.len() as u64).to_le_bytes();
    let header = [&length, data].concat();
    for (name, bytes) in
        NAMES.map(|name| (name, data)).into_iter().chain([("m.safetensors", &*header)])
    {
        let artefact = inspect_anyway(name, &SliceBytes(bytes));
        assert_eq!(artefact, inspect_anyway(name, &SliceBytes(bytes)));
        let clean = artefact.verdict == ArtefactVerdict::Clean;
        assert!(!clean || artefact.coverage.complete && artefact.findings.is_empty());
    }
});
