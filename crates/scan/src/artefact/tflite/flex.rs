//! Operators that TensorFlow runs: their settings hold the operation's name and the node itself, as a `FlexBuffer` of two texts.
//!
//! Source: `docs/source/flatbuffers.md` and `flexbuffers.h` in the repository of `FlatBuffers`; `tensorflow/lite/delegates/flex`.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{ACTS, CUSTOM};
use crate::{
    artefact::{
        registry::tensorflow::{self, Use},
        report::Report,
    },
    bytes::SliceBytes,
};

/// Types of values: a text, and values of any types.
const TEXT: u8 = 5;
const VECTOR: u8 = 10;

/// Judges an operation by its name alone.
pub(super) fn named(name: &str, report: &mut Report) {
    let text = format!("TensorFlow's {name}");
    match tensorflow::operation(name) {
        Use::Computes => {}
        Use::Reaches => report.find(&ACTS, Malicious, 0, &text),
        Use::Unknown => report.find(&CUSTOM, Unknown, 0, &text),
    }
}

/// Judges the settings, at `at` of the model, of an operator called `name`. TensorFlow takes the operation from its settings, whatever
/// it is called in the model.
pub(super) fn settings(bytes: &[u8], at: u64, name: &str, report: &mut Report) {
    let name = name.strip_prefix("Flex").unwrap_or(name);
    let Some((said, node)) = texts(bytes) else {
        let text = format!("the settings of {name} are none that TensorFlow reads");
        report.find(&CUSTOM, Unknown, at, &text);
        return;
    };
    report.within("node", |report| {
        let operation = tensorflow::node(&SliceBytes(node), report).unwrap_or_default();
        named(&operation, report);
        if operation != name || said != name.as_bytes() {
            let text = format!("{name} has the settings of another operator");
            report.find(&CUSTOM, Unknown, 0, &text);
        }
    });
}

/// The two texts that a buffer holds.
fn texts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (width, rest) = bytes.split_last()?;
    let (kind, rest) = rest.split_last()?;
    let at = rest.len().checked_sub(usize::from(*width))?;
    if *kind >> 2 != VECTOR {
        return None;
    }
    let vector = at.checked_sub(number(rest, at, usize::from(*width))?)?;
    let width = 1_usize << (kind & 3);
    if number(rest, vector.checked_sub(width)?, width)? != 2 {
        return None;
    }
    let text = |index: usize| {
        let place = vector.checked_add(width.checked_mul(index)?)?;
        let kinds = vector.checked_add(width.checked_mul(2)?)?;
        let kind = *rest.get(kinds.checked_add(index)?)?;
        let start = place.checked_sub(number(rest, place, width)?)?;
        let inner = 1_usize << (kind & 3);
        let length = number(rest, start.checked_sub(inner)?, inner)?;
        rest.get(start..start.checked_add(length)?).filter(|_| kind >> 2 == TEXT)
    };
    Some((text(0)?, text(1)?))
}

/// A number of `width` bytes at `at`.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    if !matches!(width, 1 | 2 | 4 | 8) {
        return None;
    }
    let mut whole = [0; 8];
    whole.get_mut(..width)?.copy_from_slice(bytes.get(at..at.checked_add(width)?)?);
    usize::try_from(u64::from_le_bytes(whole)).ok()
}
