//! B-trees of version 2 (III.A.2): records in order.

use super::{
    block::{File, Outcome, Trouble},
    datatype::width_of,
    fields::Fields,
};

/// Levels below the root.
const MAX_DEPTH: usize = 8;
/// Records kept of one tree.
const MAX_RECORDS: usize = 1 << 17;
/// Bytes of one record: those of links and attributes have at most 17.
const MAX_RECORD: usize = 64;
/// Signature, version and type before a node's records, and the checksum behind them.
const AROUND: usize = 10;

/// What the tree's header says.
struct Tree<'a, 'f> {
    file: &'a File<'f>,
    node: usize,
    record: usize,
    /// For each level from the leaves: bytes of the total number of records below a node of it.
    totals: Vec<usize>,
    /// Bytes of the number of records of a node.
    counts: usize,
    records: Vec<Vec<u8>>,
}

/// All records of the tree at `address`.
pub(super) fn records(file: &File<'_>, address: u64) -> Outcome<Vec<Vec<u8>>> {
    let raw = file.some(address, 64)?;
    let mut fields = Fields::new(&raw);
    let head = header(&mut fields, file);
    let (node, record, depth, root, count) = file.expect(head, address, "there is no B-tree")?;
    if depth > MAX_DEPTH {
        return Err(Trouble::Unread("a B-tree is deeper than is followed"));
    }
    if count == 0 || file.is_undefined(root) {
        return Ok(Vec::new());
    }
    let mut tree = Tree { file, node, record, totals: vec![0], counts: 0, records: Vec::new() };
    let sizes = tree.measure(depth);
    file.expect(sizes, address, "a B-tree has nodes of no size")?;
    tree.node(root, count, depth)?;
    Ok(tree.records)
}

fn header(fields: &mut Fields<'_>, file: &File<'_>) -> Option<(usize, usize, usize, u64, u64)> {
    (fields.take(4)? == b"BTHD" && fields.byte()? == 0).then_some(())?;
    fields.byte()?;
    let node = fields.length(4)?;
    let record = fields.length(2)?;
    let depth = fields.length(2)?;
    fields.take(2)?;
    let root = fields.uint(file.offsets)?;
    let count = fields.uint(2)?;
    (1..=MAX_RECORD).contains(&record).then_some((node, record, depth, root, count))
}

impl Tree<'_, '_> {
    /// Works out how wide the numbers beside pointers are.
    fn measure(&mut self, depth: usize) -> Option<()> {
        let room = self.node.checked_sub(AROUND)?;
        let leaf = room.checked_div(self.record)? as u64;
        self.counts = width_of(leaf);
        let mut below = leaf;
        for level in 1..=depth {
            let pointer = self.pointer(level)?;
            let fit = room.checked_sub(pointer)?.checked_div(self.record.checked_add(pointer)?)?;
            let fit = fit as u64;
            below = fit.checked_add(1)?.checked_mul(below)?.checked_add(fit)?;
            self.totals.push(width_of(below));
        }
        Some(())
    }

    /// Bytes of a pointer in a node of `level`.
    fn pointer(&self, level: usize) -> Option<usize> {
        let total = self.totals.get(level.checked_sub(1)?)?;
        self.file.offsets.checked_add(self.counts)?.checked_add(*total)
    }

    fn node(&mut self, address: u64, count: u64, level: usize) -> Outcome<()> {
        let raw = self.file.block(address, self.node)?;
        let children = self.read(&raw, count, level);
        let children = self.file.expect(children, address, "there is no node of a B-tree")?;
        for (child, count) in children {
            self.node(child, count, level.saturating_sub(1))?;
        }
        Ok(())
    }

    /// Keeps a node's records; its children.
    fn read(&mut self, raw: &[u8], count: u64, level: usize) -> Option<Vec<(u64, u64)>> {
        let mut fields = Fields::new(raw);
        let signature: &[u8] = if level == 0 { b"BTLF" } else { b"BTIN" };
        (fields.take(4)? == signature).then_some(())?;
        fields.take(2)?;
        for _ in 0..count {
            self.records.push(fields.take(self.record)?.to_vec());
            (self.records.len() <= MAX_RECORDS).then_some(())?;
        }
        let mut children = Vec::new();
        if level > 0 {
            let total = *self.totals.get(level.checked_sub(1)?)?;
            for _ in 0..=count {
                let child = fields.uint(self.file.offsets)?;
                let count = fields.uint(self.counts)?;
                fields.take(total)?;
                children.push((child, count));
            }
        }
        Some(children)
    }
}
