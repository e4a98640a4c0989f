//! `FlatBuffers`: tables of offsets, each followed only where it stays within the buffer.
//!
//! Source: the format's internals, `docs/source/internals.md` in the repository of `FlatBuffers`.

mod pages;
mod tables;
#[cfg(test)]
pub(crate) mod written;

use std::cell::{Cell, RefCell};

use pages::Pages;
pub(crate) use tables::Tables;
use tables::element;

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::ReadAt,
};

/// Tables, texts and numbers that are followed: offsets may lead to one place many times.
const MAX_VISITS: u64 = 16_000_000;

/// A buffer.
pub(crate) struct Flat<'a> {
    bytes: &'a dyn ReadAt,
    pages: RefCell<Pages>,
    visits: Cell<u64>,
    /// Where the last of what was followed ends.
    reach: Cell<u64>,
}

/// A table, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    at: u64,
    fields: u64,
    /// Bytes of the list of fields.
    listed: u64,
    /// Bytes of the table.
    size: u64,
}

/// Elements one behind the other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct List {
    /// The first.
    pub(crate) at: u64,
    /// How many.
    pub(crate) count: u64,
}

impl<'a> Flat<'a> {
    pub(crate) fn new(bytes: &'a dyn ReadAt) -> Self {
        Self { bytes, pages: RefCell::default(), visits: Cell::new(0), reach: Cell::new(0) }
    }

    pub(crate) fn size(&self) -> u64 {
        self.bytes.size()
    }

    /// The table that the buffer begins with.
    pub(crate) fn root(&self) -> Step<Table> {
        self.table_at(0)
    }

    /// The table that the offset at `at` leads to.
    fn table_at(&self, at: u64) -> Step<Table> {
        let at = self.follow(at)?;
        self.visit(1)?;
        let back = i64::from(i32::from_le_bytes(self.array(at)?));
        let fields = i64::try_from(at).ok().and_then(|at| at.checked_sub(back));
        let Some(fields) = fields.and_then(|fields| u64::try_from(fields).ok()) else {
            return broken(at, "a list of fields lies outside the buffer");
        };
        let listed = u64::from(u16::from_le_bytes(self.array(fields)?));
        let size = u64::from(u16::from_le_bytes(self.array(fields.saturating_add(2))?));
        let within = |at: u64, size: u64| at.saturating_add(size) <= self.size();
        if listed < 4 || listed % 2 != 0 || size < 4 || !within(fields, listed) || !within(at, size)
        {
            return broken(at, "a table does not fit into the buffer");
        }
        self.reached(at.saturating_add(size).max(fields.saturating_add(listed)));
        Ok(Table { at, fields, listed, size })
    }

    /// The place of a field of `width` bytes, none where it has its default.
    fn field(&self, table: Table, index: u64, width: u64) -> Step<Option<u64>> {
        let slot = index.saturating_mul(2).saturating_add(4);
        if slot.saturating_add(2) > table.listed {
            return Ok(None);
        }
        let offset = u64::from(u16::from_le_bytes(self.array(table.fields.saturating_add(slot))?));
        if offset == 0 {
            return Ok(None);
        }
        if offset < 4 || offset.saturating_add(width) > table.size {
            return broken(table.at, "a field lies outside its table");
        }
        Ok(Some(table.at.saturating_add(offset)))
    }

    /// A number of one byte.
    pub(crate) fn u8(&self, table: Table, index: u64) -> Step<u8> {
        let at = self.field(table, index, 1)?;
        at.map_or(Ok(0), |at| self.array::<1>(at).map(|[byte]| byte))
    }

    /// A number of four bytes.
    pub(crate) fn u32(&self, table: Table, index: u64) -> Step<u32> {
        let at = self.field(table, index, 4)?;
        at.map_or(Ok(0), |at| self.array(at).map(u32::from_le_bytes))
    }

    /// A number of eight bytes.
    pub(crate) fn u64(&self, table: Table, index: u64) -> Step<u64> {
        let at = self.field(table, index, 8)?;
        at.map_or(Ok(0), |at| self.array(at).map(u64::from_le_bytes))
    }

