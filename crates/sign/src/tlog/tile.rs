//! Tiles and the paths that they are stored under: c2sp.org/tlog-tiles.

use std::fmt;

use crate::{
    decimal,
    tlog::{Hash, leaf_hash},
};

/// How many hashes a full tile, and how many entries a full bundle has.
pub const TILE_WIDTH: u16 = 256;

/// The most entries of a log: sizes are signed 64-bit numbers to some of those who read logs.
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// The levels of tiles that a log of [`MAX_SIZE`] has.
pub(crate) const LEVELS: u8 = 8;

/// The number of elements of the longest path of an index below 2^64.
const MAX_GROUPS: usize = 7;

/// A path or content that is not a tile's.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("not a tile of a log")]
pub struct NotATile;

/// A row of neighbouring hashes of a tree: the `index`-th at its level. Each hash at level L covers 256^L entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// 0 for the hashes of entries, one more for the roots of full tiles below.
    pub level: u8,
    /// The number of the tile in its level, from 0.
    pub index: u64,
    /// How many hashes it has: 256 when it is full, 1 to 255 when it is partial.
    pub width: u16,
}

impl Tile {
    /// The tile at a place in a log of so many entries: full, partial, or nothing where the log has none there.
    #[must_use]
    pub fn of(size: u64, level: u8, index: u64) -> Option<Self> {
        let hashes = size.checked_shr(8 * u32::from(level))?;
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let here = hashes.checked_sub(before)?.min(u64::from(TILE_WIDTH));
        let width = u16::try_from(here).ok()?;
        (width > 0).then_some(Self { level, index, width })
    }

    /// Whether it has all its hashes.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// Where the hashes are stored: `tile/0/x001/067` or `tile/0/x001/067.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        TilePath::Hashes(*self).to_string()
    }

    /// Where the entries of a tile of level 0 are stored: `tile/entries/x001/067.p/5`.
    #[must_use]
    pub fn entries_path(&self) -> String {
        TilePath::Entries(*self).to_string()
    }
}

/// What is stored under a path of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TilePath {
    /// The hashes of a tile.
    Hashes(Tile),
    /// The bundle of entries of a tile of level 0.
    Entries(Tile),
}

impl TilePath {
    /// Reads a path, with `/` between its elements, as [`Tile::path`] and [`Tile::entries_path`] write it.
    ///
    /// # Errors
    ///
    /// When the path is written in any other way.
    pub fn parse(path: &str) -> Result<Self, NotATile> {
        let parsed = parse(path).ok_or(NotATile)?;
        // An index of more elements than it needs would be a second path of the same tile.
        (parsed.to_string() == path).then_some(parsed).ok_or(NotATile)
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tile = match self {
            Self::Hashes(tile) => {
                write!(formatter, "tile/{}/", tile.level)?;
                tile
            }
            Self::Entries(tile) => {
                formatter.write_str("tile/entries/")?;
                tile
            }
        };
        write_index(tile.index, formatter)?;
        if tile.is_full() { Ok(()) } else { write!(formatter, ".p/{}", tile.width) }
    }
}

/// A tile with its hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileData {
    /// Which tile; its width is the number of hashes.
    pub tile: Tile,
    /// The hashes, from the left.
    pub hashes: Vec<Hash>,
}

impl TileData {
    /// Reads what is stored of a tile.
    ///
    /// # Errors
    ///
    /// When the bytes are not exactly as many hashes as the tile has.
    pub fn parse(tile: Tile, bytes: &[u8]) -> Result<Self, NotATile> {
        let (hashes, rest) = bytes.as_chunks();
        let whole = rest.is_empty() && hashes.len() == usize::from(tile.width);
        whole.then(|| Self { tile, hashes: hashes.to_vec() }).ok_or(NotATile)
    }

    /// The tile of level 0 of the entries of a bundle.
    #[must_use]
    pub fn of_entries(tile: Tile, entries: &[&[u8]]) -> Self {
        Self { tile, hashes: entries.iter().map(|entry| leaf_hash(entry)).collect() }
    }

    /// What is stored: the hashes, one behind the other.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }
}

