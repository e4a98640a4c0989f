//! Flows of n8n, Flowise and Langflow, and tools that JSON describes.
#![no_main]

use coseal_source::deploy::in_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let found = in_file("flow.json", text);
    for asset in &found.assets {
        assert!(!asset.seen.is_empty() && !asset.name.is_empty());
        assert!(!asset.name.contains(char::is_control));
    }
});
