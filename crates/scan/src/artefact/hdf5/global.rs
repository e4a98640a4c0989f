//! Global heaps (III.E): values of any length.

use std::collections::BTreeMap;

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
};

/// Collections larger than this are not held, and their objects are looked for one by one.
const HELD: u64 = 1 << 20;
/// Objects of one collection.
const MAX_OBJECTS: u32 = 1 << 16;
/// Objects whose places are kept.
const MAX_KEPT: usize = 1 << 17;

/// Objects of a collection by index: address and size of each.
type Objects = BTreeMap<u32, (u64, u64)>;

/// Reads objects of global heaps, and keeps the lists of the last ones.
#[derive(Default)]
pub(super) struct GlobalHeaps {
    lists: BTreeMap<u64, Objects>,
    kept: usize,
}

impl GlobalHeaps {
    /// Where the object `index` of the heap at `address` stands, and its size.
    pub(super) fn find(
        &mut self,
        file: &File<'_>,
        address: u64,
        index: u32,
    ) -> Outcome<(u64, u64)> {
        if !self.lists.contains_key(&address) {
            let objects = objects(file, address)?;
            self.kept = self.kept.saturating_add(objects.len());
            if self.kept > MAX_KEPT {
                self.lists.clear();
                self.kept = objects.len();
            }
            self.lists.insert(address, objects);
        }
        let found = self.lists.get(&address).and_then(|objects| objects.get(&index));
        file.expect(found.copied(), address, "an object is not in its heap")
    }
}

/// All objects of a collection.
fn objects(file: &File<'_>, address: u64) -> Outcome<Objects> {
    let start = file.block(address, 8_usize.saturating_add(file.lengths))?;
    let mut fields = Fields::new(&start);
    let signature = fields.take(4) == Some(b"GCOL") && fields.byte() == Some(1);
    let size = fields.take(3).and_then(|_| fields.uint(file.lengths));
    let size = size.filter(|size| signature && file.holds(address, *size));
    let size = file.expect(size, address, "there is no global heap")?;
    let held = usize::try_from(size.min(HELD)).unwrap_or(0);
    let block = file.block(address, held)?;
    let head = 8_u64.saturating_add(file.lengths as u64);
    let mut at = head.next_multiple_of(8);
    let mut objects = Objects::new();
    for _ in 0..MAX_OBJECTS {
        let Some((index, length)) = object(file, address, at, size, &block)? else {
            return Ok(objects);
        };
        let place = address.saturating_add(at).saturating_add(head);
        objects.entry(u32::from(index)).or_insert((place, length));
        file.step()?;
        let padded = length.checked_next_multiple_of(8);
        let next = padded.and_then(|padded| at.checked_add(head)?.checked_add(padded));
        at = file.expect(next, address, "an object reaches beyond its heap")?;
    }
    Err(Trouble::Unread("a heap has more objects than are read"))
}

/// Index and size of the object at `at` of a collection; none at its end.
fn object(
    file: &File<'_>,
    address: u64,
    at: u64,
    size: u64,
    block: &[u8],
) -> Outcome<Option<(u16, u64)>> {
    let head = 8_usize.saturating_add(file.lengths);
    if at.saturating_add(head as u64) > size {
        return Ok(None);
    }
    let start = usize::try_from(at).unwrap_or(usize::MAX);
    let held = block.get(start..start.saturating_add(head)).map(<[u8]>::to_vec);
    let raw = match held {
        Some(raw) => raw,
        None => file.block(address.saturating_add(at), head)?,
    };
    let mut fields = Fields::new(&raw);
    let index = fields.short();
    let length = fields.take(6).and_then(|_| fields.uint(file.lengths));
    match index.zip(length) {
        Some((0, _)) | None => Ok(None),
        Some((_, length)) if length > size => {
            Err(Trouble::Broken(file.place(address), "an object reaches beyond its heap"))
        }
        known => Ok(known),
    }
}
