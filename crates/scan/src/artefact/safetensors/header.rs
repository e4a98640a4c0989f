//! The length and the header, read from front to back in bounded memory.

use coseal_core::finding::Rule;

use super::{
    json,
    rules::{COVER, HEADER},
};
use crate::{
    artefact::{report::Report, stop::Stop},
    bytes::{ReadAt, Section, read_up_to},
};

/// The format's own limit on the header.
pub(super) const MAX_HEADER: u64 = 100_000_000;
/// Bytes after the header tried as something else.
pub(super) const PROBED: u64 = 1 << 16;

/// What is wrong, and where.
pub(super) struct Problem {
    pub(super) rule: Rule,
    pub(super) offset: u64,
    pub(super) text: String,
}

pub(super) fn header(offset: u64, text: impl Into<String>) -> Problem {
    Problem { rule: HEADER, offset, text: text.into() }
}

pub(super) fn cover(offset: u64, text: impl Into<String>) -> Problem {
    Problem { rule: COVER, offset, text: text.into() }
}

/// Reads the header, and holds it against the data.
///
/// # Errors
/// What makes the file malformed.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) -> Result<(), Problem> {
    let mut start = [0; 9];
    match read_up_to(bytes, 0, &mut start) {
        Ok(9) => {}
        Ok(_) => return Err(header(0, "the file is too short for a header")),
        Err(_) => {
            report.unreadable(0);
            return Ok(());
        }
    }
    let [length @ .., first] = start;
    let length = u64::from_le_bytes(length);
    let data = length.checked_add(8).filter(|data| *data <= bytes.size());
    let Some(data) = data.filter(|_| length <= MAX_HEADER) else {
        return Err(header(0, format!("a header of {length} bytes does not fit")));
    };
    if first != b'{' {
        return Err(header(8, "the header does not begin with a brace"));
    }
    let mut tensors = match json::read(&Section::new(bytes, 8, length), report) {
        Ok(tensors) => tensors,
        Err(Stop::Broken(at, what)) => return Err(header(at.saturating_add(8), what)),
        Err(Stop::Limit(what)) => {
            report.gap("the header", what);
            return Ok(());
        }
        Err(Stop::Unreadable(at)) => {
            report.unreadable(at.saturating_add(8));
            return Ok(());
        }
    };
    let size = bytes.size().saturating_sub(data);
    tensors.cover(data, size, bytes, report)?;
    report.payload(size);
    tensors.measure(report);
    Ok(())
}
