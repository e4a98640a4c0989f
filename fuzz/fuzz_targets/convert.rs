//! Any bytes, converted to safetensors: never a panic, and what is written keeps to the format.
#![no_main]

use coseal_core::fact::ArtefactVerdict;
use coseal_scan::{bytes::SliceBytes, convert::with_plan, inspect_anyway};
use libfuzzer_sys::fuzz_target;

/// Results larger than this are not written: they tell nothing new.
const SMALL: u64 = 1 << 20;

fuzz_target!(|data: &[u8]| {
    let written = with_plan(&SliceBytes(data), |plan| {
        let mut out = Vec::new();
        let whole = plan.size() < SMALL && plan.write(&mut out).is_ok();
        whole.then_some(out)
    });
    if let Ok(Some(out)) = written {
        let artefact = inspect_anyway("m.safetensors", &SliceBytes(&out));
        assert!(artefact.verdict != ArtefactVerdict::Malformed, "{artefact:?}");
    }
});
