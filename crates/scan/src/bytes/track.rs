//! Which bytes were looked at.

use std::{
    collections::BTreeMap,
    io,
    sync::{Mutex, PoisonError},
};

use coseal_core::fact::ByteRange;

use super::{ReadAt, room};

/// Ranges kept apart; when there are more, neighbours stay as they are and new ones are only counted.
const MAX_RANGES: usize = 65_536;

/// Bytes that remember which of them were read.
pub struct Tracked<'a> {
    inner: &'a dyn ReadAt,
    seen: Mutex<Seen>,
}

/// Merged ranges, start to end.
#[derive(Default)]
struct Seen {
    ranges: BTreeMap<u64, u64>,
}

impl<'a> Tracked<'a> {
    /// Nothing of `inner` read yet.
    #[must_use]
    pub fn new(inner: &'a dyn ReadAt) -> Self {
        Self { inner, seen: Mutex::default() }
    }

    /// How many different bytes were read.
    #[must_use]
    pub fn looked_at(&self) -> u64 {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.ranges
            .iter()
            .fold(0, |sum: u64, (start, end)| sum.saturating_add(end.saturating_sub(*start)))
    }

    /// Which bytes were read: merged, ascending, the first `limit` ranges.
    #[must_use]
    pub fn ranges(&self, limit: usize) -> Vec<ByteRange> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.ranges.iter().take(limit).map(|(&start, &end)| ByteRange { start, end }).collect()
    }
}

impl Seen {
    fn add(&mut self, start: u64, end: u64) {
        let (mut start, mut end) = (start, end);
        // Every range that touches the new one begins at or before its end; walking back stops at the
        // first that ends before it, since merged ranges ascend in both.
        while let Some((&from, &to)) = self.ranges.range(..=end).next_back() {
            if to < start {
                break;
            }
            start = start.min(from);
            end = end.max(to);
            self.ranges.remove(&from);
        }
        if self.ranges.len() < MAX_RANGES {
            self.ranges.insert(start, end);
        }
    }
}

impl ReadAt for Tracked<'_> {
    fn size(&self) -> u64 {
        self.inner.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read_at(offset, buf)?;
        if read > 0 {
            room::read(read);
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.add(offset, offset.saturating_add(read as u64));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::SliceBytes, ReadAt as _, Tracked};

    #[test]
    fn merges_what_touches() {
        let source = SliceBytes(&[0; 100]);
        let tracked = Tracked::new(&source);
        for (offset, length) in [(0, 10), (20, 10), (10, 5), (15, 5), (90, 50), (0, 3)] {
            tracked.read_at(offset, &mut vec![0; length]).unwrap();
        }
        let ranges: Vec<_> =
            tracked.ranges(9).into_iter().map(|range| (range.start, range.end)).collect();
        assert_eq!(ranges, [(0, 30), (90, 100)]);
        assert_eq!(tracked.looked_at(), 40);
        assert_eq!(tracked.ranges(1).len(), 1);
    }
}
