//! Verifying proofs of inclusion and consistency: RFC 6962, section 2.1, with the algorithms of RFC 9162, section 2.1.

use crate::tlog::{Hash, empty_root, node_hash};

/// The most hashes of a proof. A log of 2^63 - 1 entries needs 64.
pub const MAX_PROOF: usize = 64;

/// The proof doesn't prove what it should.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("the proof does not lead to the root")]
pub struct NotProven;

/// Verifies that the leaf is at `index` of the tree of `size` entries with that root.
///
/// # Errors
///
/// When the proof has another length than it must or leads to another root.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), NotProven> {
    if index >= size || proof.len() > MAX_PROOF {
        return Err(NotProven);
    }
    let mut path = Path { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match path.step()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    (path.last == 0 && hash == *root).then_some(()).ok_or(NotProven)
}

/// Verifies that the tree of `old` entries is the beginning of that of `new` entries.
///
/// # Errors
///
/// When the proof has another length than it must or leads to another root than either of the two.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), NotProven> {
    if old > new || proof.len() > MAX_PROOF {
        return Err(NotProven);
    }
    if old == 0 || old == new {
        let known = if old == 0 { empty_root() } else { *new_root };
        let both = new > 0 || *new_root == empty_root();
        return (proof.is_empty() && *old_root == known && both).then_some(()).ok_or(NotProven);
    }
    // A perfect older tree is a node of the newer one, and its root, which the verifier has, is left out.
    let (first, rest) = match proof.split_first() {
        _ if old.is_power_of_two() => (old_root, proof),
        Some(split) => split,
        None => return Err(NotProven),
    };
    let mut path = Path { node: old - 1, last: new - 1 };
    path.up(path.node.trailing_ones());
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        match path.step()? {
            Side::Left => {
                old_hash = node_hash(sibling, &old_hash);
                new_hash = node_hash(sibling, &new_hash);
            }
            Side::Right => new_hash = node_hash(&new_hash, sibling),
        }
    }
    let whole = path.last == 0 && old_hash == *old_root && new_hash == *new_root;
    whole.then_some(()).ok_or(NotProven)
}

/// On which side of the node its sibling stands.
enum Side {
    Left,
    Right,
}

/// A node and the last node of its row, on the way to the root.
struct Path {
    node: u64,
    last: u64,
}

impl Path {
    /// Goes to the parent that has a sibling on the other side.
    fn step(&mut self) -> Result<Side, NotProven> {
        if self.last == 0 {
            return Err(NotProven);
        }
        let side = if self.node % 2 == 1 || self.node == self.last {
            // The last node of a row without a right sibling goes up unhashed.
            self.up(self.node.trailing_zeros());
            Side::Left
        } else {
            Side::Right
        };
        self.up(1);
        Ok(side)
    }

    fn up(&mut self, rows: u32) {
        self.node = self.node.checked_shr(rows).unwrap_or(0);
        self.last = self.last.checked_shr(rows).unwrap_or(0);
    }
}
