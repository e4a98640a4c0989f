//! Values, one after the other; what is open is counted, so that depth costs nothing.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    chunked::Chunked,
    held,
    rules::{EXTENSION, HIDDEN},
};
use crate::{
    artefact::{
        registry::pickle,
        report::Report,
        stop::{Step, Stop, broken},
    },
    bytes::{Cursor, ReadAt, Section},
};

/// Values within values: Python's reader stops at 512.
const MAX_DEPTH: usize = 512;
/// Values of a file.
const MAX_VALUES: u64 = 50_000_000;
/// Types of elements and their bytes.
#[rustfmt::skip]
const TYPES: &[(&str, u64)] = &[
    ("bool", 1), ("int8", 1), ("uint8", 1), ("int16", 2), ("uint16", 2), ("int32", 4), ("uint32", 4), ("int64", 8), ("uint64", 8),
    ("float16", 2), ("bfloat16", 2), ("float32", 4), ("float64", 8), ("complex64", 8), ("complex128", 16), ("int4", 1), ("uint4", 1), ("int2", 1),
    ("uint2", 1), ("float8_e4m3fn", 1), ("float8_e5m2", 1), ("float8_e4m3b11fnuz", 1), ("float8_e4m3fnuz", 1), ("float8_e5m2fnuz", 1),
    ("float8_e4m3", 1), ("float8_e3m4", 1), ("float8_e8m0fnu", 1), ("float4_e2m1fn", 1), ("float0", 1),
];

/// Reads a whole file.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut walk = Walk { bytes, cursor: Cursor::new(bytes, 0), values: 0, arrays: 0 };
    walk.all(report)?;
    if walk.cursor.left() > 0 {
        return broken(walk.offset(), "something follows the value");
    }
    report.measure("arrays", walk.arrays.to_string());
    Ok(())
}

/// What one value is.
enum Value {
    /// So many values follow in it.
    Holds(u64),
    /// So many keys with their values.
    Pairs(u64),
    /// Bytes of binary data.
    Bytes(u64),
    /// Bytes of a text.
    Text(u64),
    /// An extension: its kind and its length.
    Extension(i8, u64),
    /// A number.
    Number(u64),
    Plain,
}

struct Walk<'a> {
    bytes: &'a dyn ReadAt,
    cursor: Cursor<'a>,
    values: u64,
    arrays: u64,
}

