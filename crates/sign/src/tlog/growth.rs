//! Growing a log: from its right edge and the hashes of new entries to the tiles that have to be written.

use crate::tlog::{
    Hash, MAX_SIZE, TILE_WIDTH, Tile, TileData, Tiles, TreeError, empty_root,
    hash::{fold_left_of, perfect_root},
    tile::LEVELS,
};

/// The right edge of a log that grows.
///
/// A writer takes the edge of the log with [`Growth::of`], compares [`Growth::root`] with the checkpoint, appends,
/// and writes [`Growth::take_full`] and [`Growth::partial`] before the new checkpoint. A verifier starts with
/// [`Growth::new`], appends every entry, and compares each tile with the stored one; it needs to keep 256 hashes of
/// each level only, if it takes the full tiles as they come.
#[derive(Debug, Clone, Default)]
pub struct Growth {
    size: u64,
    /// The partial tiles, from level 0.
    edge: Vec<Edge>,
    full: Vec<TileData>,
}

#[derive(Debug, Clone, Default)]
struct Edge {
    index: u64,
    hashes: Vec<Hash>,
    /// Whether hashes came in since the tile was read.
    grown: bool,
}

impl Growth {
    /// A log without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The right edge of a log of `size` entries: at most one partial tile of each level is read. Whether the tiles
    /// are those of the log, [`Growth::root`] says.
    ///
    /// # Errors
    ///
    /// When a tile can't be read or is too short, or the size is beyond [`MAX_SIZE`].
    pub fn of<T: Tiles>(size: u64, tiles: &T) -> Result<Self, TreeError<T::Error>> {
        if size > MAX_SIZE {
            return Err(TreeError::Range);
        }
        let mut edge = Vec::new();
        for level in (0..LEVELS).take_while(|level| size >> (8 * level) > 0) {
            edge.push(Edge::read(size, level, tiles)?);
        }
        Ok(Self { size, edge, full: Vec::new() })
    }

    /// How many entries the log has now.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends an entry by its [`leaf_hash`](crate::tlog::leaf_hash).
    pub fn append(&mut self, leaf: Hash) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0..LEVELS {
            if self.edge.len() <= usize::from(level) {
                self.edge.push(Edge::default());
            }
            let Some(edge) = self.edge.get_mut(usize::from(level)) else { return };
            let Some(full) = edge.push(level, hash) else { return };
            let Some(root) = perfect_root(&full.hashes) else { return };
            self.full.push(full);
            hash = root;
        }
    }

    /// The tiles that became full since they were last taken, of all levels, from the left.
    pub fn take_full(&mut self) -> Vec<TileData> {
        std::mem::take(&mut self.full)
    }

    /// The partial tiles at the right edge that grew, of all levels: those that a log of this size has and one of
    /// the size that was read had not.
    #[must_use]
    pub fn partial(&self) -> Vec<TileData> {
        (0..)
            .zip(&self.edge)
            .filter(|(_, edge)| edge.grown && !edge.hashes.is_empty())
            .map(|(level, edge)| edge.data(level))
            .collect()
    }

    /// The root of the tree as it is now.
    #[must_use]
    pub fn root(&self) -> Hash {
        let rows = self.edge.iter().map(|edge| edge.hashes.as_slice());
        rows.fold(None, fold_left_of).unwrap_or_else(empty_root)
    }
}

impl Edge {
    fn read<T: Tiles>(size: u64, level: u8, tiles: &T) -> Result<Self, TreeError<T::Error>> {
        let row = size >> (8 * level);
        let index = row / u64::from(TILE_WIDTH);
        let Some(tile) = Tile::of(size, level, index) else {
            return Ok(Self { index, ..Self::default() });
        };
        let mut hashes = tiles.hashes(tile).map_err(TreeError::Tiles)?;
        if hashes.len() < usize::from(tile.width) {
            return Err(TreeError::Short(tile));
        }
        hashes.truncate(tile.width.into());
        Ok(Self { index, hashes, grown: false })
    }

    /// Takes a hash in, and gives the tile if it became full.
    fn push(&mut self, level: u8, hash: Hash) -> Option<TileData> {
        self.hashes.push(hash);
        self.grown = true;
        if self.hashes.len() < usize::from(TILE_WIDTH) {
            return None;
        }
        let data = TileData {
            tile: Tile { level, index: self.index, width: TILE_WIDTH },
            hashes: std::mem::take(&mut self.hashes),
        };
        self.index += 1;
        Some(data)
    }

    fn data(&self, level: u8) -> TileData {
        // Less than 256: a tile that becomes full is taken out.
        let width = u16::try_from(self.hashes.len()).unwrap_or(TILE_WIDTH);
        TileData { tile: Tile { level, index: self.index, width }, hashes: self.hashes.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, convert::Infallible};

    use proptest::prelude::*;

    use super::Growth;
    use crate::tlog::{Hash, Tile, Tiles, leaf_hash, tree_root};

    #[derive(Default)]
    struct Store(BTreeMap<Tile, Vec<Hash>>);

    impl Tiles for Store {
        type Error = Infallible;

        fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, Infallible> {
            Ok(self.0.get(&tile).cloned().unwrap_or_default())
        }
    }

    fn leaf(index: u64) -> Hash {
        leaf_hash(&index.to_be_bytes())
    }

    fn grow(growth: &mut Growth, by: u64, store: &mut Store) {
        for _ in 0..by {
            growth.append(leaf(growth.size()));
        }
        for data in growth.take_full().into_iter().chain(growth.partial()) {
            assert_eq!(usize::from(data.tile.width), data.hashes.len());
            assert!(store.0.insert(data.tile, data.hashes).is_none(), "{:?} twice", data.tile);
        }
    }

    fn whole(size: u64) -> (Growth, Store) {
        let (mut growth, mut store) = (Growth::new(), Store::default());
        grow(&mut growth, size, &mut store);
        (growth, store)
    }

    #[test]
    fn a_tile_of_256_has_a_parent_and_no_partial_tile() {
        let (_, store) = whole(256);
        let paths: Vec<_> = store.0.keys().map(Tile::path).collect();
        assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1"]);
    }

    #[test]
    fn a_level_of_tiles_becomes_full_at_once() {
        let (growth, store) = whole(65_536 + 1);
        assert_eq!(store.0.len(), 256 + 1 + 1 + 1);
        assert!(store.0.contains_key(&Tile { level: 2, index: 0, width: 1 }));
        assert_eq!(tree_root(65_537, &store).unwrap(), growth.root());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn in_steps_or_at_once_it_is_the_same_log(
            steps in prop::collection::vec(prop_oneof![1_u64..5, 250_u64..260, 1_u64..700], 1..6),
        ) {
            let mut store = Store::default();
            let mut size = 0;
            for step in steps {
                let mut growth = Growth::of(size, &store).unwrap();
                prop_assert_eq!(growth.root(), tree_root(size, &store).unwrap());
                grow(&mut growth, step, &mut store);
                size += step;
                let (at_once, tiles) = whole(size);
                prop_assert_eq!(growth.root(), at_once.root());
                prop_assert!(tiles.0.iter().all(|(tile, hashes)| store.0.get(tile) == Some(hashes)));
            }
        }
    }
}
