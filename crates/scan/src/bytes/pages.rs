//! A few pages kept of what was read last: parsers read many small fields that stand side by side.

use std::{
    io,
    sync::{Mutex, PoisonError},
};

use super::{ReadAt, read_up_to};

/// Bytes of a page. Longer reads pass by.
const PAGE: usize = 4096;
/// Pages kept: the directory of an archive, its headers and their data are read in turn.
const KEPT: usize = 4;

/// Bytes of which the pages that were read last are kept.
pub(crate) struct Pages<'a> {
    inner: &'a dyn ReadAt,
    kept: Mutex<Vec<Page>>,
}

/// Where it begins, and what it holds: less than a whole page only at the end.
struct Page(u64, Vec<u8>);

impl Page {
    /// What it holds from `offset` on; nothing if that is in another page.
    fn rest(&self, offset: u64) -> Option<&[u8]> {
        let at = usize::try_from(offset.checked_sub(self.0)?).ok()?;
        self.1.get(at..).filter(|rest| !rest.is_empty())
    }
}

impl<'a> Pages<'a> {
    /// None kept yet.
    pub(crate) fn of(inner: &'a dyn ReadAt) -> Self {
        Self { inner, kept: Mutex::default() }
    }

    /// Fills all of `buf` that there is, from as many pages as it lies in.
    fn small(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut filled = 0_usize;
        while let Some(left) = buf.get_mut(filled..).filter(|left| !left.is_empty()) {
            let at = offset.saturating_add(filled as u64);
            let rest = self.page(at, &mut kept)?.rest(at).unwrap_or_default();
            let count = rest.len().min(left.len());
            if let (Some(to), Some(from)) = (left.get_mut(..count), rest.get(..count)) {
                to.copy_from_slice(from);
            }
            if count == 0 {
                break;
            }
            filled = filled.saturating_add(count);
        }
        Ok(filled)
    }

    /// The page that holds `offset`, which is the first of those kept from now on.
    fn page<'k>(&self, offset: u64, kept: &'k mut Vec<Page>) -> io::Result<&'k Page> {
        match kept.iter().position(|page| page.rest(offset).is_some()) {
            Some(at) => kept.swap(0, at),
            None => {
                let page = self.load(offset)?;
                kept.insert(0, page);
                kept.truncate(KEPT);
            }
        }
        kept.first().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn load(&self, offset: u64) -> io::Result<Page> {
        let start =
            offset.checked_rem(PAGE as u64).map_or(offset, |over| offset.saturating_sub(over));
        let mut page = vec![0; PAGE];
        let read = read_up_to(self.inner, start, &mut page)?;
        page.truncate(read);
        Ok(Page(start, page))
    }
}

impl ReadAt for Pages<'_> {
    fn size(&self) -> u64 {
        self.inner.size()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if buf.len() >= PAGE { self.inner.read_at(offset, buf) } else { self.small(offset, buf) }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use super::{PAGE, Pages};
    use crate::bytes::{ReadAt, SliceBytes, read_up_to};

    struct Counted<'a>(SliceBytes<'a>, AtomicUsize);

    impl ReadAt for Counted<'_> {
        fn size(&self) -> u64 {
            self.0.size()
        }

        fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
            self.1.fetch_add(1, Ordering::Relaxed);
            self.0.read_at(offset, buf)
        }
    }

    #[test]
    fn many_small_reads_side_by_side_cost_few_beneath() {
        let content: Vec<u8> = (0..30_000_u32).map(|at| (at % 251) as u8).collect();
        let counted = Counted(SliceBytes(&content), AtomicUsize::new(0));
        let pages = Pages::of(&counted);
        for length in [1, 7, 100, PAGE - 1, PAGE, 9999] {
            for at in (0..content.len() + 50).step_by(length * 3 / 2 + 1) {
                let mut read = vec![0; length];
                let count = read_up_to(&pages, at as u64, &mut read).unwrap();
                let wanted = content.get(at..).unwrap_or_default();
                assert_eq!(read[..count], wanted[..wanted.len().min(length)], "{at} {length}");
            }
        }
        let before = counted.1.load(Ordering::Relaxed);
        for at in 0..PAGE as u64 {
            pages.read_at(at, &mut [0; 9]).unwrap();
        }
        assert!(counted.1.load(Ordering::Relaxed) < before + 5);
    }
}
