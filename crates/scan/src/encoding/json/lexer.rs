//! Texts and numbers, and the blanks between them.

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt},
};

/// Bytes of a number: Python converts none of more digits.
const MAX_WORD: usize = 4300;

/// A place in a text.
pub(super) struct Lexer<'a> {
    cursor: Cursor<'a>,
    /// Bytes of the whole that are read, and of one text.
    size: u64,
    longest: usize,
    text: String,
    word: Vec<u8>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt, size: u64, longest: usize) -> Self {
        let cursor = Cursor::new(bytes, 0);
        Self { cursor, size, longest, text: String::new(), word: Vec::new() }
    }

    /// Where it is.
    pub(super) fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    /// The last text, decoded.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The last number or word, as it is spelt.
    pub(super) fn word(&self) -> &[u8] {
        &self.word
    }

    pub(super) fn broken<T>(&self, what: &'static str) -> Step<T> {
        broken(self.offset(), what)
    }

    /// What is held from here on; nothing at the end.
    #[inline]
    fn held(&mut self) -> Step<&[u8]> {
        held(&mut self.cursor, self.size)
    }

    /// The next byte, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Step<Option<u8>> {
        Ok(self.held()?.first().copied())
    }

    /// Moves on by one byte.
    #[inline]
    pub(super) fn pass(&mut self) {
        self.cursor.pass(1);
    }

    /// The next byte behind blanks, which stays.
    #[inline]
    pub(super) fn solid(&mut self) -> Step<Option<u8>> {
        self.find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    /// The next byte that is `wanted`, which stays.
    #[inline]
    pub(super) fn find(&mut self, wanted: impl Fn(u8) -> bool) -> Step<Option<u8>> {
        loop {
            let held = self.held()?;
            let (end, length) = (held.iter().position(|byte| wanted(*byte)), held.len());
            let byte = end.and_then(|end| held.get(end)).copied();
            self.cursor.pass(end.unwrap_or(length));
            if byte.is_some() || length == 0 {
                return Ok(byte);
            }
        }
    }

    /// A number or a word, which [`word`](Self::word) gives.
    pub(super) fn read_word(&mut self) -> Step {
        self.word.clear();
        loop {
            let held = held(&mut self.cursor, self.size)?;
            let belongs =
                |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
            let end = held.iter().position(|byte| !belongs(byte));
            let part = held.get(..end.unwrap_or(held.len())).unwrap_or_default();
            if self.word.len().saturating_add(part.len()) > MAX_WORD {
                return self.broken("a number is longer than any");
            }
            self.word.extend_from_slice(part);
            let (count, last) = (part.len(), held.is_empty());
            self.cursor.pass(count);
            if end.is_some() || last {
                return Ok(());
            }
        }
    }

    /// The rest of a text behind its quote, which [`text`](Self::text) gives.
    pub(super) fn read_text(&mut self) -> Step {
        let mut text = std::mem::take(&mut self.text).into_bytes();
        text.clear();
        loop {
            let held = held(&mut self.cursor, self.size)?;
            if held.is_empty() {
                return self.broken("a text does not end");
            }
            let end = memchr::memchr2(b'"', b'\\', held);
            let plain = held.get(..end.unwrap_or(held.len())).unwrap_or_default();
            if text.len().saturating_add(plain.len()) > self.longest {
                return Err(Stop::Limit("a text is longer than is read"));
            }
            if plain.iter().fold(false, |found, byte| found | (*byte < 0x20)) {
                return self.broken("a text holds a control character");
            }
            text.extend_from_slice(plain);
            let (count, stop) = (plain.len(), end.and_then(|end| held.get(end)).copied());
            self.cursor.pass(count);
            match stop {
                None => {}
                Some(b'"') => break,
                Some(_) => {
                    let letter = self.escape()?;
                    text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
        self.pass();
        let Ok(text) = String::from_utf8(text) else { return self.broken("a text is no UTF-8") };
        self.text = text;
        Ok(())
    }

    /// The rest of a text that may be broken, kept as it is spelt up to `limit` bytes; none if it is longer.
    pub(super) fn skim(&mut self, limit: usize) -> Step<Option<&[u8]>> {
        self.word.clear();
        loop {
            let held = held(&mut self.cursor, self.size)?;
            let end = memchr::memchr2(b'"', b'\\', held).unwrap_or(held.len());
            let plain = held.get(..end).unwrap_or_default();
            let room = limit.saturating_add(1).saturating_sub(self.word.len());
            self.word.extend(plain.iter().take(room));
            let stop = held.get(end).copied();
            self.cursor.pass(end);
            self.pass();
            match stop {
                Some(b'\\') => {
                    let escaped = self.peek()?;
                    self.pass();
                    if self.word.len() <= limit {
                        self.word.extend([b'\\'].into_iter().chain(escaped));
                    }
                }
                None if self.peek()?.is_some() => {}
                _ => return Ok(Some(self.word()).filter(|word| word.len() <= limit)),
            }
        }
    }

    fn next(&mut self) -> Step<Option<u8>> {
        let byte = self.peek()?;
        self.pass();
        Ok(byte)
    }

    fn escape(&mut self) -> Step<char> {
        self.pass();
        Ok(match self.next()? {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.letter()?,
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            _ => return self.broken("an escape is none"),
        })
    }

    /// A letter by its number, or by the two halves of a surrogate pair.
    fn letter(&mut self) -> Step<char> {
        let first = self.unit()?;
        if let Some(letter) = char::from_u32(first) {
            return Ok(letter);
        }
        if first < 0xdc00 && self.next()? == Some(b'\\') && self.next()? == Some(b'u') {
            let pair = [first, self.unit()?].map(|unit| unit as u16);
            if let Some(Ok(letter)) = char::decode_utf16(pair).next() {
                return Ok(letter);
            }
        }
        self.broken("half of a surrogate pair stands alone")
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Step<u32> {
        let mut unit = 0_u32;
        for _ in 0..4 {
            let digit = self.next()?.and_then(|digit| char::from(digit).to_digit(16));
            let Some(digit) = digit else { return self.broken("an escape is none") };
            unit = unit << 4 | digit;
        }
        Ok(unit)
    }
}

#[inline]
fn held<'c>(cursor: &'c mut Cursor<'_>, size: u64) -> Step<&'c [u8]> {
    let at = cursor.offset();
    let held = cursor.held().map_err(|_| Stop::Unreadable(at))?;
    // What is held may reach further; that much more is no matter.
    if at >= size && !held.is_empty() {
        return Err(Stop::Limit("the text is longer than is read"));
    }
    Ok(held)
}
