//! Values that a program could make something of: texts and bytes, in place or in a heap.

use super::{
    block::{File, Outcome, Trouble},
    datatype::{Datatype, Kind},
    fields::Fields,
    global::GlobalHeaps,
};

/// Rows within rows.
const MAX_DEPTH: u8 = 8;

/// Visits values.
pub(super) struct Values<'a, 'f> {
    /// The file.
    pub(super) file: &'a File<'f>,
    /// Its heaps.
    pub(super) heaps: &'a mut GlobalHeaps,
    /// Whether texts of any length are visited too.
    pub(super) texts: bool,
}

impl<'a, 'f> Values<'a, 'f> {
    /// Visits values of `file`.
    pub(super) const fn new(file: &'a File<'f>, heaps: &'a mut GlobalHeaps, texts: bool) -> Self {
        Self { file, heaps, texts }
    }

    /// Visits each of the `count` values of a type that stand in `data`. Single bytes are one value together.
    pub(super) fn each(
        &mut self,
        datatype: &Datatype,
        count: u64,
        data: &[u8],
        visit: &mut dyn FnMut(&[u8]),
    ) -> Outcome<()> {
        self.row(datatype, count, data, 0, visit)
    }

    fn row(
        &mut self,
        datatype: &Datatype,
        count: u64,
        data: &[u8],
        depth: u8,
        visit: &mut dyn FnMut(&[u8]),
    ) -> Outcome<()> {
        match datatype.kind {
            Kind::Number => return Ok(()),
            Kind::Bytes => {
                visit(data);
                return Ok(());
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Trouble::Unread("values nest deeper than is followed"));
        }
        let size = usize::try_from(datatype.size).unwrap_or(0).max(1);
        for value in data.chunks_exact(size).take(usize::try_from(count).unwrap_or(usize::MAX)) {
            self.file.step()?;
            self.one(datatype, value, depth, visit)?;
        }
        Ok(())
    }

    fn one(
        &mut self,
        datatype: &Datatype,
        value: &[u8],
        depth: u8,
        visit: &mut dyn FnMut(&[u8]),
    ) -> Outcome<()> {
        let deeper = depth.saturating_add(1);
        match &datatype.kind {
            Kind::Text | Kind::Opaque => visit(value),
            Kind::LongText if self.texts => {
                if let Some((_, text)) = self.in_heap(value, 1)? {
                    visit(&text);
                }
            }
            Kind::Row(item) => {
                if let Some((count, row)) = self.in_heap(value, item.size)? {
                    self.row(item, count, &row, deeper, visit)?;
                }
            }
            Kind::Record(fields) => {
                for (offset, field) in fields {
                    let start = usize::try_from(*offset).unwrap_or(usize::MAX);
                    let end = start.saturating_add(usize::try_from(field.size).unwrap_or(0));
                    let part = value.get(start..end).unwrap_or_default();
                    self.row(field, 1, part, deeper, visit)?;
                }
            }
            Kind::Array(count, item) => self.row(item, *count, value, deeper, visit)?,
            Kind::Number | Kind::Bytes | Kind::LongText => {}
        }
        Ok(())
    }

    /// What a value in a heap holds: how many items, and their bytes.
    fn in_heap(&mut self, value: &[u8], item: u64) -> Outcome<Option<(u64, Vec<u8>)>> {
        let mut fields = Fields::new(value);
        let count = fields.uint(4);
        let place = fields.uint(self.file.offsets).zip(fields.word());
        let known = self.file.expect(count.zip(place), 0, "a value in a heap is too short")?;
        let (count, (address, index)) = known;
        if count == 0 || address == 0 || self.file.is_undefined(address) {
            return Ok(None);
        }
        let (place, size) = self.heaps.find(self.file, address, index)?;
        let wanted = count.checked_mul(item).filter(|wanted| *wanted <= size);
        let wanted = self.file.expect(wanted, address, "a value is longer than its object")?;
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        Ok(Some((count, self.file.block(place, wanted)?)))
    }
}