    /// A table within a table.
    pub(crate) fn table(&self, table: Table, index: u64) -> Step<Option<Table>> {
        let at = self.field(table, index, 4)?;
        at.map(|at| self.table_at(at)).transpose()
    }

    /// A list of elements of `width` bytes; empty where there is none.
    pub(crate) fn list(&self, table: Table, index: u64, width: u64) -> Step<List> {
        let Some(at) = self.field(table, index, 4)? else { return Ok(List::default()) };
        self.visit(1)?;
        self.list_at(self.follow(at)?, width)
    }

    fn list_at(&self, at: u64, width: u64) -> Step<List> {
        let count = u64::from(u32::from_le_bytes(self.array(at)?));
        let first = at.saturating_add(4);
        let bytes = count.saturating_mul(width);
        if first.saturating_add(bytes) > self.size() {
            return broken(at, "a list does not fit into the buffer");
        }
        self.reached(first.saturating_add(bytes));
        Ok(List { at: first, count })
    }

    /// The tables of a list.
    pub(crate) fn tables(&self, table: Table, index: u64) -> Step<Tables<'_>> {
        Ok(Tables { flat: self, list: self.list(table, index, 4)?, next: 0 })
    }

    /// Texts of a list.
    pub(crate) fn texts(&self, table: Table, index: u64, limit: u64) -> Step<Vec<String>> {
        let list = self.list(table, index, 4)?;
        if list.count > limit {
            return Err(Stop::Limit("a list of texts is longer than is read"));
        }
        (0..list.count).map(|index| self.text_at(element(list, index, 4), limit)).collect()
    }

    /// A text, of at most `limit` bytes; none where there is none.
    pub(crate) fn text(&self, table: Table, index: u64, limit: u64) -> Step<Option<String>> {
        let at = self.field(table, index, 4)?;
        at.map(|at| self.text_at(at, limit)).transpose()
    }

    fn text_at(&self, at: u64, limit: u64) -> Step<String> {
        let at = self.follow(at)?;
        self.visit(1)?;
        let list = self.list_at(at, 1)?;
        if list.count > limit {
            return Err(Stop::Limit("a text is longer than is read"));
        }
        self.visit(list.count >> 6)?;
        let mut text = vec![0; usize::try_from(list.count).unwrap_or(0)];
        self.read(list.at, &mut text)?;
        String::from_utf8(text).or_else(|_| broken(at, "a text is no UTF-8"))
    }

    /// A number of a list of numbers of four bytes.
    pub(crate) fn i32_of(&self, list: List, index: u64) -> Step<i32> {
        self.visit(1)?;
        self.array(element(list, index, 4)).map(i32::from_le_bytes)
    }

    /// Notes that `bytes` of the buffer are read elsewhere.
    pub(crate) fn charge(&self, bytes: u64) -> Step {
        self.visit(bytes >> 2)
    }

    /// Where the last of what was followed ends.
    pub(crate) const fn reach(&self) -> u64 {
        self.reach.get()
    }

    /// Notes that something up to `end` belongs to the buffer.
    pub(crate) fn reached(&self, end: u64) {
        self.reach.set(self.reach.get().max(end));
    }

    fn follow(&self, at: u64) -> Step<u64> {
        let offset = u64::from(u32::from_le_bytes(self.array(at)?));
        let to = at.saturating_add(offset);
        if offset == 0 || to >= self.size() {
            return broken(at, "an offset leads out of the buffer");
        }
        Ok(to)
    }

    fn visit(&self, cost: u64) -> Step {
        self.visits.set(self.visits.get().saturating_add(cost));
        if self.visits.get() > MAX_VISITS {
            return Err(Stop::Limit("the buffer has more tables than are followed"));
        }
        Ok(())
    }

    fn array<const N: usize>(&self, at: u64) -> Step<[u8; N]> {
        let mut out = [0; N];
        self.read(at, &mut out)?;
        Ok(out)
    }

    fn read(&self, at: u64, out: &mut [u8]) -> Step {
        if at.saturating_add(out.len() as u64) > self.size() {
            return broken(at, "an offset leads out of the buffer");
        }
        self.pages.borrow_mut().read(self.bytes, at, out)
    }
}
