//! Numbers and texts, as bytes or as words.

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Bytes of a text that are kept.
const MAX_TEXT: u64 = 4096;

/// A place in the file.
pub(super) struct Stream<'a> {
    cursor: Cursor<'a>,
    text: bool,
}

impl<'a> Stream<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt, text: bool) -> Self {
        Self { cursor: Cursor::new(bytes, 0), text }
    }

    pub(super) fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    pub(super) fn left(&self) -> u64 {
        self.cursor.left()
    }

    pub(super) fn skipped(&self) -> u64 {
        self.cursor.skipped()
    }

    pub(super) fn broken<T>(&self, what: impl Into<String>) -> Step<T> {
        broken(self.offset(), what)
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => self.broken("the file ends within an object"),
            Err(_) => Err(Stop::Unreadable(self.offset())),
        }
    }

    /// A number of four bytes.
    pub(super) fn int(&mut self) -> Step<i64> {
        if self.text { self.number() } else { Ok(i64::from(i32::from_le_bytes(self.array()?))) }
    }

    /// A number of eight bytes.
    pub(super) fn long(&mut self) -> Step<i64> {
        if self.text { self.number() } else { Ok(i64::from_le_bytes(self.array()?)) }
    }

    /// A count that is not more than what is left.
    pub(super) fn count(&mut self, long: bool) -> Step<u64> {
        let count = if long { self.long()? } else { self.int()? };
        match u64::try_from(count) {
            Ok(count) if count <= self.left() => Ok(count),
            _ => self.broken("something is longer than the file"),
        }
    }

    /// A text or code: its first bytes.
    pub(super) fn bytes(&mut self) -> Step<Vec<u8>> {
        let length = self.count(false)?;
        let kept = length.min(MAX_TEXT);
        let mut held = Vec::new();
        if self.text {
            self.end_of_line()?;
        }
        for _ in 0..kept {
            held.extend(self.array::<1>()?);
        }
        self.skip(length.saturating_sub(kept), 1)?;
        Ok(held)
    }

    fn end_of_line(&mut self) -> Step {
        let mut next = [0];
        let read = self.cursor.peek(self.offset(), &mut next);
        if matches!(read, Ok(1)) && next == [b'\n'] {
            self.array::<1>()?;
        }
        Ok(())
    }

    /// Skips `count` numbers of `width` bytes.
    pub(super) fn skip(&mut self, count: u64, width: u64) -> Step {
        if self.text && width > 1 {
            return (0..count).try_for_each(|_| self.word().map(drop));
        }
        if self.cursor.skip(count.saturating_mul(width)) {
            Ok(())
        } else {
            self.broken("something is longer than the file")
        }
    }

    /// Whether only space is left.
    pub(super) fn is_done(&mut self) -> Step<bool> {
        while self.left() > 0 {
            let [byte] = self.array()?;
            if !self.text || !byte.is_ascii_whitespace() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn number(&mut self) -> Step<i64> {
        let word = self.word()?;
        word.parse().or_else(|_| self.broken("a number is none"))
    }

    fn word(&mut self) -> Step<String> {
        let mut word = String::new();
        loop {
            match self.cursor.byte() {
                Ok(Some(byte)) if byte.is_ascii_whitespace() => {
                    if !word.is_empty() {
                        // The space behind a word may be the end of a line that a text follows.
                        self.cursor.jump(self.offset().saturating_sub(1));
                        return Ok(word);
                    }
                }
                Ok(Some(byte)) if byte.is_ascii_graphic() && word.len() < 64 => {
                    word.push(char::from(byte));
                }
                Ok(None) if !word.is_empty() => return Ok(word),
                Ok(_) => return self.broken("a word is none"),
                Err(_) => return Err(Stop::Unreadable(self.offset())),
            }
        }
    }
}
