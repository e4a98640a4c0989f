//! The model as UBJSON, draft 12, in the part that the library reads. Lists of numbers of one kind are payload but for children.

use super::shape::Shape;
use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{Cursor, ReadAt, read_exact_at},
};

/// Bytes of a text.
const MAX_TEXT: u64 = 4 << 20;

/// Reads it.
pub(super) fn read(bytes: &dyn ReadAt, shape: &mut Shape<'_>) -> Step<u64> {
    let mut reader = Reader { bytes, cursor: Cursor::new(bytes, 0), left: Vec::new() };
    let first = reader.byte()?;
    reader.value(first, shape)?;
    while !shape.is_done() {
        reader.step(shape)?;
    }
    if reader.cursor.left() > 0 {
        return broken(reader.offset(), "something follows the model");
    }
    Ok(reader.offset())
}

/// What is open.
#[derive(Clone, Copy)]
enum Open {
    Map,
    List,
    /// A list of this many more values.
    Counted(u64),
}

struct Reader<'a> {
    bytes: &'a dyn ReadAt,
    cursor: Cursor<'a>,
    left: Vec<Open>,
}

impl Reader<'_> {
    fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => broken(self.offset(), "the file ends within the model"),
            Err(_) => Err(Stop::Unreadable(self.offset())),
        }
    }

    fn byte(&mut self) -> Step<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// The next value of what is open, or its end.
    fn step(&mut self, shape: &mut Shape<'_>) -> Step {
        match self.left.last().copied() {
            Some(Open::Counted(0)) => self.close(shape),
            Some(Open::Counted(left)) => {
                self.left.pop();
                self.left.push(Open::Counted(left.saturating_sub(1)));
                let marker = self.byte()?;
                self.value(marker, shape)
            }
            Some(Open::List) => match self.byte()? {
                b']' => self.close(shape),
                marker => self.value(marker, shape),
            },
            Some(Open::Map) => match self.byte()? {
                b'}' => self.close(shape),
                b'N' => Ok(()),
                marker => {
                    let key = self.text(marker)?;
                    shape.key(self.offset(), &key)?;
                    let marker = self.byte()?;
                    self.value(marker, shape)
                }
            },
            None => broken(self.offset(), "the model is a single value"),
        }
    }

    fn close(&mut self, shape: &mut Shape<'_>) -> Step {
        self.left.pop();
        shape.close(self.offset())
    }

    fn value(&mut self, marker: u8, shape: &mut Shape<'_>) -> Step {
        match marker {
            b'{' => {
                shape.open(self.offset(), false)?;
                self.left.push(Open::Map);
            }
            b'[' => return self.list(shape),
            b'S' => {
                let marker = self.byte()?;
                let text = self.text(marker)?;
                shape.text(self.offset(), &text)?;
            }
            b'd' => {
                let number = f32::from_be_bytes(self.array()?);
                shape.number(|| f64::from(number))?;
            }
            b'D' => {
                let number = f64::from_be_bytes(self.array()?);
                shape.number(|| number)?;
            }
            b'T' | b'F' | b'Z' | b'N' => shape.plain(),
            b'C' => {
                self.byte()?;
                shape.plain();
            }
            _ => {
                let number = self.integer(marker)?;
                shape.number(|| number as f64)?;
            }
        }
        Ok(())
    }

    /// A list: of values, of so many, or of numbers of one kind.
    fn list(&mut self, shape: &mut Shape<'_>) -> Step {
        let mut next = [0];
        let read = self.cursor.peek(self.offset(), &mut next);
        read.map_err(|_| Stop::Unreadable(self.offset()))?;
        match next {
            [b'$'] => {
                let [_, kind, hash] = self.array()?;
                if hash != b'#' {
                    return broken(self.offset(), "a list of one kind has no length");
                }
                let count = self.length()?;
                self.numbers(kind, count, shape)
            }
            [b'#'] => {
                self.byte()?;
                let count = self.length()?;
                shape.open(self.offset(), true)?;
                self.left.push(Open::Counted(count));
                Ok(())
            }
            _ => {
                shape.open(self.offset(), true)?;
                self.left.push(Open::List);
                Ok(())
            }
        }
    }

    fn numbers(&mut self, kind: u8, count: u64, shape: &mut Shape<'_>) -> Step {
        let Some(width) = width(kind) else {
            return broken(self.offset(), "a list is of a kind that is no number");
        };
        let bytes = count.saturating_mul(width);
        if bytes > self.cursor.left() {
            return broken(self.offset(), "a list reaches past the end of the file");
        }
        let places = shape.wants_places() && !matches!(kind, b'd' | b'D');
        shape.numbers(count);
        if places {
            for _ in 0..count {
                let place = self.integer(kind)?;
                shape.refers(place)?;
            }
        } else {
            self.cursor.skip(bytes);
        }
        Ok(())
    }

    fn length(&mut self) -> Step<u64> {
        let marker = self.byte()?;
        let length = self.integer(marker)?;
        u64::try_from(length).or_else(|_| broken(self.offset(), "a length is negative"))
    }

    fn integer(&mut self, marker: u8) -> Step<i64> {
        Ok(match marker {
            b'i' => i64::from(i8::from_be_bytes(self.array()?)),
            b'U' => i64::from(u8::from_be_bytes(self.array()?)),
            b'I' => i64::from(i16::from_be_bytes(self.array()?)),
            b'l' => i64::from(i32::from_be_bytes(self.array()?)),
            b'L' => i64::from_be_bytes(self.array()?),
            _ => {
                return broken(
                    self.offset(),
                    "a value is of a kind that the library does not read",
                );
            }
        })
    }

    /// A text whose length has this marker.
    fn text(&mut self, marker: u8) -> Step<String> {
        let at = self.offset();
        let length = self.integer(marker)?;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if length > self.cursor.left() {
            return broken(at, "a text reaches past the end of the file");
        }
        if length > MAX_TEXT {
            return Err(Stop::Limit("a text is longer than is read"));
        }
        let mut text = vec![0; usize::try_from(length).unwrap_or(0)];
        let here = self.offset();
        if self.cursor.peek(here, &mut text).ok() != Some(text.len()) {
            read_exact_at(self.bytes, here, &mut text).map_err(|_| Stop::Unreadable(here))?;
        }
        self.cursor.skip(length);
        String::from_utf8(text).or_else(|_| broken(at, "a text is no UTF-8"))
    }
}

/// Bytes of a number.
const fn width(kind: u8) -> Option<u64> {
    match kind {
        b'i' | b'U' => Some(1),
        b'I' => Some(2),
        b'l' | b'd' => Some(4),
        b'L' | b'D' => Some(8),
        _ => None,
    }
}
