use std::{cell::Cell, convert::Infallible};

use proptest::prelude::*;

use super::{Tiles, TreeError, consistency_proof, inclusion_proof, split, tree_root};
use crate::tlog::{
    Growth, Hash, MAX_SIZE, Tile, empty_root, leaf_hash, node_hash, verify_consistency,
    verify_inclusion,
};

/// A log that works its tiles out from the hashes of its entries, by the formula of the specification.
struct Leaves {
    rows: Vec<Vec<Hash>>,
    read: Cell<usize>,
}

impl Leaves {
    fn new(size: u64) -> Self {
        Self::of((0..size).map(|index| leaf_hash(format!("entry {index}").as_bytes())).collect())
    }

    fn of(leaves: Vec<Hash>) -> Self {
        let above = |row: &Vec<Hash>| Some(row.chunks_exact(256).map(mth).collect());
        let rows = std::iter::successors(Some(leaves), above).take_while(|row| !row.is_empty());
        Self { rows: rows.collect(), read: Cell::new(0) }
    }

    fn leaves(&self) -> &[Hash] {
        &self.rows[0]
    }
}

impl Tiles for Leaves {
    type Error = Infallible;

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, Infallible> {
        self.read.set(self.read.get() + 1);
        let row = self.rows[usize::from(tile.level)].iter();
        let before = usize::try_from(tile.index).unwrap() * 256;
        Ok(row.skip(before).take(tile.width.into()).copied().collect())
    }
}

/// The definition of RFC 6962, section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let at = usize::try_from(split(leaves.len() as u64)).unwrap();
            node_hash(&mth(&leaves[..at]), &mth(&leaves[at..]))
        }
    }
}

fn hex(hash: Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The tree of the reference implementation of RFC 6962: eight entries, and its root at some sizes.
#[test]
fn has_the_roots_of_certificate_transparency() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let leaves = Leaves::of(entries.into_iter().map(leaf_hash).collect());
    for (size, root) in [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ] {
        assert_eq!(hex(tree_root(size, &leaves).unwrap()), root, "{size}");
    }
}

/// An optimised build tries every pair of numbers; one with debug assertions those around the boundaries, and every
/// thirteenth of the others.
fn is_tried(size: u64, at: u64) -> bool {
    let boundary = size < 20 || (255..259).contains(&size) || size == 300;
    !cfg!(debug_assertions) || boundary || (size + at).is_multiple_of(13)
}

#[test]
fn every_entry_is_proven_at_every_size() {
    let log = Leaves::new(300);
    for size in 1..=300 {
        let root = mth(&log.leaves()[..size]);
        let size = size as u64;
        assert_eq!(tree_root(size, &log).unwrap(), root);
        for index in (0..size).filter(|index| is_tried(size, *index)) {
            let leaf = &log.leaves()[usize::try_from(index).unwrap()];
            let proof = inclusion_proof(index, size, &log).unwrap();
            assert_eq!(
                verify_inclusion(leaf, index, size, &proof, &root),
                Ok(()),
                "{index} {size}"
            );
            if (index + size).is_multiple_of(7) || index + 2 > size {
                refuses_inclusion(leaf, index, size, &proof, &root);
            }
        }
    }
}

fn refuses_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) {
    let refused = |index, size, proof: &[Hash]| {
        assert!(verify_inclusion(leaf, index, size, proof, root).is_err(), "{index} {size}");
    };
    refused(index + 1, size, proof);
    refused(index ^ 1, size, proof);
    refused(index, 0, proof);
    refused(index, size, &[proof, &[[0; 32]]].concat());
    if let Some((_, rest)) = proof.split_first() {
        refused(index, size, rest);
        refused(index, size, &proof[..proof.len() - 1]);
    }
    assert!(verify_inclusion(&[1; 32], index, size, proof, root).is_err());
}

