//! JSON as Python reads it: with `NaN` and `Infinity`, and with every value of a key that stands twice.

/// Values of one document.
const MAX_VALUES: usize = 400_000;
/// Values within values.
const MAX_DEPTH: usize = 256;

/// A value. Numbers are not kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// Null, a number or a truth value.
    Plain,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, in their order.
    Object(Vec<(String, Self)>),
}

/// Why a document is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is broken at this byte.
    Broken(u64, &'static str),
    /// It has more values than are kept.
    Limit,
}

impl Json {
    /// All values of `key`: more than one if it stands twice.
    pub(crate) fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Self> {
        let entries = match self {
            Self::Object(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().filter(move |(name, _)| name == key).map(|(_, value)| value)
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a document.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, Problem> {
    let mut parser = Parser { bytes, at: 0, values: 0 };
    let value = parser.value(0)?;
    parser.space();
    if parser.at < bytes.len() {
        Err(parser.broken("something follows the value"))
    } else {
        Ok(value)
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl Parser<'_> {
    const fn broken(&self, text: &'static str) -> Problem {
        Problem::Broken(self.at as u64, text)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at = self.at.saturating_add(1);
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, Problem> {
        if depth > MAX_DEPTH {
            return Err(self.broken("values nest deeper than loaders follow"));
        }
        self.values = self.values.saturating_add(1);
        if self.values > MAX_VALUES {
            return Err(Problem::Limit);
        }
        self.space();
        match self.peek() {
            Some(b'"') => Ok(Json::Text(self.text()?)),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.object(depth),
            _ => self.plain(),
        }
    }

    fn plain(&mut self) -> Result<Json, Problem> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let ends =
            |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let known =
            matches!(word, b"null" | b"true" | b"false" | b"NaN" | b"Infinity" | b"-Infinity");
        let number =
            word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        if !known && (word.is_empty() || !number) {
            return Err(self.broken("it is not JSON"));
        }
        self.at = self.at.saturating_add(end);
        Ok(Json::Plain)
    }

    fn list(&mut self, depth: usize) -> Result<Json, Problem> {
        let mut items = Vec::new();
        self.next();
        self.space();
        if self.peek() == Some(b']') {
            self.next();
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth.saturating_add(1))?);
            self.space();
            match self.next() {
                Some(b',') => {}
                Some(b']') => return Ok(Json::List(items)),
                _ => return Err(self.broken("a list does not end")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, Problem> {
        let mut entries = Vec::new();
        self.next();
        self.space();
        if self.peek() == Some(b'}') {
            self.next();
            return Ok(Json::Object(entries));
        }
        loop {
            self.space();
            let key = self.text()?;
            self.space();
            if self.next() != Some(b':') {
                return Err(self.broken("a key has no value"));
            }
            entries.push((key, self.value(depth.saturating_add(1))?));
            self.space();
            match self.next() {
                Some(b',') => {}
                Some(b'}') => return Ok(Json::Object(entries)),
                _ => return Err(self.broken("an object does not end")),
            }
        }
    }

    fn text(&mut self) -> Result<String, Problem> {
        if self.next() != Some(b'"') {
            return Err(self.broken("a text is missing"));
        }
        let mut text = String::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let end = memchr::memchr2(b'"', b'\\', rest);
            let plain = end.and_then(|end| rest.get(..end));
            let plain = plain.and_then(|plain| std::str::from_utf8(plain).ok());
            let plain = plain.ok_or(self.broken("a text is broken"))?;
            text.push_str(plain);
            self.at = self.at.saturating_add(plain.len());
            if self.next() == Some(b'"') {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Problem> {
        Ok(match self.next() {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.unicode()?,
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            _ => return Err(self.broken("an escape is none")),
        })
    }

    /// A code point; a half of a pair alone becomes a replacement.
    fn unicode(&mut self) -> Result<char, Problem> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let here = self.at;
        if self.next() == Some(b'\\') && self.next() == Some(b'u') {
            let second = self.unit()?;
            if let Some(low) = second.checked_sub(0xdc00).filter(|low| *low < 0x400) {
                let high = (first & 0x3ff) << 10;
                let point = (high | low).saturating_add(0x1_0000);
                return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = here;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn unit(&mut self) -> Result<u32, Problem> {
        let end = self.at.saturating_add(4);
        let digits = self.bytes.get(self.at..end).unwrap_or_default();
        let sound = digits.iter().all(u8::is_ascii_hexdigit);
        let text = std::str::from_utf8(digits).ok().filter(|text| sound && text.len() == 4);
        let unit = text.and_then(|text| u32::from_str_radix(text, 16).ok());
        let unit = unit.ok_or(self.broken("an escape is none"))?;
        self.at = end;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Problem, parse};

    #[test]
    fn python_reads_more_than_json() {
        let read = parse(br#" {"a": [NaN, -Infinity, 1e5], "a": "\u0041\ud83d\ude00\ud800"} "#);
        let Ok(Json::Object(entries)) = read else { panic!("{read:?}") };
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1].1, Json::Text("A\u{1f600}\u{fffd}".into()));
        for broken in ["", "{", "[1,]", "{\"a\"}", "[] x", "\"a", "'a'", "\u{feff}{}", "nul"] {
            assert!(matches!(parse(broken.as_bytes()), Err(Problem::Broken(..))), "{broken}");
        }
        assert!(matches!(parse("[".repeat(9999).as_bytes()), Err(Problem::Broken(..))));
    }
}