impl Walk<'_> {
    fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    /// A value and all that it holds.
    fn all(&mut self, report: &mut Report) -> Step {
        let mut open = Chunked::new();
        while open.next(self.offset())? {
            match self.value()? {
                Value::Holds(count) => open.begin(count, false),
                Value::Pairs(count) => open.begin(count, true),
                Value::Bytes(length) => self.held(length, report)?,
                Value::Text(length) => {
                    open.text(&self.short(length)?);
                    self.text(length, report)?;
                }
                Value::Extension(kind, length) => {
                    let count = self.extension(kind, length, report)?;
                    open.array(count);
                }
                Value::Number(number) => open.number(number),
                Value::Plain => {}
            }
            if open.depth() > MAX_DEPTH {
                return broken(self.offset(), "values nest deeper than loaders follow");
            }
            self.values = self.values.saturating_add(1);
            if self.values > MAX_VALUES {
                return Err(Stop::Limit("there are more values than are followed"));
            }
        }
        Ok(())
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => broken(self.offset(), "the file ends within a value"),
            Err(_) => Err(Stop::Unreadable(self.offset())),
        }
    }

    fn number(&mut self, width: u8) -> Step<u64> {
        Ok(match width {
            1 => u64::from(u8::from_be_bytes(self.array()?)),
            2 => u64::from(u16::from_be_bytes(self.array()?)),
            4 => u64::from(u32::from_be_bytes(self.array()?)),
            _ => u64::from_be_bytes(self.array()?),
        })
    }

    fn kind(&mut self) -> Step<i8> {
        self.array().map(i8::from_be_bytes)
    }

    fn value(&mut self) -> Step<Value> {
        let [first] = self.array()?;
        Ok(match first {
            0x00..=0x7f => Value::Number(u64::from(first)),
            0x80..=0x8f => Value::Pairs(u64::from(first & 0xf)),
            0x90..=0x9f => Value::Holds(u64::from(first & 0xf)),
            0xa0..=0xbf => Value::Text(u64::from(first & 0x1f)),
            0xc0 | 0xc2 | 0xc3 | 0xe0..=0xff => Value::Plain,
            0xc1 => return broken(self.offset(), "a value is of the kind that there is not"),
            0xc4 => Value::Bytes(self.number(1)?),
            0xc5 => Value::Bytes(self.number(2)?),
            0xc6 => Value::Bytes(self.number(4)?),
            0xd9 => Value::Text(self.number(1)?),
            0xda => Value::Text(self.number(2)?),
            0xdb => Value::Text(self.number(4)?),
            0xc7 => self.long(1)?,
            0xc8 => self.long(2)?,
            0xc9 => self.long(4)?,
            0xca | 0xd2 => self.plain(4)?,
            0xcb | 0xd3 => self.plain(8)?,
            0xd0 => self.plain(1)?,
            0xd1 => self.plain(2)?,
            0xcc => Value::Number(self.number(1)?),
            0xcd => Value::Number(self.number(2)?),
            0xce => Value::Number(self.number(4)?),
            0xcf => Value::Number(self.number(8)?),
            0xd4..=0xd8 => Value::Extension(self.kind()?, 1 << (first & 0xf).saturating_sub(4)),
            0xdc => Value::Holds(self.number(2)?),
            0xdd => Value::Holds(self.number(4)?),
            0xde => Value::Pairs(self.number(2)?),
            0xdf => Value::Pairs(self.number(4)?),
        })
    }

    fn plain(&mut self, width: u8) -> Step<Value> {
        self.number(width).map(|_| Value::Plain)
    }

    fn long(&mut self, width: u8) -> Step<Value> {
        let length = self.number(width)?;
        Ok(Value::Extension(self.kind()?, length))
    }

    fn skip(&mut self, length: u64, report: &mut Report) -> Step {
        let before = self.cursor.skipped();
        if !self.cursor.skip(length) {
            return broken(self.offset(), "a value reaches past the end of the file");
        }
        report.payload(self.cursor.skipped().saturating_sub(before));
        Ok(())
    }

    /// Binary data, which a script may take for a pickle.
    fn held(&mut self, length: u64, report: &mut Report) -> Step {
        if length <= self.cursor.left() {
            held::data(self.bytes, (self.offset(), length), report)?;
        }
        self.skip(length, report)
    }

    /// A text, which may be a pickle of the first protocol.
    fn text(&mut self, length: u64, report: &mut Report) -> Step {
        if (held::SHORTEST..=self.cursor.left()).contains(&length) {
            let at = self.offset();
            let mut text = vec![0; usize::try_from(length.min(held::LOOKED_AT)).unwrap_or(0)];
            let read = self.cursor.peek(at, &mut text);
            read.map_err(|_| Stop::Unreadable(at))?;
            held::text(&text, at, report)?;
        }
        self.skip(length, report)
    }

    /// The start of a text, as far as keys are long.
    fn short(&self, length: u64) -> Step<Vec<u8>> {
        let at = self.offset();
        let mut text =
            vec![0; usize::try_from(length.min(self.cursor.left()).min(32)).unwrap_or(0)];
        let read = self.cursor.peek(at, &mut text);
        read.map_err(|_| Stop::Unreadable(at))?;
        Ok(text)
    }

    /// An extension. Gives how many elements it has, if it is an array.
    fn extension(&mut self, kind: i8, length: u64, report: &mut Report) -> Step<u64> {
        let at = self.offset();
        if length > self.cursor.left() {
            return broken(at, "an extension reaches past the end of the file");
        }
        let end = at.saturating_add(length);
        let mut count = 0;
        match kind {
            1 | 3 => count = self.elements(end, report)?,
            2 => self.complex()?,
            // A point in time, which the format has itself.
            -1 if matches!(length, 4 | 8 | 12) => {
                self.skip(length, report)?;
                return Ok(0);
            }
            _ => {
                let section = Section::new(self.bytes, at, length);
                if pickle::has_effect(&section) {
                    let text = format!("the extension {kind} is a pickle with effects");
                    report.find(&HIDDEN, Malicious, at, &text);
                }
                report.find(&EXTENSION, Unknown, at, &format!("an extension of the kind {kind}"));
                self.skip(length, report)?;
                return Ok(0);
            }
        }
        if self.offset() != end {
            return broken(at, "an array does not fill its extension");
        }
        Ok(count)
    }

    /// An array: its shape, the type of its elements, and their bytes.
    fn elements(&mut self, end: u64, report: &mut Report) -> Step<u64> {
        let at = self.offset();
        let (Value::Holds(3), Value::Holds(rank @ 0..=64)) = (self.value()?, self.value()?) else {
            return broken(at, "an array has no shape");
        };
        let mut count = 1_u64;
        for _ in 0..rank {
            let Value::Number(length) = self.value()? else {
                return broken(at, "an array has a length that is no number");
            };
            let Some(product) = count.checked_mul(length) else {
                return broken(at, "an array has more elements than there are numbers");
            };
            count = product;
        }
        let width = self.width()?;
        let (Value::Bytes(length) | Value::Text(length)) = self.value()? else {
            return broken(at, "an array has no elements");
        };
        if Some(length) != count.checked_mul(width) || self.offset().saturating_add(length) > end {
            return broken(at, "an array is not as long as its shape says");
        }
        self.arrays = self.arrays.saturating_add(1);
        if width == 1 {
            self.held(length, report)?;
        } else {
            held::numbers(self.bytes, (self.offset(), length), report)?;
            self.skip(length, report)?;
        }
        Ok(count)
    }

    fn width(&mut self) -> Step<u64> {
        let at = self.offset();
        let (Value::Bytes(length @ 0..=32) | Value::Text(length @ 0..=32)) = self.value()? else {
            return broken(at, "an array does not say what its elements are");
        };
        let mut name = vec![0; usize::try_from(length).unwrap_or(0)];
        let read = self.cursor.peek(self.offset(), &mut name);
        read.map_err(|_| Stop::Unreadable(at))?;
        self.cursor.skip(length);
        let known = TYPES.iter().find(|(known, _)| known.as_bytes() == name);
        known.map_or_else(
            || broken(at, "elements are of a type that there is not"),
            |(_, width)| Ok(*width),
        )
    }

    /// A complex number: two numbers.
    fn complex(&mut self) -> Step {
        let at = self.offset();
        let plain = |value: &Value| matches!(value, Value::Plain | Value::Number(_));
        if matches!(self.value()?, Value::Holds(2))
            && plain(&self.value()?)
            && plain(&self.value()?)
        {
            return Ok(());
        }
        broken(at, "a complex number is none")
    }
}
