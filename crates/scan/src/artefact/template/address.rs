//! Addresses that a text leads to.

/// Addresses that the model or its user would be sent to. Those of schemas are names.
pub(super) fn address(text: &str) -> Option<&'static str> {
    let schemas = ["json-schema.org", "www.w3.org", "schema.org"];
    for mark in ["http://", "https://", "ftp://", "file://", "data:text", "javascript:"] {
        for (at, _) in text.match_indices(mark) {
            let host = text.get(at.saturating_add(mark.len())..).unwrap_or_default();
            if !schemas.iter().any(|schema| host.starts_with(schema)) {
                return Some("it holds an address");
            }
        }
    }
    text.contains("![").then_some("it makes an image of an address").filter(|_| text.contains("]("))
}
