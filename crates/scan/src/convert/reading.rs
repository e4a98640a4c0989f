//! Numbers, texts and bytes of a stream.

use super::{
    object::Object,
    stream::{Step, Stream},
};
use crate::artefact::opcode as op;

/// Texts longer than this stay in the file.
const MAX_TEXT: u64 = 4096;
/// Lines longer than this are none that a library writes.
const MAX_LINE: usize = 4096;

impl Stream<'_, '_> {
    pub(super) fn byte(&mut self) -> Step<u8> {
        self.cursor.byte().ok().flatten().ok_or("it ends in the midst of a stream")
    }

    pub(super) fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        self.cursor.array().ok().flatten().ok_or("it ends in the midst of a stream")
    }

    pub(super) fn line(&mut self) -> Step<String> {
        let start = self.cursor.offset();
        let length =
            self.cursor.line(MAX_LINE).ok().flatten().ok_or("it has a line without end")?;
        self.read(start, length)
    }

    pub(super) fn read(&self, start: u64, length: u64) -> Step<String> {
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        let read = self.cursor.peek(start, &mut bytes).unwrap_or(0);
        bytes.truncate(read);
        String::from_utf8(bytes).map_err(|_| "it has a text that is none")
    }

    pub(super) fn decimal(&mut self) -> Step<u64> {
        self.line()?.trim().parse().map_err(|_| "it has a number that is none")
    }

    pub(super) fn number_line(&mut self) -> Step {
        let line = self.line()?;
        self.push(match line.as_str() {
            "00" => Object::Bool(false),
            "01" => Object::Bool(true),
            digits => digits.trim_end_matches('L').parse().map_or(Object::Number, Object::Int),
        })
    }

    pub(super) fn long(&mut self, code: u8) -> Step {
        let length = if code == op::LONG1 {
            self.byte()?.into()
        } else {
            u64::from(u32::from_le_bytes(self.array()?))
        };
        if length > 8 {
            self.skip(length)?;
            return self.push(Object::Number);
        }
        let (mut bytes, mut last) = ([0_u8; 8], 0);
        for slot in bytes.iter_mut().take(usize::try_from(length).unwrap_or(0)) {
            last = self.byte()?;
            *slot = last;
        }
        if last >= 0x80 {
            bytes
                .iter_mut()
                .skip(usize::try_from(length).unwrap_or(8))
                .for_each(|slot| *slot = 0xff);
        }
        self.push(Object::Int(i64::from_le_bytes(bytes)))
    }

    pub(super) fn unicode(&mut self, code: u8) -> Step {
        let length = match code {
            op::SHORT_BINUNICODE => self.byte()?.into(),
            op::BINUNICODE => u32::from_le_bytes(self.array()?).into(),
            _ => u64::from_le_bytes(self.array()?),
        };
        let start = self.cursor.offset();
        self.skip(length)?;
        let object = if length > MAX_TEXT {
            Object::Latin(start.saturating_add(self.spot.base), length)
        } else {
            // A lone surrogate is a text to Python, and no name of a tensor.
            self.read(start, length).map_or(Object::Set, |text| Object::Text(text.into()))
        };
        self.push(object)
    }

    pub(super) fn bytes(&mut self, code: u8) -> Step {
        let length = match code {
            op::SHORT_BINBYTES | op::SHORT_BINSTRING => self.byte()?.into(),
            op::BINBYTES | op::BINSTRING => u32::from_le_bytes(self.array()?).into(),
            _ => u64::from_le_bytes(self.array()?),
        };
        let start = self.cursor.offset();
        self.skip(length)?;
        let text = matches!(code, op::BINSTRING | op::SHORT_BINSTRING) && length <= 256;
        let text = text.then(|| self.read(start, length).ok()).flatten();
        let place = start.saturating_add(self.spot.base);
        // Python 2 wrote its texts like that.
        self.push(match text.filter(|text| text.is_ascii()) {
            Some(text) => Object::Text(text.into()),
            None => Object::Bytes(place, length),
        })
    }

    pub(super) fn text_line(&mut self, code: u8) -> Step {
        let line = self.line()?;
        let text = match code {
            op::STRING => line.trim().trim_matches(['\'', '"']),
            _ => &line,
        };
        if text.contains('\\') {
            return Err("it has a text with escapes, as protocol 0 writes them");
        }
        self.push(Object::Text(text.into()))
    }

    pub(super) fn skip(&mut self, length: u64) -> Step {
        if self.cursor.skip(length) { Ok(()) } else { Err("it ends in the midst of a stream") }
    }
}
