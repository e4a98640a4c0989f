//! Lines, one after the other.

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Bytes of a line: a leaf's numbers of the largest trees fit.
const MAX_LINE: u64 = 4 << 20;
/// Bytes of a file.
const MAX_SIZE: u64 = 256 << 20;

/// A place in the text.
pub(super) struct Lines<'a> {
    cursor: Cursor<'a>,
    /// Where the last line began.
    pub(super) at: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt) -> Self {
        Self { cursor: Cursor::new(bytes, 0), at: 0 }
    }

    /// The next line without its end; none at the end of the file.
    pub(super) fn next(&mut self) -> Step<Option<String>> {
        self.at = self.cursor.offset();
        let mut line = Vec::new();
        loop {
            match self.cursor.byte() {
                Ok(Some(b'\n')) => break,
                Ok(Some(byte)) if byte >= 0x20 || matches!(byte, b'\t' | b'\r') => line.push(byte),
                Ok(Some(_)) => return broken(self.cursor.offset(), "a line is no text"),
                Ok(None) if line.is_empty() => return Ok(None),
                Ok(None) => break,
                Err(_) => return Err(Stop::Unreadable(self.cursor.offset())),
            }
            if self.cursor.offset() >= MAX_SIZE {
                return Err(Stop::Limit("the model is longer than is read"));
            }
            if line.len() as u64 > MAX_LINE {
                return Err(Stop::Limit("a line is longer than is read"));
            }
        }
        let text = String::from_utf8(line).or_else(|_| broken(self.at, "a line is no UTF-8"))?;
        Ok(Some(text.trim_end_matches('\r').to_owned()))
    }
}
