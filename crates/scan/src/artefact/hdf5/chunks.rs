//! Where a dataset's bytes stand in the file, piece by piece.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
    layout::{Chunked, Index},
    table,
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
        Index::Other => Err(Trouble::Unread("its chunks stand in an index that is not followed")),
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