#[test]
fn every_size_begins_every_later_one() {
    let log = Leaves::new(300);
    let roots: Vec<_> = (0..=300).map(|size| mth(&log.leaves()[..size])).collect();
    for new in 0..=300_usize {
        for old in (0..=new).filter(|old| is_tried(new as u64, *old as u64)) {
            let (from, to) = (old as u64, new as u64);
            let proof = consistency_proof(from, to, &log).unwrap();
            let check = |old_root, new_root, proof: &[Hash]| {
                verify_consistency(from, old_root, to, new_root, proof)
            };
            assert_eq!(check(&roots[old], &roots[new], &proof), Ok(()), "{old} {new}");
            if !(old + new).is_multiple_of(5) && old + 2 < new {
                continue;
            }
            assert!(check(&[1; 32], &roots[new], &proof).is_err(), "{old} {new}");
            assert!(
                check(&roots[old], &roots[new], &[proof.clone(), vec![[0; 32]]].concat()).is_err()
            );
            assert!(proof.is_empty() || check(&roots[old], &[1; 32], &proof).is_err());
            if let Some((_, rest)) = proof.split_last() {
                assert!(check(&roots[old], &roots[new], rest).is_err(), "{old} {new}");
            }
        }
    }
    assert!(verify_consistency(2, &roots[2], 1, &roots[1], &[]).is_err());
}

/// RFC 6962, section 2.1.3, on the tree of seven leaves d0 to d6.
#[test]
fn has_the_proofs_of_the_rfc() {
    let log = Leaves::new(7);
    let leaf = log.leaves();
    let (g, h) = (node_hash(&leaf[0], &leaf[1]), node_hash(&leaf[2], &leaf[3]));
    let (i, k) = (node_hash(&leaf[4], &leaf[5]), mth(&leaf[..4]));
    let l = node_hash(&i, &leaf[6]);
    let inclusion = |index| inclusion_proof(index, 7, &log).unwrap();
    assert_eq!(inclusion(0), [leaf[1], h, l]);
    assert_eq!(inclusion(3), [leaf[2], g, l]);
    assert_eq!(inclusion(4), [leaf[5], leaf[6], k]);
    assert_eq!(inclusion(6), [i, k]);
    let consistency = |old| consistency_proof(old, 7, &log).unwrap();
    assert_eq!(consistency(3), [leaf[2], leaf[3], g, l]);
    assert_eq!(consistency(4), [l]);
    assert_eq!(consistency(6), [i, leaf[6], k]);
}

#[test]
fn reads_a_few_tiles_only() {
    let log = Leaves::new(66_000);
    tree_root(66_000, &log).unwrap();
    assert_eq!(log.read.replace(0), 3);
    inclusion_proof(1000, 66_000, &log).unwrap();
    assert!(log.read.replace(0) <= 6);
    consistency_proof(65_535, 66_000, &log).unwrap();
    assert!(log.read.get() <= 6);
}

#[test]
fn says_what_is_not_there() {
    let log = Leaves::new(3);
    let short = Tile { level: 0, index: 0, width: 5 };
    assert_eq!(tree_root(5, &log), Err(TreeError::Short(short)));
    assert_eq!(Growth::of(5, &log).unwrap_err(), TreeError::Short(short));
    assert_eq!(inclusion_proof(3, 3, &log), Err(TreeError::Range));
    assert_eq!(consistency_proof(4, 3, &log), Err(TreeError::Range));
    assert_eq!(tree_root(u64::MAX, &log), Err(TreeError::Range));
}

/// Tiles of a log of any size, all hashes the same: what counts is that no size overflows.
struct Same;

impl Tiles for Same {
    type Error = Infallible;

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, Infallible> {
        Ok(vec![[tile.level; 32]; tile.width.into()])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_size_is_too_large_to_count(size in 1..=MAX_SIZE, at: u64) {
        let index = at % size;
        prop_assert_eq!(Growth::of(size, &Same).unwrap().root(), tree_root(size, &Same).unwrap());
        let proof = inclusion_proof(index, size, &Same).unwrap();
        prop_assert!(proof.len() <= 64);
        prop_assert!(consistency_proof(index, size, &Same).unwrap().len() <= 64);
    }

    #[test]
    fn no_proof_makes_the_verifier_panic(index: u64, size: u64, proof: Vec<Hash>) {
        let _refused = verify_inclusion(&[0; 32], index, size, &proof, &[0; 32]);
        let _refused = verify_consistency(index, &[0; 32], size, &[1; 32], &proof);
    }
}
