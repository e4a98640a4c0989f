//! Fractal heaps (III.G): links and attributes where there are many.

use super::{
    block::{File, Outcome, Trouble},
    datatype::width_of,
    fields::Fields,
    tree,
};

/// Blocks within blocks.
const MAX_DEPTH: u8 = 16;

/// A fractal heap.
pub(super) struct FractalHeap<'a, 'f> {
    file: &'a File<'f>,
    address: u64,
    /// Blocks in a row of the table.
    width: u64,
    /// Bytes of the first block.
    start: u64,
    /// Bytes of the largest direct block.
    direct: u64,
    /// Bytes of an offset in the heap.
    offset_width: usize,
    /// Bytes of an object's length.
    length_width: usize,
    root: u64,
    rows: u16,
    /// The B-tree of objects that are too large for a block.
    huge: u64,
    /// Bytes of an id.
    id: usize,
}

impl<'a, 'f> FractalHeap<'a, 'f> {
    /// The heap at `address`.
    pub(super) fn open(file: &'a File<'f>, address: u64) -> Outcome<Self> {
        let raw = file.some(address, 192)?;
        let heap = Self::header(file, address, &raw);
        let (heap, filters) = file.expect(heap, address, "there is no fractal heap")?;
        if filters > 0 {
            return Err(Trouble::Unread("a fractal heap went through filters"));
        }
        Ok(heap)
    }

    fn header(file: &'a File<'f>, address: u64, raw: &[u8]) -> Option<(Self, u16)> {
        let mut fields = Fields::new(raw);
        let (long, place) = (file.lengths, file.offsets);
        (fields.take(4)? == b"FRHP" && fields.byte()? == 0).then_some(())?;
        let id = fields.length(2)?;
        let filters = fields.short()?;
        fields.byte()?;
        let managed = u64::from(fields.word()?);
        fields.take(long)?;
        let huge = fields.uint(place)?;
        fields.take(long.saturating_mul(9).saturating_add(place))?;
        let width = u64::from(fields.short()?);
        let start = fields.uint(long)?;
        let direct = fields.uint(long)?;
        let bits = fields.short()?;
        fields.short()?;
        let root = fields.uint(place)?;
        let rows = fields.short()?;
        let sane = width > 0 && start.is_power_of_two() && direct.is_power_of_two();
        (sane && start <= direct && bits <= 64).then_some(())?;
        let offset_width = usize::from(bits).div_ceil(8);
        let direct_width = usize::try_from(direct.trailing_zeros()).ok()?.div_ceil(8);
        let length_width = direct_width.min(width_of(managed));
        let heap = Self {
            file,
            address,
            width,
            start,
            direct,
            offset_width,
            length_width,
            root,
            rows,
            huge,
            id,
        };
        Some((heap, filters))
    }

    /// The object that `id` names.
    pub(super) fn object(&self, id: &[u8]) -> Outcome<Vec<u8>> {
        let mut fields = Fields::new(id.get(..self.id).unwrap_or(id));
        let head = fields.byte().unwrap_or(0);
        match (head >> 6, (head >> 4) & 3) {
            (0, 0) => self.managed(fields),
            (0, 2) => {
                let length = usize::from(head & 15).saturating_add(1);
                let object = fields.take(length).map(<[u8]>::to_vec);
                self.file.expect(object, self.address, "an object of a heap is too short")
            }
            (0, 1) => self.huge(fields.rest()),
            _ => Err(Trouble::Broken(self.file.place(self.address), "a heap id of no known kind")),
        }
    }

    /// An object of its own: named by address and length where the id has room for them, and else by a number (III.G, huge
    /// objects).
    fn huge(&self, id: &[u8]) -> Outcome<Vec<u8>> {
        let (place, long) = (self.file.offsets, self.file.lengths);
        let text = "a huge object is not in its heap";
        let mut fields = Fields::new(id);
        if id.len() >= place.saturating_add(long) {
            let known = fields.uint(place).zip(fields.length(long));
            let (address, length) = self.file.expect(known, self.address, text)?;
            return self.file.block(address, length);
        }
        let wanted = fields.uint(id.len().min(long));
        for record in tree::records(self.file, self.huge)? {
            let mut fields = Fields::new(&record);
            let known = fields.uint(place).zip(fields.length(long)).zip(fields.uint(long));
            let ((address, length), number) = self.file.expect(known, self.address, text)?;
            if Some(number) == wanted {
                return self.file.block(address, length);
            }
        }
        Err(Trouble::Broken(self.file.place(self.address), text))
    }

    fn managed(&self, mut fields: Fields<'_>) -> Outcome<Vec<u8>> {
        let offset = fields.uint(self.offset_width);
        let length = fields.length(self.length_width);
        let text = "a heap id is too short";
        let (offset, length) = self.file.expect(offset.zip(length), self.address, text)?;
        if self.rows == 0 {
            return self.file.block(self.root.saturating_add(offset), length);
        }
        self.descend(self.root, u64::from(self.rows), offset, length, 0)
    }

    /// Bytes of a block in `row`.
    fn row_size(&self, row: u64) -> Option<u64> {
        let doublings = u32::try_from(row.saturating_sub(1)).ok()?;
        self.start.checked_mul(2_u64.checked_pow(doublings)?)
    }

    fn descend(
        &self,
        block: u64,
        rows: u64,
        offset: u64,
        length: usize,
        depth: u8,
    ) -> Outcome<Vec<u8>> {
        if depth > MAX_DEPTH {
            return Err(Trouble::Unread("a fractal heap is deeper than is followed"));
        }
        let text = "an object is not in its heap";
        let entry = self.entry(rows, offset);
        let (index, size, within) = self.file.expect(entry, block, text)?;
        let head =
            5_u64.saturating_add(self.file.offsets as u64).saturating_add(self.offset_width as u64);
        let place = index
            .saturating_mul(self.file.offsets as u64)
            .saturating_add(head)
            .saturating_add(block);
        let raw = self.file.block(place, self.file.offsets)?;
        let child = Fields::new(&raw).uint(self.file.offsets);
        let child = self.file.expect(child, block, text)?;
        if size <= self.direct {
            return self.file.block(child.saturating_add(within), length);
        }
        let table = self.start.saturating_mul(self.width);
        let rows = u64::from(size.ilog2().saturating_sub(table.max(1).ilog2())).saturating_add(1);
        self.descend(child, rows, within, length, depth.saturating_add(1))
    }

    /// Number and size of the block that holds `offset`, and the offset in it.
    fn entry(&self, rows: u64, offset: u64) -> Option<(u64, u64, u64)> {
        let mut left = offset;
        for row in 0..rows.min(64) {
            let size = self.row_size(row)?;
            let whole = size.checked_mul(self.width)?;
            if left < whole {
                let column = left.checked_div(size)?;
                let index = row.checked_mul(self.width)?.checked_add(column)?;
                return Some((index, size, left.checked_rem(size)?));
            }
            left = left.checked_sub(whole)?;
        }
        None
    }
}
