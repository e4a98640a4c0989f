//! The hashes of a Merkle tree: RFC 6962, section 2.1.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a leaf, a node or a whole tree.
pub type Hash = [u8; 32];

/// The root of the tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The hash of an entry of a log.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two neighbouring subtrees.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over neighbouring subtrees of one size, whose number is a power of two; nothing without any.
pub(crate) fn perfect_root(hashes: &[Hash]) -> Option<Hash> {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node_hash(left, right),
                [single, ..] => *single,
                [] => empty_root(),
            })
            .collect();
    }
    row.first().copied()
}

/// Goes on to the left with neighbouring subtrees of one size (less than 2^16 of them): `right` is the root of all
/// that stands right of them, if anything does.
pub(crate) fn fold_left_of(right: Option<Hash>, hashes: &[Hash]) -> Option<Hash> {
    let mut root = right;
    let mut rest = hashes;
    // The smallest perfect subtree stands rightmost.
    while let Some(size) = lowest_power(rest.len()) {
        let (left, subtree) = rest.split_at_checked(rest.len() - size)?;
        let subtree = perfect_root(subtree)?;
        root = Some(root.map_or(subtree, |right| node_hash(&subtree, &right)));
        rest = left;
    }
    root
}

fn lowest_power(number: usize) -> Option<usize> {
    (number > 0).then(|| 1 << number.trailing_zeros())
}
