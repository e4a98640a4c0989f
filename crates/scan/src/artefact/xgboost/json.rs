//! The model as JSON, read as a stream.

use super::shape::Shape;
use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Bytes of a file.
const MAX_SIZE: u64 = 256 << 20;
/// Bytes of a text.
const MAX_TEXT: usize = 4 << 20;
/// Bytes of a number or a word.
const MAX_WORD: usize = 64;

/// Reads it.
pub(super) fn read(bytes: &dyn ReadAt, shape: &mut Shape<'_>) -> Step<u64> {
    let mut reader = Reader { cursor: Cursor::new(bytes, 0), back: None };
    let mut open = Vec::new();
    reader.value(&mut open, shape)?;
    while let Some(list) = open.last().copied() {
        match (reader.solid()?, list) {
            (b',', true) => reader.value(&mut open, shape)?,
            (b',', false) => reader.entry(&mut open, shape)?,
            (b']', true) | (b'}', false) => {
                open.pop();
                shape.close(reader.offset())?;
            }
            _ => return broken(reader.offset(), "it is no JSON"),
        }
    }
    reader.space()?;
    if reader.next()?.is_some() {
        return broken(reader.offset(), "something follows the model");
    }
    Ok(reader.offset())
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// A byte that was read and not used.
    back: Option<u8>,
}

impl Reader<'_> {
    fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    fn next(&mut self) -> Step<Option<u8>> {
        if self.offset() >= MAX_SIZE {
            return Err(Stop::Limit("the model is longer than is read"));
        }
        match self.back.take() {
            Some(byte) => Ok(Some(byte)),
            None => self.cursor.byte().map_err(|_| Stop::Unreadable(self.offset())),
        }
    }

    fn some(&mut self) -> Step<u8> {
        self.next()?.map_or_else(|| broken(self.offset(), "the file ends within the model"), Ok)
    }

    fn space(&mut self) -> Step {
        while let Some(byte) = self.next()? {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                self.back = Some(byte);
                break;
            }
        }
        Ok(())
    }

    fn solid(&mut self) -> Step<u8> {
        self.space()?;
        self.some()
    }

    /// A value; a list or a map is left open behind its first value.
    fn value(&mut self, open: &mut Vec<bool>, shape: &mut Shape<'_>) -> Step {
        loop {
            let first = self.solid()?;
            match first {
                b'"' => {
                    let text = self.text()?;
                    shape.text(self.offset(), &text);
                }
                b'{' | b'[' => {
                    let list = first == b'[';
                    shape.open(self.offset(), list)?;
                    let second = self.solid()?;
                    if matches!((second, list), (b']', true) | (b'}', false)) {
                        return shape.close(self.offset());
                    }
                    self.back = Some(second);
                    open.push(list);
                    if !list {
                        self.named(shape)?;
                    }
                    continue;
                }
                _ => self.word(first, shape)?,
            }
            return Ok(());
        }
    }

    /// A key and its value.
    fn entry(&mut self, open: &mut Vec<bool>, shape: &mut Shape<'_>) -> Step {
        self.named(shape)?;
        self.value(open, shape)
    }

    fn named(&mut self, shape: &mut Shape<'_>) -> Step {
        if self.solid()? != b'"' {
            return broken(self.offset(), "a key is missing");
        }
        let key = self.text()?;
        if self.solid()? != b':' {
            return broken(self.offset(), "a key has no value");
        }
        shape.key(self.offset(), key)
    }

    fn word(&mut self, first: u8, shape: &mut Shape<'_>) -> Step {
        let mut word = vec![first];
        while let Some(byte) = self.next()? {
            if !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.') {
                self.back = Some(byte);
                break;
            }
            word.push(byte);
            if word.len() > MAX_WORD {
                return broken(self.offset(), "a number is longer than any");
            }
        }
        if matches!(&*word, b"true" | b"false" | b"null") {
            shape.plain();
            return Ok(());
        }
        let text = std::str::from_utf8(&word).unwrap_or_default();
        let number = text.parse::<f64>();
        number
            .map_or_else(|_| broken(self.offset(), "it is no JSON"), |number| shape.number(number))
    }

    fn text(&mut self) -> Step<String> {
        let mut text = Vec::new();
        loop {
            match self.some()? {
                b'"' => break,
                b'\\' => self.escape(&mut text)?,
                byte => text.push(byte),
            }
            if text.len() > MAX_TEXT {
                return Err(Stop::Limit("a text is longer than is read"));
            }
        }
        String::from_utf8(text).or_else(|_| broken(self.offset(), "a text is no UTF-8"))
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Step {
        let plain = match self.some()? {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut unit = 0_u32;
                for _ in 0..4 {
                    let digit = char::from(self.some()?).to_digit(16);
                    let Some(digit) = digit else {
                        return broken(self.offset(), "an escape is none");
                    };
                    unit = unit << 4 | digit;
                }
                let letter = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
                text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            byte @ (b'"' | b'\\' | b'/') => byte,
            _ => return broken(self.offset(), "an escape is none"),
        };
        text.push(plain);
        Ok(())
    }
}
