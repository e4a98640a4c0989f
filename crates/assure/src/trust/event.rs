//! What happens to a key: it is replaced, or revoked. Signed text that travels in the log.

use coseal_sign::ssh::{self, PublicKey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Namespace of the SSH signatures on key events.
pub const NAMESPACE: &str = "coseal-key";
/// Signatures beyond this many are not looked at.
const MAX_SIGNATURES: usize = 8;

/// What happens to the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Another key takes its place.
    Rotate,
    /// It no longer counts.
    Revoke,
}

/// The end of a key, and what comes after it. From `position` of `log` on, nothing that the key signs counts;
/// what stands in that log before, counts as it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Version of this format; 1.
    pub schema: u32,
    /// The system it is for.
    pub system: String,
    /// What happens.
    pub event: EventKind,
    /// Fingerprint of the key, `SHA256:…`.
    pub key: String,
    /// The key that takes its place, in OpenSSH form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Origin of the log that the end is counted in.
    pub log: String,
    /// First entry of that log that no longer counts.
    pub position: u64,
    /// The day it was decided.
    pub made: Date,
    /// Why.
    pub reason: String,
}

impl Event {
    /// Reads the text of an event.
    ///
    /// # Errors
    /// A sentence fragment that says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let event: Self = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        match (event.schema, event.event, &event.new) {
            (1, EventKind::Rotate, Some(_)) | (1, EventKind::Revoke, None) => Ok(event),
            (1, EventKind::Rotate, None) => Err("a rotation names no new key".into()),
            (1, EventKind::Revoke, Some(_)) => Err("a revocation names a new key".into()),
            _ => Err(format!("schema {} is not known", event.schema)),
        }
    }

    /// The text to sign.
    #[must_use]
    pub fn text(&self) -> String {
        // Every member is a string, number or date: this can't fail.
        toml::to_string(self).unwrap_or_default()
    }
}

/// The keys that made good signatures under the text of an event, each once.
pub(super) fn signers(text: &str, signatures: &[String]) -> Vec<PublicKey> {
    let mut keys: Vec<_> = signatures
        .iter()
        .take(MAX_SIGNATURES)
        .filter_map(|signature| ssh::verify(NAMESPACE, text.as_bytes(), signature).ok())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}
