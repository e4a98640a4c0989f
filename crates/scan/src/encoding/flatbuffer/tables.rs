//! Lists of tables.

use super::{Flat, List, Table};
use crate::artefact::stop::Step;

/// The place of an element.
pub(super) const fn element(list: List, index: u64, width: u64) -> u64 {
    list.at.saturating_add(index.saturating_mul(width))
}

/// Tables of a list, one after the other.
pub(crate) struct Tables<'a> {
    pub(super) flat: &'a Flat<'a>,
    pub(super) list: List,
    pub(super) next: u64,
}

impl Tables<'_> {
    /// How many there are.
    pub(crate) const fn total(&self) -> u64 {
        self.list.count
    }
}

impl Iterator for Tables<'_> {
    type Item = Step<Table>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.list.count {
            return None;
        }
        let at = element(self.list, self.next, 4);
        self.next = self.next.saturating_add(1);
        Some(self.flat.table_at(at))
    }
}
