//! Reading from front to back through a window.

use std::io;

use super::{ReadAt, read_up_to};

/// Bytes held at a time. A small file is held whole, so that strings far back cost no further read.
const WINDOW: usize = 1 << 18;

/// A place in bytes that moves forward. It holds a window of them and can jump.
pub struct Cursor<'a> {
    bytes: &'a dyn ReadAt,
    window: Vec<u8>,
    /// Offset of the window's first byte.
    start: u64,
    /// Place within the window.
    at: usize,
    /// Jumped over without a look.
    skipped: u64,
}

impl<'a> Cursor<'a> {
    /// At `offset` of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a dyn ReadAt, offset: u64) -> Self {
        Self { bytes, window: Vec::new(), start: offset, at: 0, skipped: 0 }
    }

    /// Where it is.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.start.saturating_add(self.at as u64)
    }

    /// How many bytes are left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.bytes.size().saturating_sub(self.offset())
    }

    /// How many bytes were jumped over without being read.
    #[must_use]
    pub const fn skipped(&self) -> u64 {
        self.skipped
    }

    /// The next byte, or none at the end.
    ///
    /// # Errors
    /// If a read fails.
    #[inline]
    pub fn byte(&mut self) -> io::Result<Option<u8>> {
        if let Some(&byte) = self.window.get(self.at) {
            self.at = self.at.saturating_add(1);
            return Ok(Some(byte));
        }
        self.refill()?;
        let byte = self.window.get(self.at).copied();
        self.at = self.at.saturating_add(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// The next `N` bytes, or none if there are fewer.
    ///
    /// # Errors
    /// If a read fails.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> io::Result<Option<[u8; N]>> {
        if self.window.len().saturating_sub(self.at) < N {
            self.refill()?;
        }
        let end = self.at.saturating_add(N);
        let Some(bytes) = self.window.get(self.at..end).and_then(|bytes| bytes.try_into().ok())
        else {
            return Ok(None);
        };
        self.at = end;
        Ok(Some(bytes))
    }

    /// What is held from here on: nothing only at the end.
    ///
    /// # Errors
    /// If a read fails.
    #[inline]
    pub fn held(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.window.len() {
            self.refill()?;
        }
        Ok(self.window.get(self.at..).unwrap_or_default())
    }

    /// Moves on by `count` bytes of what is held.
    #[inline]
    pub fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.window.len());
    }

    /// Moves `count` bytes on; false, without moving, if there are fewer. What lies beyond the window is
    /// not read.
    pub fn skip(&mut self, count: u64) -> bool {
        let held = self.window.len().saturating_sub(self.at) as u64;
        if count <= held {
            self.at = self.at.saturating_add(usize::try_from(count).unwrap_or(0));
            return true;
        }
        if count > self.left() {
            return false;
        }
        let target = self.offset().saturating_add(count);
        self.skipped = self.skipped.saturating_add(count.saturating_sub(held));
        self.jump(target);
        true
    }

    /// Moves to `offset`.
    pub fn jump(&mut self, offset: u64) {
        let within = offset.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        match within.filter(|&at| at <= self.window.len()) {
            Some(at) => self.at = at,
            None => {
                self.window.clear();
                self.start = offset;
                self.at = 0;
            }
        }
    }

    /// The length of the line at the cursor without its line feed, which it is moved past; none if there
    /// is no line feed within `limit` bytes.
    ///
    /// # Errors
    /// If a read fails.
    pub fn line(&mut self, limit: usize) -> io::Result<Option<u64>> {
        let mut length = 0_u64;
        while length <= limit as u64 {
            let held = self.window.get(self.at..).unwrap_or_default();
            if let Some(found) = memchr::memchr(b'\n', held) {
                self.at = self.at.saturating_add(found).saturating_add(1);
                return Ok(Some(length.saturating_add(found as u64)));
            }
            length = length.saturating_add(held.len() as u64);
            self.at = self.window.len();
            self.refill()?;
            if self.at >= self.window.len() {
                break;
            }
        }
        Ok(None)
    }

    /// Bytes at `offset`, wherever the cursor is: as many of `buf` as there are.
    ///
    /// # Errors
    /// If a read fails.
    pub fn peek(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let held = offset
            .checked_sub(self.start)
            .and_then(|at| usize::try_from(at).ok())
            .and_then(|at| self.window.get(at..at.checked_add(buf.len())?));
        match held {
            Some(held) => {
                buf.copy_from_slice(held);
                Ok(buf.len())
            }
            None => read_up_to(self.bytes, offset, buf),
        }
    }

    /// Makes the window begin at the cursor.
    fn refill(&mut self) -> io::Result<()> {
        self.start = self.offset();
        self.at = 0;
        let left = usize::try_from(self.left()).unwrap_or(usize::MAX);
        self.window.resize(WINDOW.min(left), 0);
        let read = read_up_to(self.bytes, self.start, &mut self.window)?;
        self.window.truncate(read);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::SliceBytes, Cursor, WINDOW};

    #[test]
    fn reads_skips_and_peeks_across_windows() {
        let data: Vec<u8> = (0..WINDOW * 3).map(|i| (i % 251) as u8).collect();
        let source = SliceBytes(&data);
        let mut cursor = Cursor::new(&source, 0);
        assert_eq!(cursor.byte().unwrap(), Some(0));
        assert!(cursor.skip(WINDOW as u64 - 3));
        assert_eq!(cursor.offset(), WINDOW as u64 - 2);
        let expected: [u8; 8] = data[WINDOW - 2..WINDOW + 6].try_into().unwrap();
        assert_eq!(cursor.array::<8>().unwrap(), Some(expected));
        let mut back = [0; 4];
        assert_eq!(cursor.peek(3, &mut back).unwrap(), 4);
        assert_eq!(back, [3, 4, 5, 6]);
        assert!(!cursor.skip(u64::MAX));
        assert!(cursor.skip(cursor.left()));
        assert_eq!(cursor.byte().unwrap(), None);
    }

    #[test]
    fn finds_the_end_of_a_line_within_its_limit() {
        let source = SliceBytes(b"abc\ndef");
        let mut cursor = Cursor::new(&source, 0);
        assert_eq!(cursor.line(9).unwrap(), Some(3));
        assert_eq!(cursor.offset(), 4);
        assert_eq!(cursor.line(9).unwrap(), None);
    }
}
