//! Parts of a buffer that were read, held for as long as there is room.

use std::collections::BTreeMap;

use crate::{
    artefact::stop::{Step, Stop},
    bytes::{ReadAt, read_up_to},
};

/// Bytes of a page.
const PAGE: u64 = 1 << 16;
/// Pages held at once.
const MAX_PAGES: usize = 64;

/// Pages by their number.
#[derive(Default)]
pub(super) struct Pages(BTreeMap<u64, Vec<u8>>);

impl Pages {
    /// Fills `out` from `at`.
    pub(super) fn read(&mut self, bytes: &dyn ReadAt, at: u64, out: &mut [u8]) -> Step {
        let mut done = 0_usize;
        while let Some(rest) = out.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let at = at.saturating_add(done as u64);
            let page = self.page(bytes, at.checked_div(PAGE).unwrap_or(0))?;
            let held = usize::try_from(at % PAGE).ok().and_then(|start| page.get(start..));
            let held = held.unwrap_or_default();
            let count = held.len().min(rest.len());
            match (rest.get_mut(..count), held.get(..count)) {
                (Some(to), Some(from)) if count > 0 => to.copy_from_slice(from),
                _ => return Err(Stop::Unreadable(at)),
            }
            done = done.saturating_add(count);
        }
        Ok(())
    }

    fn page(&mut self, bytes: &dyn ReadAt, number: u64) -> Step<&[u8]> {
        if !self.0.contains_key(&number) {
            let start = number.saturating_mul(PAGE);
            let left = bytes.size().saturating_sub(start).min(PAGE);
            let mut held = vec![0; usize::try_from(left).unwrap_or(0)];
            let read = read_up_to(bytes, start, &mut held);
            held.truncate(read.map_err(|_| Stop::Unreadable(start))?);
            if self.0.len() >= MAX_PAGES {
                self.0.clear();
            }
            self.0.insert(number, held);
        }
        Ok(self.0.get(&number).map_or(&[], Vec::as_slice))
    }
}
