//! Whole numbers of NumPy's, in either order of bytes.

/// How a whole number stands in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) size: u8,
    pub(super) signed: bool,
    pub(super) big: bool,
}

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) offset: usize,
    pub(super) number: Number,
}

impl Number {
    /// As a code such as `i8` says, in an order such as `<`.
    pub(super) fn of(code: &str, order: &str) -> Option<Self> {
        let (own, code) = match code.strip_prefix(['<', '>', '|', '=']) {
            Some(rest) => (code.get(..1), rest),
            None => (None, code),
        };
        let (size, signed) = match code {
            "?" | "b1" | "u1" => (1, false),
            "i1" => (1, true),
            "i2" => (2, true),
            "u2" => (2, false),
            "i4" => (4, true),
            "u4" => (4, false),
            "i8" => (8, true),
            "u8" => (8, false),
            _ => return None,
        };
        Some(Self { size, signed, big: own == Some(">") || order == ">" })
    }

    /// The number at the beginning of some bytes. What goes beyond 63 bits counts as the largest.
    pub(super) fn read(self, bytes: &[u8]) -> Option<i64> {
        // What nodes are made of.
        if let (8, true, false) = (self.size, self.signed, self.big) {
            return bytes.first_chunk().copied().map(i64::from_le_bytes);
        }
        let bytes = bytes.get(..self.size.into())?;
        let fold = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        let value = match self.big {
            true => bytes.iter().fold(0, fold),
            false => bytes.iter().rev().fold(0, fold),
        };
        let unused = 64_u32.saturating_sub(u32::from(self.size).saturating_mul(8));
        if self.signed {
            let [a, b, c, d, e, f, g, h] = (value << unused).to_le_bytes();
            Some(i64::from_le_bytes([a, b, c, d, e, f, g, h]) >> unused)
        } else {
            Some(i64::try_from(value).unwrap_or(i64::MAX))
        }
    }
}

impl Field {
    /// Its number in a record.
    pub(super) fn read(self, record: &[u8]) -> Option<i64> {
        self.number.read(record.get(self.offset..)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_are_read_in_either_order() {
        let number = |code, order| Number::of(code, order).unwrap();
        assert_eq!(number("i4", "<").read(&[0xfe, 0xff, 0xff, 0xff]), Some(-2));
        assert_eq!(number("i4", ">").read(&[0xff, 0xff, 0xff, 0xfe]), Some(-2));
        assert_eq!(number(">u2", "").read(&[1, 2]), Some(258));
        assert_eq!(number("u8", "<").read(&[0xff; 8]), Some(i64::MAX));
        assert_eq!(number("u1", "|").read(&[0xff]), Some(255));
        assert_eq!(number("i8", "<").read(&[0xff; 7]), None);
        assert_eq!(number("i8", "<").read(&[0xfe, 255, 255, 255, 255, 255, 255, 255, 7]), Some(-2));
        assert_eq!(number("i8", ">").read(&[255, 255, 255, 255, 255, 255, 255, 0xfe]), Some(-2));
        assert_eq!(Number::of("f8", "<"), None);
    }
}
