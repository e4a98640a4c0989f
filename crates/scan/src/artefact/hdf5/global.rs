//! Global heaps (III.E): values of any length.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
};

/// Collections larger than this are not held, and their objects are looked for one by one.
const HELD: u64 = 1 << 20;
/// Objects of one collection.
const MAX_OBJECTS: u32 = 1 << 16;

/// Reads objects of global heaps. It holds the list of the last one.
#[derive(Default)]
pub(super) struct GlobalHeaps {
    address: Option<u64>,
    /// Index, address and size of each object.
    objects: Vec<(u16, u64, u64)>,
}

impl GlobalHeaps {
    /// Where the object `index` of the heap at `address` stands, and its size.
    pub(super) fn find(
        &mut self,
        file: &File<'_>,
        address: u64,
        index: u32,
    ) -> Outcome<(u64, u64)> {
        if self.address != Some(address) {
            self.address = None;
            self.objects = objects(file, address)?;
            self.address = Some(address);
        }
        let found = self.objects.iter().find(|(number, _, _)| u32::from(*number) == index);
        match found {
            Some((_, place, size)) => Ok((*place, *size)),
            None => Err(Trouble::Broken(file.place(address), "an object is not in its heap")),
        }
    }
}

/// All objects of a collection.
fn objects(file: &File<'_>, address: u64) -> Outcome<Vec<(u16, u64, u64)>> {
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
    let mut objects = Vec::new();
    for _ in 0..MAX_OBJECTS {
        let Some((index, length)) = object(file, address, at, size, &block)? else {
            return Ok(objects);
        };
        let place = address.saturating_add(at).saturating_add(head);
        objects.push((index, place, length));
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
