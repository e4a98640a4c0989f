//! How things are written in all formats.

use base64ct::{Base64, Encoding};
use jiff::Timestamp;
use serde_json::Value;

/// Media type of a DSSE envelope.
pub(super) const ENVELOPE: &str = "application/vnd.dsse.envelope.v1+json";

/// A document: members in order, one a line, and a line feed at the end.
pub(super) fn document(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A point in time in UTC, to the second (RFC 3339).
pub(super) fn instant(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// Bytes in base64, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// The object with a member more, if there is a value for it.
pub(super) fn with(mut object: Value, name: &str, value: Option<Value>) -> Value {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(name.to_owned(), value);
    }
    object
}

/// A name of ours as words.
pub(super) fn words(name: &str) -> String {
    name.replace('-', " ")
}
