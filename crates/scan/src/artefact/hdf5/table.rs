//! Groups of the older kind: a B-tree of version 1 over symbol nodes, with names in a local heap (III.A.1, III.B, III.D).

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
    link::{Link, Target, text},
};

/// Levels of a tree.
const MAX_DEPTH: u8 = 16;
/// Nodes of one tree.
const MAX_NODES: u32 = 1 << 16;
/// A symbol's scratch space holds a soft link.
const SOFT: u32 = 2;

/// Entries kept of one tree.
const MAX_ENTRIES: usize = 1 << 19;

/// One entry of a node: what stands before the child, and its address.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The first eight bytes of the key before the child.
    pub(super) key: [u8; 8],
    /// The child.
    pub(super) child: u64,
}

/// All entries of the leaves of the tree at `address`, whose nodes are of `kind` and have keys of `key` bytes.
pub(super) fn leaves(file: &File<'_>, address: u64, kind: u8, key: usize) -> Outcome<Vec<Entry>> {
    let mut found = Vec::new();
    let mut queue = vec![(address, None)];
    for _ in 0..MAX_NODES {
        let Some((address, level)) = queue.pop() else { return Ok(found) };
        let (here, entries) = node(file, address, kind, key)?;
        if here > MAX_DEPTH || level.is_some_and(|level| level != here) {
            return Err(Trouble::Broken(file.place(address), "a B-tree is of no even depth"));
        }
        if found.len().max(queue.len()).saturating_add(entries.len()) > MAX_ENTRIES {
            break;
        }
        match here.checked_sub(1) {
            None => found.extend(entries),
            Some(below) => queue.extend(entries.iter().map(|entry| (entry.child, Some(below)))),
        }
    }
    Err(Trouble::Unread("a B-tree has more nodes than are read"))
}

fn node(file: &File<'_>, address: u64, kind: u8, key: usize) -> Outcome<(u8, Vec<Entry>)> {
    let head = 8_usize.saturating_add(file.offsets.saturating_mul(2));
    let raw = file.block(address, head)?;
    let count = {
        let mut fields = Fields::new(&raw);
        let signed = fields.take(4) == Some(b"TREE") && fields.byte() == Some(kind);
        fields.byte().zip(fields.length(2)).filter(|_| signed)
    };
    let (level, count) = file.expect(count, address, "there is no node of a B-tree")?;
    let size = key.saturating_add(file.offsets).saturating_mul(count);
    let raw = file.block(address.saturating_add(head as u64), size)?;
    let mut fields = Fields::new(&raw);
    let mut entries = Vec::with_capacity(count);
    while let Some((key, child)) = fields.take(key).zip(fields.uint(file.offsets)) {
        let key = key.first_chunk().copied().unwrap_or_default();
        entries.push(Entry { key, child });
    }
    Ok((level, entries))
}

/// A local heap: texts by offset.
pub(super) struct LocalHeap {
    texts: Vec<u8>,
}

impl LocalHeap {
    /// The heap at `address`.
    pub(super) fn open(file: &File<'_>, address: u64) -> Outcome<Self> {
        let size =
            8_usize.saturating_add(file.lengths.saturating_mul(2)).saturating_add(file.offsets);
        let raw = file.block(address, size)?;
        let mut fields = Fields::new(&raw);
        let signed = fields.take(8).is_some_and(|head| head.starts_with(b"HEAP"));
        let size = fields.length(file.lengths);
        fields.take(file.lengths);
        let place = fields.uint(file.offsets);
        let known = size.zip(place).filter(|_| signed);
        let (size, place) = file.expect(known, address, "there is no local heap")?;
        Ok(Self { texts: file.block(place, size)? })
    }

    /// The text at `offset`.
    pub(super) fn text(&self, offset: u64) -> Option<String> {
        let rest = self.texts.get(usize::try_from(offset).ok()?..)?;
        Fields::new(rest).text().map(text)
    }
}

/// All links of a group of this kind.
pub(super) fn links(file: &File<'_>, body: &[u8]) -> Outcome<Vec<Link>> {
    let mut fields = Fields::new(body);
    let places = fields.uint(file.offsets).zip(fields.uint(file.offsets));
    let (tree, heap) = file.expect(places, 0, "a symbol table message is too short")?;
    let heap = LocalHeap::open(file, heap)?;
    let mut links = Vec::new();
    for entry in leaves(file, tree, 0, file.lengths)? {
        symbols(file, &heap, entry.child, &mut links)?;
    }
    Ok(links)
}

fn symbols(file: &File<'_>, heap: &LocalHeap, address: u64, links: &mut Vec<Link>) -> Outcome<()> {
    let raw = file.block(address, 8)?;
    let mut fields = Fields::new(&raw);
    let signed = fields.take(6).is_some_and(|head| head.starts_with(b"SNOD\x01"));
    let count = fields.length(2).filter(|_| signed);
    let count = file.expect(count, address, "there is no node of symbols")?;
    let size = file.offsets.saturating_mul(2).saturating_add(24);
    let raw = file.block(address.saturating_add(8), size.saturating_mul(count))?;
    let mut fields = Fields::new(&raw);
    for _ in 0..count {
        let link = symbol(&mut fields, file, heap);
        links.push(file.expect(link, address, "a symbol has no name")?);
    }
    Ok(())
}

fn symbol(fields: &mut Fields<'_>, file: &File<'_>, heap: &LocalHeap) -> Option<Link> {
    let name = heap.text(fields.uint(file.offsets)?)?;
    let object = fields.uint(file.offsets)?;
    let cached = fields.word()?;
    fields.take(4)?;
    let target = u64::from(fields.word()?);
    fields.take(12)?;
    let target =
        if cached == SOFT { Target::Soft(heap.text(target)?) } else { Target::Object(object) };
    Some(Link { name, target })
}
