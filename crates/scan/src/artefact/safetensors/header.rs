//! The length and the header, read from front to back in bounded memory.

use std::io::{self, BufReader, Read};

use coseal_core::finding::Rule;
use serde::de::DeserializeSeed as _;

use super::{
    json::TopLevel,
    rules::{COVER, HEADER},
    tensors::Tensors,
};
use crate::{
    artefact::report::Report,
    bytes::{ReadAt, Section, read_up_to},
};

/// The format's own limit on the header.
pub(super) const MAX_HEADER: u64 = 100_000_000;
/// Bytes of one string of the header; with what is kept of the tensors this bounds the memory used.
pub(super) const MAX_STRING: usize = 8 << 20;
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
    let Some(mut tensors) = parse(bytes, length)? else {
        report.gap("the header", "one of its strings is longer than is read");
        return Ok(());
    };
    if tensors.overflow {
        report.gap("further tensors", "there are more than are followed");
        return Ok(());
    }
    let size = bytes.size().saturating_sub(data);
    tensors.cover(data, size, bytes, report)?;
    report.payload(size);
    tensors.measure(report);
    Ok(())
}

/// The header; none if a string in it is too long.
fn parse(bytes: &dyn ReadAt, length: u64) -> Result<Option<Tensors>, Problem> {
    let section = Section::new(bytes, 8, length);
    let reader = Sequential { section, offset: 0, string: None, escaped: false };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, reader));
    let mut tensors = Tensors::default();
    let parsed = TopLevel(&mut tensors).deserialize(&mut json).and_then(|()| json.end());
    match parsed {
        Ok(()) => Ok(Some(tensors)),
        Err(error) if error.is_io() => Ok(None),
        Err(error) => {
            // Its message may quote the header, which may hold anything; its place is enough.
            let why = match error.classify() {
                serde_json::error::Category::Data => {
                    tensors.problem.unwrap_or("a value of the wrong kind")
                }
                serde_json::error::Category::Eof => "the JSON ends too early",
                _ => "it is not JSON",
            };
            Err(header(8, format!("{why} (line {}, column {})", error.line(), error.column())))
        }
    }
}

/// JSON read from front to back, as long as no string in it is too long.
struct Sequential<'a> {
    section: Section<'a>,
    offset: u64,
    /// Bytes of the string that is being read.
    string: Option<usize>,
    escaped: bool,
}

impl Sequential<'_> {
    /// Follows one byte; whether the string that it belongs to is still short enough.
    fn follow(&mut self, byte: u8) -> bool {
        let escaped = std::mem::take(&mut self.escaped);
        self.string = match (self.string, byte) {
            (None, b'"') => Some(0),
            (Some(_), b'"') if !escaped => None,
            (Some(length), _) => {
                self.escaped = byte == b'\\' && !escaped;
                Some(length.saturating_add(1))
            }
            (None, _) => None,
        };
        self.string.is_none_or(|length| length <= MAX_STRING)
    }
}

impl Read for Sequential<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.section.read_at(self.offset, buf)?;
        self.offset = self.offset.saturating_add(read as u64);
        let short = buf.iter().take(read).all(|byte| self.follow(*byte));
        if short { Ok(read) } else { Err(io::ErrorKind::FileTooLarge.into()) }
    }
}
