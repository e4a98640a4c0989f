//! Where a dataset's bytes stand in the file, piece by piece.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
    layout::{Chunked, Index},
    table, tree,
};

/// A stretch of a dataset's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands.
    pub(super) address: u64,
    /// How many bytes it has in the file.
    pub(super) size: u64,
    /// Which filters were left out.
    pub(super) mask: u32,
}

/// The chunks of a dataset of `needed` bytes. An index that only says where numbers stand gives none.
pub(super) fn pieces(file: &File<'_>, chunked: &Chunked, needed: u64) -> Outcome<Vec<Piece>> {
    let Some(address) = chunked.address else { return Ok(Vec::new()) };
    match chunked.index {
        Index::Single(size) => {
            let size = size.unwrap_or(chunked.bytes);
            Ok(vec![Piece { address, size, mask: 0 }])
        }
        Index::Implicit => Ok(vec![Piece { address, size: needed, mask: 0 }]),
        Index::Tree => tree(file, address, chunked.rank),
        Index::Fixed | Index::Extensible | Index::Records => {
            Err(Trouble::Unread("its chunks stand in an index that is not followed"))
        }
    }
}

fn tree(file: &File<'_>, address: u64, rank: usize) -> Outcome<Vec<Piece>> {
    let key = rank.saturating_mul(8).saturating_add(8);
    let entries = table::leaves(file, address, 1, key)?;
    let pieces = entries.iter().filter_map(|entry| {
        let mut fields = Fields::new(&entry.key);
        let (size, mask) = (u64::from(fields.word()?), fields.word()?);
        Some(Piece { address: entry.child, size, mask })
    });
    Ok(pieces.collect())
}

/// The first chunk of an index whose others are not followed; none if nothing stands there. `filtered` if chunks went through filters.
pub(super) fn first(file: &File<'_>, chunked: &Chunked, filtered: bool) -> Outcome<Option<Piece>> {
    let Some(address) = chunked.address else { return Ok(None) };
    let raw = match chunked.index {
        Index::Fixed => array(file, address, Array::FIXED)?,
        Index::Extensible => array(file, address, Array::EXTENSIBLE)?,
        _ => record(file, address, chunked.rank)?,
    };
    let Some(raw) = raw else { return Ok(None) };
    let mut fields = Fields::new(&raw);
    let place = fields.uint(file.offsets).filter(|place| !file.is_undefined(*place));
    let Some(address) = place else { return Ok(None) };
    if !filtered {
        return Ok(Some(Piece { address, size: chunked.bytes, mask: 0 }));
    }
    let width = fields.rest().len().saturating_sub(4);
    let entry = fields.uint(width).zip(fields.word());
    let (size, mask) = file.expect(entry, address, "a chunk has no size")?;
    Ok(Some(Piece { address, size, mask }))
}

/// How arrays of chunks begin: the header's signature, its bytes before the address of the first block, and that one's signature
/// (VII.C, VII.D).
struct Array {
    header: &'static [u8],
    /// How many numbers of one byte, and how many lengths, stand before the address.
    bytes: usize,
    lengths: usize,
    block: &'static [u8],
    /// Where, among those of one byte, the number of elements of the first block stands: as a power of two, or as it is.
    fit: usize,
    paged: bool,
}

impl Array {
    const FIXED: Self =
        Self { header: b"FAHD", bytes: 1, lengths: 1, block: b"FADB", fit: 0, paged: true };
    const EXTENSIBLE: Self =
        Self { header: b"EAHD", bytes: 5, lengths: 6, block: b"EAIB", fit: 1, paged: false };
}

/// The first element of an array; none if it has none yet.
fn array(file: &File<'_>, address: u64, kind: Array) -> Outcome<Option<Vec<u8>>> {
    let raw = file.some(address, 80)?;
    let head = header(&raw, &kind, file);
    let (entry, fit, count, block) = file.expect(head, address, "there is no array of chunks")?;
    if file.is_undefined(block) {
        return Ok(None);
    }
    let paged = kind.paged && 1_u64.checked_shl(fit).is_some_and(|fit| count > fit);
    if paged || !kind.paged && fit == 0 {
        return Err(Trouble::Unread("its chunks stand in an index that is not followed"));
    }
    let before = 6_usize.saturating_add(file.offsets);
    let raw = file.block(block, before.saturating_add(entry))?;
    let element = raw.get(before..).filter(|_| raw.starts_with(kind.block));
    file.expect(element.map(<[u8]>::to_vec), block, "there is no block of chunks").map(Some)
}

/// Bytes of an element, how many the first block fits, how many there are, and where that block stands.
fn header(raw: &[u8], kind: &Array, file: &File<'_>) -> Option<(usize, u32, u64, u64)> {
    let mut fields = Fields::new(raw);
    (fields.take(4)? == kind.header && fields.byte()? == 0).then_some(())?;
    fields.byte()?;
    let entry = usize::from(fields.byte()?);
    let fit = u32::from(*fields.take(kind.bytes)?.get(kind.fit)?);
    let count = fields.uint(file.lengths)?;
    fields.take(file.lengths.saturating_mul(kind.lengths.saturating_sub(1)))?;
    Some((entry, fit, count, fields.uint(file.offsets)?))
}

/// The record of the chunk at the origin, without its place.
fn record(file: &File<'_>, address: u64, rank: usize) -> Outcome<Option<Vec<u8>>> {
    let place = rank.saturating_sub(1).saturating_mul(8);
    let records = tree::records(file, address)?;
    let first = records.iter().find_map(|record| {
        let (chunk, place) = record.split_at_checked(record.len().checked_sub(place)?)?;
        place.iter().all(|byte| *byte == 0).then(|| chunk.to_vec())
    });
    Ok(first)
}
