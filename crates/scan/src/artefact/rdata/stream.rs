//! Numbers and texts, as XDR, in the machine's order, or as text.

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Bytes of a text that are kept.
const MAX_TEXT: usize = 256;

/// How the stream is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The most significant byte first.
    Xdr,
    /// The least significant byte first, as nearly every machine has it.
    Native,
    /// As words and lines.
    Text,
}

/// A place in the stream.
pub(super) struct Stream<'a> {
    cursor: Cursor<'a>,
    pub(super) form: Form,
    /// Elements that were skipped and not read.
    pub(super) skipped: u64,
}

impl<'a> Stream<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt, offset: u64, form: Form) -> Self {
        Self { cursor: Cursor::new(bytes, offset), form, skipped: 0 }
    }

    pub(super) fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    pub(super) fn left(&self) -> u64 {
        self.cursor.left()
    }

    pub(super) fn broken<T>(&self, what: impl Into<String>) -> Step<T> {
        broken(self.offset(), what)
    }

    fn byte(&mut self) -> Step<u8> {
        match self.cursor.byte() {
            Ok(Some(byte)) => Ok(byte),
            Ok(None) => self.broken("the data end within a value"),
            Err(_) => Err(Stop::Unreadable(self.offset())),
        }
    }

    /// A number of four bytes.
    pub(super) fn integer(&mut self) -> Step<i32> {
        if self.form == Form::Text {
            let word = self.word()?;
            let known = if word == "NA" { Some(i32::MIN) } else { word.parse().ok() };
            return known.map_or_else(|| self.broken("a number is none"), Ok);
        }
        match self.cursor.array() {
            Ok(Some(bytes)) if self.form == Form::Xdr => Ok(i32::from_be_bytes(bytes)),
            Ok(Some(bytes)) => Ok(i32::from_le_bytes(bytes)),
            Ok(None) => self.broken("the data end within a value"),
            Err(_) => Err(Stop::Unreadable(self.offset())),
        }
    }

    /// How many elements follow, each of at least `width` bytes.
    pub(super) fn length(&mut self, width: u64) -> Step<u64> {
        let first = self.integer()?;
        let length = if first == -1 {
            let (high, low) = (self.integer()?, self.integer()?);
            i64::from(high) << 32 | i64::from(low.cast_unsigned())
        } else {
            i64::from(first)
        };
        let Ok(length) = u64::try_from(length) else { return self.broken("a length is negative") };
        let least = if self.form == Form::Text { 1 } else { width };
        if length.saturating_mul(least) > self.left() {
            return self.broken("a value is longer than the data");
        }
        Ok(length)
    }

    /// Skips `count` elements of `width` bytes, written as `words` words each.
    pub(super) fn skip(&mut self, count: u64, width: u64, words: u64) -> Step {
        if self.form == Form::Text {
            return (0..count.saturating_mul(words)).try_for_each(|_| self.word().map(drop));
        }
        let bytes = count.saturating_mul(width);
        if !self.cursor.skip(bytes) {
            return self.broken("a value is longer than the data");
        }
        self.skipped = self.cursor.skipped();
        Ok(())
    }

    /// A text of so many bytes.
    pub(super) fn text(&mut self, length: u64) -> Step<String> {
        let mut text = Vec::new();
        if self.form == Form::Text {
            if length == 0 {
                return Ok(String::new());
            }
            self.solid()?;
        }
        for _ in 0..length {
            let byte = if self.form == Form::Text { self.escaped()? } else { self.byte()? };
            if text.len() < MAX_TEXT {
                text.push(byte);
            }
        }
        if self.form == Form::Text {
            self.byte().or_else(|stop| if self.left() == 0 { Ok(0) } else { Err(stop) })?;
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Moves to the next byte that is no space, which stays to be read.
    fn solid(&mut self) -> Step {
        let mut next = [b' '];
        while let Ok(1) = self.cursor.peek(self.offset(), &mut next) {
            if !next.iter().all(u8::is_ascii_whitespace) {
                return Ok(());
            }
            self.byte()?;
        }
        Ok(())
    }

    fn escaped(&mut self) -> Step<u8> {
        let byte = self.byte()?;
        if byte != b'\\' {
            return Ok(byte);
        }
        Ok(match self.byte()? {
            b'n' => b'\n',
            b't' => b'\t',
            b'v' => 11,
            b'b' => 8,
            b'r' => b'\r',
            b'f' => 12,
            b'a' => 7,
            first @ b'0'..=b'7' => {
                let mut value = first & 7;
                for _ in 0..2 {
                    let mut next = [0];
                    let read = self.cursor.peek(self.offset(), &mut next);
                    let [digit] = next;
                    if !matches!(read, Ok(1)) || !matches!(digit, b'0'..=b'7') {
                        break;
                    }
                    self.byte()?;
                    value = value << 3 | digit & 7;
                }
                value
            }
            byte => byte,
        })
    }

    fn word(&mut self) -> Step<String> {
        self.solid()?;
        let mut word = String::new();
        loop {
            match self.cursor.byte() {
                Ok(Some(byte)) if byte.is_ascii_whitespace() => break,
                Ok(Some(byte)) if byte.is_ascii_graphic() && word.len() < 64 => {
                    word.push(char::from(byte));
                }
                Ok(None) if !word.is_empty() => break,
                Ok(_) => return self.broken("a word is none"),
                Err(_) => return Err(Stop::Unreadable(self.offset())),
            }
        }
        Ok(word)
    }
}
