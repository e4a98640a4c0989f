//! Strings of a stream.

use super::{
    machine::{Ended, Machine, Step},
    opcode as op,
    value::{Span, Value, is_special},
};

impl Machine<'_, '_, '_> {
    pub(super) fn string(&mut self, code: u8) -> Step {
        let length = match code {
            op::SHORT_BINUNICODE | op::SHORT_BINBYTES | op::SHORT_BINSTRING => {
                u64::from(self.byte()?)
            }
            op::BINUNICODE | op::BINBYTES => u64::from(u32::from_le_bytes(self.array()?)),
            op::BINSTRING => u64::try_from(i32::from_le_bytes(self.array()?))
                .map_err(|_| Ended::Broken("a negative length"))?,
            op::BINUNICODE8 | op::BINBYTES8 | op::BYTEARRAY8 => u64::from_le_bytes(self.array()?),
            _ => return self.text_string(code),
        };
        let span = Span::new(self.cursor.offset(), length);
        if !self.cursor.skip(length) {
            return Err(Ended::Short);
        }
        self.push(match code {
            op::BINBYTES | op::SHORT_BINBYTES | op::BINBYTES8 | op::BYTEARRAY8 => {
                Value::Bytes(span)
            }
            op::BINSTRING | op::SHORT_BINSTRING => Value::Str(self.named_span(span).narrow()),
            _ => Value::Str(self.named_span(span)),
        })
    }

    /// A string, marked if it is a name by which methods are found.
    fn named_span(&self, span: Span) -> Span {
        let mut head = [0; 24];
        let length = usize::try_from(span.length()).unwrap_or(usize::MAX);
        let short = length.min(head.len());
        let read = head
            .get_mut(..short)
            .map_or(0, |head| self.cursor.peek(span.offset(), head).unwrap_or(0));
        let special = match head.get(..read).unwrap_or_default() {
            name if length <= name.len() => is_special(name),
            start => start.starts_with(b"__") && self.ends_special(span),
        };
        if special { span.special() } else { span }
    }

    /// Whether a long name ends as Python's own do; so it is said of what can't be read.
    fn ends_special(&self, span: Span) -> bool {
        let mut tail = [0; 2];
        let last = span.offset().saturating_add(span.length().into()).saturating_sub(2);
        !matches!(self.cursor.peek(last, &mut tail), Ok(2)) || tail == *b"__"
    }

    /// STRING, quoted with escapes, and UNICODE, bare with `\u` escapes.
    fn text_string(&mut self, code: u8) -> Step {
        let start = self.cursor.offset();
        let length = self.line()?;
        let quoted = code == op::STRING;
        let (start, length) = if quoted { self.unquoted(start, length)? } else { (start, length) };
        let span = Span::new(start, length);
        let line = Value::Line(if quoted { span.narrow() } else { span });
        let value = match self.read(span).filter(|text| text.is_ascii()) {
            Some(text) if text.contains('\\') => {
                self.heap.text(&decode(&text, quoted)).unwrap_or(line)
            }
            Some(_) if quoted => Value::Str(self.named_span(span).narrow()),
            Some(_) => Value::Str(self.named_span(span)),
            None => line,
        };
        self.push(value)
    }

    /// The part of a line between its quotes.
    fn unquoted(&mut self, start: u64, length: u64) -> Step<(u64, u64)> {
        let broken = Ended::Broken("a string without its quotes");
        let mut ends = [[0; 1]; 2];
        // Blanks before the line feed are tolerated by some unpicklers.
        let mut length = length;
        for _ in 0..8 {
            let last = start.saturating_add(length).saturating_sub(1);
            let [first_end, last_end] = &mut ends;
            self.cursor.peek(start, first_end).map_err(|_| Ended::Unreadable)?;
            self.cursor.peek(last, last_end).map_err(|_| Ended::Unreadable)?;
            match (first_end, last_end) {
                (_, [b' ' | b'\r' | b'\t']) if length > 2 => {
                    self.session.oddity(self.here, "blanks behind a string");
                    length = length.saturating_sub(1);
                }
                ([b'\''], [b'\'']) | ([b'"'], [b'"']) if length >= 2 => {
                    return Ok((start.saturating_add(1), length.saturating_sub(2)));
                }
                _ => return Err(broken),
            }
        }
        Err(broken)
    }
}

/// Resolves escapes: of a quoted string all of Python's, of a bare one only `\u` and `\U`.
fn decode(text: &str, quoted: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut ahead = rest.clone();
        match ahead.next() {
            Some('u') if !quoted => push_code(&mut out, &mut rest, 4),
            Some('U') if !quoted => push_code(&mut out, &mut rest, 8),
            Some('x') if quoted => push_code(&mut out, &mut rest, 2),
            Some(digit @ '0'..='7') if quoted => {
                let mut code = digit.to_digit(8).unwrap_or(0);
                rest.next();
                for _ in 0..2 {
                    let Some(digit) = rest.clone().next().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code.saturating_mul(8).saturating_add(digit);
                    rest.next();
                }
                // As Python does: `\537` is `_`.
                out.extend(char::from_u32(code & 0xff));
            }
            Some(escaped) if quoted => {
                rest.next();
                match escaped {
                    'n' => out.push('\n'),
                    'r' => out.push('\r'),
                    't' => out.push('\t'),
                    'a' => out.push('\x07'),
                    'b' => out.push('\x08'),
                    'f' => out.push('\x0c'),
                    'v' => out.push('\x0b'),
                    '\\' | '\'' | '"' => out.push(escaped),
                    _ => out.extend(['\\', escaped]),
                }
            }
            // A bare string keeps a backslash with what follows it.
            Some(kept) => {
                rest.next();
                out.extend(['\\', kept]);
            }
            None => out.push('\\'),
        }
    }
    out
}

/// The character whose code stands in the next `digits` hexadecimal digits, after the letter.
fn push_code(out: &mut String, rest: &mut std::str::Chars<'_>, digits: usize) {
    let letter = rest.next();
    let hex: String = rest.clone().take(digits).collect();
    let code = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits);
    match code.and_then(char::from_u32) {
        Some(c) => {
            out.push(c);
            for _ in 0..digits {
                rest.next();
            }
        }
        None => out.extend(['\\'].into_iter().chain(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn resolves_the_escapes_that_each_opcode_has() {
        assert_eq!(decode(r"s\x79stem\'\\", true), r"system'\");
        assert_eq!(decode(r"\163ystem", true), "system");
        assert_eq!(decode(r"\537\537x\a", true), "__x\u{7}");
        assert_eq!(decode(r"\\u0041", false), r"\\u0041");
        assert_eq!(decode("s\\u0079stem", false), "system");
        assert_eq!(decode("\\U0000006fs", false), "os");
        assert_eq!(decode(r"a\x41\n", false), r"a\x41\n");
        assert_eq!(decode(r"\u12", false), r"\u12");
    }
}
