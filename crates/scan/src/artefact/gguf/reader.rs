//! Numbers and strings in the file's byte order.

use crate::bytes::{Cursor, ReadAt, read_exact_at};

/// What went wrong.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) at: u64,
    pub(super) kind: Trouble,
}

/// Kinds of trouble.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file breaks a rule.
    Broken(String),
    /// A limit of ours.
    Limit(&'static str),
    /// A read failed.
    Unreadable,
}

/// A place in the file.
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a dyn ReadAt,
    pub(super) cursor: Cursor<'a>,
    /// Whether the most significant byte comes first.
    pub(super) big: bool,
    /// Whether lengths have 64 bits, as from version 2 on.
    pub(super) wide: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt) -> Self {
        Self { bytes, cursor: Cursor::new(bytes, 4), big: false, wide: true }
    }

    pub(super) fn broken<T>(&self, what: impl Into<String>) -> Result<T, Problem> {
        Err(Problem { at: self.cursor.offset(), kind: Trouble::Broken(what.into()) })
    }

    pub(super) fn limit<T>(&self, what: &'static str) -> Result<T, Problem> {
        Err(Problem { at: self.cursor.offset(), kind: Trouble::Limit(what) })
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        match self.cursor.array() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => self.broken("the file ends within its description"),
            Err(_) => Err(Problem { at: self.cursor.offset(), kind: Trouble::Unreadable }),
        }
    }

    pub(super) fn u32(&mut self) -> Result<u32, Problem> {
        let bytes = self.array()?;
        Ok(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    pub(super) fn u64(&mut self) -> Result<u64, Problem> {
        let bytes = self.array()?;
        Ok(if self.big { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }

    /// A count or a length.
    pub(super) fn length(&mut self) -> Result<u64, Problem> {
        if self.wide { self.u64() } else { self.u32().map(u64::from) }
    }

    /// A count of things that take at least `each` bytes.
    pub(super) fn count(&mut self, each: u64, what: &str) -> Result<u64, Problem> {
        let count = self.length()?;
        if count.checked_mul(each).is_none_or(|bytes| bytes > self.cursor.left()) {
            return self.broken(format!("it says {count} {what}, which do not fit into the file"));
        }
        Ok(count)
    }

    pub(super) fn skip(&mut self, bytes: u64) -> Result<(), Problem> {
        if self.cursor.skip(bytes) {
            Ok(())
        } else {
            self.broken("a value reaches past the end of the file")
        }
    }

    /// The bytes of a string, up to `limit`.
    pub(super) fn string(&mut self, limit: u64) -> Result<Vec<u8>, Problem> {
        let length = self.count(1, "bytes of a string")?;
        if length > limit {
            return self.limit("a string is longer than is read");
        }
        let mut text = vec![0; usize::try_from(length).unwrap_or(0)];
        if read_exact_at(self.bytes, self.cursor.offset(), &mut text).is_err() {
            return Err(Problem { at: self.cursor.offset(), kind: Trouble::Unreadable });
        }
        self.skip(length)?;
        Ok(text)
    }

    /// A name: a string that is text.
    pub(super) fn name(&mut self, limit: u64) -> Result<String, Problem> {
        match String::from_utf8(self.string(limit)?) {
            Ok(name) => Ok(name),
            Err(_) => self.broken("a name is no UTF-8"),
        }
    }
}
