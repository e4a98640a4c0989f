//! Numbers and strings of a stream.

use super::{
    machine::{Ended, Machine, Step},
    opcode as op,
    value::{Span, Value},
};

/// Longest line of a text opcode that is read. Longer strings are jumped over.
const MAX_LINE: usize = 1 << 24;
/// Digits of a number in decimal; Python itself refuses more.
const MAX_DIGITS: u64 = 4300;
/// Bytes of a name or number that is read.
const MAX_SHORT: usize = 1024;

impl Machine<'_, '_, '_> {
    /// The length of the rest of the line, which is moved past.
    pub(super) fn line(&mut self) -> Step<u64> {
        match self.cursor.line(MAX_LINE) {
            Ok(Some(length)) => Ok(length),
            Ok(None) => Err(Ended::Short),
            Err(_) => Err(Ended::Unreadable),
        }
    }

    /// A short line, read.
    fn short_line(&mut self) -> Step<String> {
        let start = self.cursor.offset();
        let length = self.line()?;
        let text = self.read(Span::new(start, length)).unwrap_or_default();
        Ok(text)
    }

    /// A string of the stream, if it is short and UTF-8.
    pub(super) fn read(&self, span: Span) -> Option<String> {
        let length = usize::try_from(span.length()).ok().filter(|length| *length <= MAX_SHORT)?;
        let mut buffer = [0; MAX_SHORT];
        let buffer = buffer.get_mut(..length)?;
        (self.cursor.peek(span.offset(), buffer).ok()? == length).then_some(())?;
        std::str::from_utf8(buffer).ok().map(str::to_owned)
    }

    /// The text of a string value, if it is short.
    pub(super) fn text(&self, value: Value) -> Option<String> {
        match value {
            Value::Str(span) => self.read(span),
            Value::Text(index) => self.heap.decoded(index).map(str::to_owned),
            _ => None,
        }
    }

    pub(super) fn integer(&mut self, code: u8) -> Step {
        let value = match code {
            op::BININT1 => Value::Int(self.byte()?.into()),
            op::BININT2 => Value::Int(u16::from_le_bytes(self.array()?).into()),
            op::BININT => Value::Int(i32::from_le_bytes(self.array()?).into()),
            op::LONG1 => {
                let length = self.byte()?;
                self.long(length.into())?
            }
            op::LONG4 => {
                let length = i32::from_le_bytes(self.array()?);
                let length =
                    u64::try_from(length).map_err(|_| Ended::Broken("a negative length"))?;
                self.long(length)?
            }
            _ => self.decimal(code)?,
        };
        self.push(value)
    }

    /// A little-endian number in two's complement of `length` bytes.
    fn long(&mut self, length: u64) -> Step<Value> {
        let Some(count) = usize::try_from(length).ok().filter(|count| *count <= 8) else {
            return if self.cursor.skip(length) { Ok(Value::Large) } else { Err(Ended::Short) };
        };
        let mut bytes = [0; 8];
        let mut last = 0;
        for slot in bytes.iter_mut().take(count) {
            *slot = self.byte()?;
            last = *slot;
        }
        if last >= 0x80 {
            bytes.iter_mut().skip(count).for_each(|slot| *slot = 0xff);
        }
        Ok(Value::Int(i64::from_le_bytes(bytes)))
    }

    /// A decimal number on a line, as INT and LONG write it. Loaders disagree on any other spelling: some read `010` as
    /// eight, some as ten, some not at all. So it is told, and its value is none.
    pub(super) fn decimal(&mut self, code: u8) -> Step<Value> {
        let start = self.cursor.offset();
        let length = self.line()?;
        if length > MAX_DIGITS {
            return Err(Ended::Broken("a number of more digits than Python reads"));
        }
        let text = self.read(Span::new(start, length));
        let Some(text) = text else {
            // Too long to hold, so beyond 64 bits.
            return Ok(Value::Large);
        };
        match text.as_str() {
            "00" if code == op::INT => return Ok(Value::Bool(false)),
            "01" if code == op::INT => return Ok(Value::Bool(true)),
            _ => {}
        }
        let plain = text.strip_suffix('L').filter(|_| code == op::LONG).unwrap_or(&text);
        if is_plain(plain) {
            return Ok(plain.parse().map_or(Value::Large, Value::Int));
        }
        if !is_spelled(&text) {
            return Err(Ended::Broken("a number that is none"));
        }
        self.session.oddity(self.here, "a number as no pickler spells it");
        let digits = text.trim().replace('_', "");
        let index = matches!(code, op::PUT | op::GET);
        Ok(digits.parse().ok().filter(|_| index).map_or(Value::Large, Value::Int))
    }

    pub(super) fn float(&mut self) -> Step {
        let text = self.short_line()?;
        if text.trim().parse::<f64>().is_err() {
            return Err(Ended::Broken("a number that is none"));
        }
        self.push(Value::Float)
    }
}

/// Whether a number is spelled as picklers do.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let zero = digits.starts_with('0') && text != "0";
    !digits.is_empty() && !zero && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether some unpickler may read a number in what is spelled otherwise.
fn is_spelled(text: &str) -> bool {
    let any = text.bytes().any(|byte| byte.is_ascii_digit());
    any && text.bytes().all(|byte| {
        byte.is_ascii_hexdigit() || byte.is_ascii_whitespace() || b"xXoObB_+-L\x0b".contains(&byte)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_plain, is_spelled};

    #[test]
    fn numbers_are_spelled_in_one_way() {
        for text in ["0", "7", "-7", "4300", "-99999999999999999999"] {
            assert!(is_plain(text), "{text}");
        }
        for text in ["010", "-0", "+1", " 1", "1 ", "1\r", "1_0", "0x10", "0o7", "1L", "00"] {
            assert!(!is_plain(text) && is_spelled(text), "{text}");
        }
        for text in ["", "-", "é1", "1.5", "one", "_"] {
            assert!(!is_plain(text) && !is_spelled(text), "{text}");
        }
    }
}
