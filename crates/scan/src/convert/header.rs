//! The header of a safetensors file: its length, then JSON, padded so that the data is aligned.

use serde_json::json;

/// A tensor of the header.
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) dtype: &'static str,
    pub(super) shape: &'a [u64],
    /// Bytes.
    pub(super) length: u64,
}

/// The header of `entries`, whose data follows in this order. `origin` is what libraries ask for: `pt` or `np`.
pub(super) fn header(entries: &[Entry<'_>], origin: &str) -> Vec<u8> {
    let mut text = format!("{{\"__metadata__\":{}", json!({ "format": origin }));
    let mut start = 0_u64;
    for entry in entries {
        let end = start.saturating_add(entry.length);
        let value =
            json!({ "dtype": entry.dtype, "shape": entry.shape, "data_offsets": [start, end] });
        text.push_str(&format!(",{}:{value}", json!(entry.name)));
        start = end;
    }
    text.push('}');
    while !text.len().is_multiple_of(8) {
        text.push(' ');
    }
    let mut bytes = (text.len() as u64).to_le_bytes().to_vec();
    bytes.extend(text.into_bytes());
    bytes
}
