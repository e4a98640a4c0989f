//! Positioned bytes as a stream that knows how far it was read.

use std::{
    io::{self, BufRead, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::bytes::{ReadAt as _, Section, read_up_to};

/// Bytes held at a time.
const HELD: usize = 1 << 16;

/// Bytes from front to back. What decoders took of them is known outside, while they own this.
pub(super) struct Source<'a> {
    bytes: Section<'a>,
    held: Vec<u8>,
    at: usize,
    /// Offset behind what is held.
    end: u64,
    taken: Arc<AtomicU64>,
}

impl<'a> Source<'a> {
    /// From `offset` of `bytes` on; `taken` follows the offset of the first byte that nobody took.
    pub(super) fn new(bytes: Section<'a>, offset: u64, taken: Arc<AtomicU64>) -> Self {
        taken.store(offset, Ordering::Relaxed);
        Self { bytes, held: Vec::new(), at: 0, end: offset, taken }
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.held.len() {
            let left = usize::try_from(self.bytes.size().saturating_sub(self.end));
            self.held.resize(left.unwrap_or(HELD).min(HELD), 0);
            let read = read_up_to(&self.bytes, self.end, &mut self.held)?;
            self.held.truncate(read);
            self.at = 0;
            self.end = self.end.saturating_add(read as u64);
        }
        Ok(self.held.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.held.len());
        let left = self.held.len().saturating_sub(self.at) as u64;
        self.taken.store(self.end.saturating_sub(left), Ordering::Relaxed);
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..count), held.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}
