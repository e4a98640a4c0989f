//! Any bytes under several names: never a panic, and what is said of them is consistent.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for name in ["a", "a.txt", "a.bin", "a.joblib", "a.npz", "a.json"] {
        let Some(artefact) = inspect(name, &SliceBytes(data)) else { continue };
        assert_eq!(artefact.size, data.len() as u64);
        assert!(artefact.coverage.looked_at <= artefact.size);
        assert!(artefact.verdict != ArtefactVerdict::Clean || artefact.coverage.complete);
    }
});