fn parse(path: &str) -> Option<TilePath> {
    let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = match place.split_once(".p/") {
        None => (place, TILE_WIDTH),
        Some((index, width)) => (index, u16::try_from(decimal::parse(width)?).ok()?),
    };
    if width == 0 || width > TILE_WIDTH {
        return None;
    }
    let index = parse_index(index)?;
    if level == "entries" {
        return Some(TilePath::Entries(Tile { level: 0, index, width }));
    }
    let level = u8::try_from(decimal::parse(level)?).ok()?;
    (level < 64).then_some(TilePath::Hashes(Tile { level, index, width }))
}

fn parse_index(text: &str) -> Option<u64> {
    let mut index = 0_u64;
    for group in text.splitn(MAX_GROUPS + 1, '/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(index)
}

fn write_index(index: u64, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if index >= 1000 {
        write_before(index / 1000, formatter)?;
    }
    write!(formatter, "{:03}", index % 1000)
}

fn write_before(index: u64, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if index >= 1000 {
        write_before(index / 1000, formatter)?;
    }
    write!(formatter, "x{:03}/", index % 1000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Tile, TileData, TilePath};

    #[test]
    fn writes_the_paths_of_the_specification() {
        let tile = Tile { level: 2, index: 1_234_067, width: 256 };
        assert_eq!(tile.path(), "tile/2/x001/x234/067");
        assert_eq!(Tile { width: 5, ..tile }.path(), "tile/2/x001/x234/067.p/5");
        assert_eq!(Tile { index: 999, ..tile }.path(), "tile/2/999");
        assert_eq!(Tile { index: 1000, ..tile }.path(), "tile/2/x001/000");
        assert_eq!(
            Tile { level: 0, index: 0, width: 255 }.entries_path(),
            "tile/entries/000.p/255"
        );
    }

    /// The example of the specification: a tree of 70,000 entries.
    #[test]
    fn knows_the_tiles_of_a_log() {
        let width = |size, level, index| Tile::of(size, level, index).map(|tile| tile.width);
        assert_eq!(width(70_000, 0, 272), Some(256));
        assert_eq!(width(70_000, 0, 273), Some(112));
        assert_eq!(width(70_000, 0, 274), None);
        assert_eq!((width(70_000, 1, 0), width(70_000, 1, 1)), (Some(256), Some(17)));
        assert_eq!((width(70_000, 2, 0), width(70_000, 3, 0)), (Some(1), None));
        assert_eq!(
            (width(256, 0, 0), width(256, 0, 1), width(256, 1, 0)),
            (Some(256), None, Some(1))
        );
        assert_eq!(width(u64::MAX, 63, 0), None);
        assert_eq!(width(u64::MAX, 0, u64::MAX), None);
    }

    #[test]
    fn refuses_other_spellings() {
        for path in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/x000/001",
            "tile/0/001/000",
            "tile/0/x001",
            "tile/0/x001/x000",
            "tile/0/001.p/0",
            "tile/0/001.p/256",
            "tile/0/001.p/05",
            "tile/0/001.p/5/",
            "tile/0/001.p",
            "tile/0/../001",
            "tile/entries/0/001",
            "/tile/0/001",
            "tile/0/x099/x999/x999/x999/x999/x999/999",
            "tile/0/x001/x001/x001/x001/x001/x001/x001/001",
        ] {
            assert!(TilePath::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn holds_exactly_its_hashes() {
        let tile = Tile { level: 0, index: 0, width: 2 };
        assert_eq!(TileData::parse(tile, &[7; 64]).unwrap().bytes(), [7; 64]);
        for size in [0, 32, 63, 65, 96] {
            assert!(TileData::parse(tile, &vec![7; size]).is_err());
        }
    }

    proptest! {
        #[test]
        fn reads_back_every_path(level in 0_u8..64, index: u64, width in 1_u16..=256) {
            let tile = Tile { level, index, width };
            prop_assert_eq!(TilePath::parse(&tile.path()), Ok(TilePath::Hashes(tile)));
            let tile = Tile { level: 0, ..tile };
            prop_assert_eq!(TilePath::parse(&tile.entries_path()), Ok(TilePath::Entries(tile)));
        }
    }
}
