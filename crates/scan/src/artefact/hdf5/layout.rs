//! Layouts (IV.A.2.i): where a dataset's bytes stand.

use super::{block::File, fields::Fields};

/// Where the bytes of a dataset stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// In the message itself.
    Compact(Vec<u8>),
    /// In one stretch: address, and size if it is said. Nowhere yet where there is no address.
    Contiguous(Option<u64>, Option<u64>),
    /// In chunks.
    Chunked(Chunked),
    /// In other datasets: where their list stands.
    Virtual(u64, u32),
}

/// A dataset in chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunked {
    /// Where their index stands.
    pub(super) address: Option<u64>,
    /// What their index is.
    pub(super) index: Index,
    /// Dimensions, with that of an element's bytes where they count it.
    pub(super) rank: usize,
    /// Bytes of a chunk before its filters.
    pub(super) bytes: u64,
}

/// Kinds of indexes of chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    /// A B-tree of version 1.
    Tree,
    /// There is one chunk, at the address: its size, if it went through filters.
    Single(Option<u64>),
    /// All chunks stand in a row at the address.
    Implicit,
    /// A fixed array.
    Fixed,
    /// An extensible array.
    Extensible,
    /// A B-tree of version 2.
    Records,
}

/// Reads a layout; none if it is broken.
pub(super) fn read(body: &[u8], file: &File<'_>, item: u64) -> Option<Layout> {
    let mut fields = Fields::new(body);
    match fields.byte()? {
        1 | 2 => older(fields, file),
        3 => third(fields, file),
        4 | 5 => fourth(fields, file, item),
        _ => None,
    }
}

fn address(fields: &mut Fields<'_>, file: &File<'_>) -> Option<Option<u64>> {
    let address = fields.uint(file.offsets)?;
    Some((!file.is_undefined(address)).then_some(address))
}

/// The product of `rank` numbers of `width` bytes.
fn product(fields: &mut Fields<'_>, rank: usize, width: usize) -> Option<u64> {
    (0..rank).try_fold(1_u64, |product, _| product.checked_mul(fields.uint(width)?))
}

fn older(mut fields: Fields<'_>, file: &File<'_>) -> Option<Layout> {
    let rank = usize::from(fields.byte()?);
    let class = fields.byte()?;
    fields.take(5)?;
    if class == 0 {
        product(&mut fields, rank, 4)?;
        return compact(fields, 4);
    }
    let address = address(&mut fields, file)?;
    match class {
        1 => Some(Layout::Contiguous(address, None)),
        2 => {
            let bytes = product(&mut fields, rank, 4)?;
            Some(Layout::Chunked(Chunked { address, index: Index::Tree, rank, bytes }))
        }
        _ => None,
    }
}

fn compact(mut fields: Fields<'_>, width: usize) -> Option<Layout> {
    let size = fields.length(width)?;
    Some(Layout::Compact(fields.take(size)?.to_vec()))
}

fn third(mut fields: Fields<'_>, file: &File<'_>) -> Option<Layout> {
    match fields.byte()? {
        0 => compact(fields, 2),
        1 => contiguous(fields, file),
        2 => {
            let rank = usize::from(fields.byte()?);
            let address = address(&mut fields, file)?;
            let bytes = product(&mut fields, rank, 4)?;
            Some(Layout::Chunked(Chunked { address, index: Index::Tree, rank, bytes }))
        }
        _ => None,
    }
}

fn contiguous(mut fields: Fields<'_>, file: &File<'_>) -> Option<Layout> {
    let address = address(&mut fields, file)?;
    Some(Layout::Contiguous(address, Some(fields.uint(file.lengths)?)))
}

fn fourth(mut fields: Fields<'_>, file: &File<'_>, item: u64) -> Option<Layout> {
    match fields.byte()? {
        0 => compact(fields, 2),
        1 => contiguous(fields, file),
        2 => newer_chunks(fields, file, item),
        3 => Some(Layout::Virtual(fields.uint(file.offsets)?, fields.word()?)),
        _ => None,
    }
}

fn newer_chunks(mut fields: Fields<'_>, file: &File<'_>, item: u64) -> Option<Layout> {
    let flags = fields.byte()?;
    let rank = usize::from(fields.byte()?);
    let width = usize::from(fields.byte()?);
    let sides = product(&mut fields, rank, width)?;
    let index = match fields.byte()? {
        1 if flags & 2 != 0 => {
            let size = fields.uint(file.lengths)?;
            fields.take(4)?;
            Index::Single(Some(size))
        }
        1 => Index::Single(None),
        2 => Index::Implicit,
        3 => skip(&mut fields, 1, Index::Fixed)?,
        4 => skip(&mut fields, 5, Index::Extensible)?,
        5 => skip(&mut fields, 6, Index::Records)?,
        _ => return None,
    };
    let address = address(&mut fields, file)?;
    // The last dimension is the size of an element.
    let bytes = if item == 0 { 0 } else { sides };
    Some(Layout::Chunked(Chunked { address, index, rank, bytes }))
}

fn skip(fields: &mut Fields<'_>, count: usize, index: Index) -> Option<Index> {
    fields.take(count).map(|_| index)
}
