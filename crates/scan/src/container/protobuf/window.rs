//! Reading forward with jumps: a small window, that grows while nothing is jumped over.

use std::io;

use crate::bytes::{ReadAt, read_up_to};

/// Bytes read after a jump.
const FIRST: usize = 1 << 12;
/// Bytes read at a time in a row.
const LARGEST: usize = 1 << 16;

/// A place in bytes.
pub(super) struct Window<'a> {
    bytes: &'a dyn ReadAt,
    held: Vec<u8>,
    /// Offset of the first byte held.
    start: u64,
    /// Offset of the place.
    pub(super) at: u64,
    step: usize,
}

impl<'a> Window<'a> {
    pub(super) fn new(bytes: &'a dyn ReadAt) -> Self {
        Self { bytes, held: Vec::new(), start: 0, at: 0, step: FIRST }
    }

    /// The next byte; none at the end.
    #[inline]
    pub(super) fn byte(&mut self) -> io::Result<Option<u8>> {
        let held = |window: &Self| {
            let at = usize::try_from(window.at.checked_sub(window.start)?).ok()?;
            window.held.get(at).copied()
        };
        let byte = match held(self) {
            Some(byte) => Some(byte),
            None => {
                self.refill(1)?;
                held(self)
            }
        };
        self.at = self.at.saturating_add(u64::from(byte.is_some()));
        Ok(byte)
    }

    /// The next `length` bytes; none if there are fewer.
    pub(super) fn slice(&mut self, length: usize) -> io::Result<Option<&[u8]>> {
        let within = |window: &Self| {
            let from = usize::try_from(window.at.checked_sub(window.start)?).ok()?;
            let to = from.checked_add(length)?;
            (to <= window.held.len()).then_some(from..to)
        };
        if within(self).is_none() {
            self.refill(length)?;
        }
        let Some(range) = within(self) else { return Ok(None) };
        self.at = self.at.saturating_add(length as u64);
        Ok(self.held.get(range))
    }

    /// Makes the window begin at the place, with at least `least` bytes if there are so many.
    fn refill(&mut self, least: usize) -> io::Result<()> {
        let next = self.start.saturating_add(self.held.len() as u64);
        self.step = if self.at == next { self.step.saturating_mul(2).min(LARGEST) } else { FIRST };
        self.start = self.at;
        let left = usize::try_from(self.bytes.size().saturating_sub(self.at)).unwrap_or(usize::MAX);
        self.held.resize(self.step.max(least).min(left), 0);
        let read = read_up_to(self.bytes, self.start, &mut self.held)?;
        self.held.truncate(read);
        Ok(())
    }
}
