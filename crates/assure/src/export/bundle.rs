//! The records themselves: an in-toto attestation bundle, JSON Lines of DSSE envelopes
//! (<https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md>).

use super::input::Exported;

/// A record that can't stand on a line of its own.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the record of {check} is empty or holds a line break")]
pub struct NotABundle {
    /// The check that rests on it.
    pub check: String,
}

/// The envelopes of all records, one a line, byte for byte, in the order of checks, each once.
///
/// # Errors
/// If an envelope is empty or holds a line break: changed, it would no longer be the record of its digest.
pub fn bundle(of: &Exported<'_>) -> Result<Vec<u8>, NotABundle> {
    let mut out = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for judged in &of.assessment.checks {
        let Some(item) = of.record(judged) else { continue };
        if item.envelope.is_empty() || item.envelope.iter().any(|byte| b"\r\n".contains(byte)) {
            return Err(NotABundle { check: judged.entry.id.clone() });
        }
        if seen.insert(item.record) {
            out.extend_from_slice(&item.envelope);
            out.push(b'\n');
        }
    }
    Ok(out)
}
