//! What a group holds, however it is stored.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
    fractal::FractalHeap,
    header::{Message, kind},
    link::{self, Link},
    table, tree,
};

/// Bytes of one object's links or attributes in a heap.
const MAX_DENSE: usize = 12 << 20;

/// All links that a header's messages tell of.
pub(super) fn links(file: &File<'_>, messages: &[Message]) -> Outcome<Vec<Link>> {
    let mut links = Vec::new();
    for message in messages {
        match message.kind {
            kind::TABLE => links.extend(table::links(file, &message.body)?),
            kind::LINK => links.push(one(file, &message.body)?),
            kind::LINK_INFO => {
                for body in dense(file, &message.body, 4, 8)? {
                    links.push(one(file, &body)?);
                }
            }
            _ => {}
        }
    }
    Ok(links)
}

fn one(file: &File<'_>, body: &[u8]) -> Outcome<Link> {
    file.expect(link::read(body, file.offsets), 0, "a link is broken")
}

/// What an info message keeps in a fractal heap: links (IV.A.2.c), or attributes (IV.A.2.v). The ids of objects begin at
/// `by_name` of the records of the index by name, and at `by_order` of those of the index by order; both are read, since
/// programs may use either.
pub(super) fn dense(
    file: &File<'_>,
    body: &[u8],
    by_name: usize,
    by_order: usize,
) -> Outcome<Vec<Vec<u8>>> {
    let width = if by_name == 4 { 8 } else { 2 };
    let places = places(body, file.offsets, width);
    let (heap, indexes) = file.expect(places, 0, "an info message is too short")?;
    if file.is_undefined(heap) {
        return Ok(Vec::new());
    }
    let heap = FractalHeap::open(file, heap)?;
    let mut objects = Vec::new();
    let mut size = 0_usize;
    for (index, at) in indexes.into_iter().zip([by_name, by_order]) {
        let Some(index) = index.filter(|index| !file.is_undefined(*index)) else { continue };
        for record in tree::records(file, index)? {
            let object = heap.object(record.get(at..).unwrap_or_default())?;
            size = size.saturating_add(object.len());
            if size > MAX_DENSE {
                return Err(Trouble::Unread("its heap holds more than is read"));
            }
            objects.push(object);
        }
    }
    Ok(objects)
}

/// The heap, and the indexes by name and by order.
fn places(body: &[u8], offsets: usize, width: usize) -> Option<(u64, [Option<u64>; 2])> {
    let mut fields = Fields::new(body);
    fields.byte()?;
    let flags = fields.byte()?;
    fields.take(if flags & 1 == 0 { 0 } else { width })?;
    let heap = fields.uint(offsets)?;
    let by_name = fields.uint(offsets)?;
    let by_order = if flags & 2 == 0 { None } else { Some(fields.uint(offsets)?) };
    Some((heap, [Some(by_name), by_order]))
}
