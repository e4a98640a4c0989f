//! Roots and proofs of a log, from its tiles: RFC 6962, section 2.1.

use std::collections::BTreeMap;

use crate::tlog::{
    Hash, MAX_SIZE, Tile, empty_root,
    hash::{fold_left_of, perfect_root},
};

/// Where the tiles of a log are read.
pub trait Tiles {
    /// Why a tile can't be read.
    type Error;

    /// The hashes of a tile, from the left. A partial tile may be served from a wider one: hashes beyond its width
    /// are passed over.
    ///
    /// # Errors
    ///
    /// When the tile is not there or can't be read.
    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, Self::Error>;
}

impl<T: Tiles> Tiles for &T {
    type Error = T::Error;

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, Self::Error> {
        (**self).hashes(tile)
    }
}

/// Why a tree has no such root or proof.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum TreeError<E> {
    /// A tile can't be read.
    #[error(transparent)]
    Tiles(E),
    /// A tile has fewer hashes than asked for.
    #[error("the tile {} is too short", .0.path())]
    Short(Tile),
    /// An index beyond the size, an older size beyond the newer, or a size beyond 2^63 - 1.
    #[error("the log has no such size or entry")]
    Range,
}

/// The root of the tree of the first `size` entries. Reads one partial tile of each level at most.
///
/// # Errors
///
/// When a tile can't be read or is too short.
pub fn tree_root<T: Tiles>(size: u64, tiles: &T) -> Result<Hash, TreeError<T::Error>> {
    Reader::new(size, tiles)?.root(0, size)
}

/// The proof that the entry at `index` is in the tree of the first `size` entries, from the leaf's sibling upwards
/// (RFC 6962, section 2.1.1).
///
/// # Errors
///
/// When there is no such entry, or a tile can't be read or is too short.
pub fn inclusion_proof<T: Tiles>(
    index: u64,
    size: u64,
    tiles: &T,
) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if index >= size {
        return Err(TreeError::Range);
    }
    let mut reader = Reader::new(size, tiles)?;
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(reader.root(middle, end)?);
            end = middle;
        } else {
            proof.push(reader.root(start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of the first `old` entries is the beginning of that of the first `new` ones (RFC 6962,
/// section 2.1.2). It is empty when the sizes are the same, or the older one is 0.
///
/// # Errors
///
/// When the older size is beyond the newer, or a tile can't be read or is too short.
pub fn consistency_proof<T: Tiles>(
    old: u64,
    new: u64,
    tiles: &T,
) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if old > new {
        return Err(TreeError::Range);
    }
    let mut reader = Reader::new(new, tiles)?;
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut proof = Vec::new();
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(reader.root(middle, end)?);
            end = middle;
        } else {
            proof.push(reader.root(start, middle)?);
            start = middle;
        }
    }
    // The whole older tree is known to who asks; a part of it is not.
    if start > 0 {
        proof.push(reader.root(start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Reads each tile once for one root or proof.
struct Reader<'a, T> {
    size: u64,
    tiles: &'a T,
    read: BTreeMap<Tile, Vec<Hash>>,
}

impl<'a, T: Tiles> Reader<'a, T> {
    fn new(size: u64, tiles: &'a T) -> Result<Self, TreeError<T::Error>> {
        let reader = Self { size, tiles, read: BTreeMap::new() };
        (size <= MAX_SIZE).then_some(reader).ok_or(TreeError::Range)
    }

    /// The root of the entries from `start` to before `end`: subtrees as they stand in the whole tree, where only
    /// the last is not perfect.
    fn root(&mut self, start: u64, end: u64) -> Result<Hash, TreeError<T::Error>> {
        let mut end = end;
        let mut root = None;
        while end > start {
            let height = (end - start).trailing_zeros();
            let subtree = self.perfect(height, (end >> height) - 1)?;
            root = fold_left_of(root, &[subtree]);
            end -= 1 << height;
        }
        Ok(root.unwrap_or_else(empty_root))
    }

    /// The root of the `index`-th perfect subtree of 2^height entries.
    fn perfect(&mut self, height: u32, index: u64) -> Result<Hash, TreeError<T::Error>> {
        let (level, up) = (height / 8, height % 8);
        let first = index << up;
        let level = u8::try_from(level).map_err(|_| TreeError::Range)?;
        let tile = Tile::of(self.size, level, first >> 8).ok_or(TreeError::Range)?;
        let at = usize::from((first & 255) as u8);
        let hashes = self.hashes(tile)?.get(at..at + (1 << up)).ok_or(TreeError::Short(tile))?;
        perfect_root(hashes).ok_or(TreeError::Short(tile))
    }

    fn hashes(&mut self, tile: Tile) -> Result<&[Hash], TreeError<T::Error>> {
        if !self.read.contains_key(&tile) {
            let mut hashes = self.tiles.hashes(tile).map_err(TreeError::Tiles)?;
            if hashes.len() < usize::from(tile.width) {
                return Err(TreeError::Short(tile));
            }
            hashes.truncate(tile.width.into());
            self.read.insert(tile, hashes);
        }
        self.read.get(&tile).map(Vec::as_slice).ok_or(TreeError::Short(tile))
    }
}

/// The largest power of two below a number above 1: where RFC 6962 splits a tree.
fn split(number: u64) -> u64 {
    1 << (number - 1).ilog2()
}

#[cfg(test)]
mod tests;
