//! Transparency logs: the Merkle trees of RFC 6962, kept in the tiles of c2sp.org/tlog-tiles.

pub mod bundle;
mod growth;
mod hash;
mod tile;
mod tree;
mod verify;

pub use growth::Growth;
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use tile::{MAX_SIZE, NotATile, TILE_WIDTH, Tile, TileData, TilePath};
pub use tree::{Tiles, TreeError, consistency_proof, inclusion_proof, tree_root};
pub use verify::{MAX_PROOF, NotProven, verify_consistency, verify_inclusion};
