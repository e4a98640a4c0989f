//! The arrays of one tree, which loaders take to be of one length.

use std::collections::BTreeMap;

use crate::artefact::stop::{Step, broken};

/// Arrays with one element for each node.
const NODES: &[&str] = &[
    "base_weights",
    "default_left",
    "left_children",
    "loss_changes",
    "parents",
    "right_children",
    "split_conditions",
    "split_indices",
    "split_type",
    "sum_hessian",
];
/// Nodes of a tree whose children are followed.
const MAX_NODES: usize = 1 << 21;

/// What is known of a tree.
#[derive(Debug, Default)]
pub(super) struct Tree {
    lengths: BTreeMap<String, u64>,
    left: Vec<i64>,
    right: Vec<i64>,
    /// What its parameters say: how many nodes, and how many numbers a leaf has.
    pub(super) nodes: Option<u64>,
    pub(super) targets: Option<u64>,
}

impl Tree {
    /// The next left or right child; false if there are more than are followed.
    pub(super) fn child(&mut self, right: bool, child: i64) -> bool {
        let held = if right { &mut self.right } else { &mut self.left };
        held.push(child);
        held.len() <= MAX_NODES
    }

    /// An array ends.
    pub(super) fn array(&mut self, key: &str, length: u64) {
        self.lengths.insert(key.to_owned(), length);
    }

    /// Compares all arrays, at the end of the tree.
    pub(super) fn compare(&self, at: u64) -> Step {
        let Some(nodes) = self.lengths.get("left_children").copied() else {
            return broken(at, "a tree has no children");
        };
        if self.nodes.is_some_and(|said| said != nodes) {
            return broken(at, format!("a tree says another number of nodes than its {nodes}"));
        }
        for (key, length) in &self.lengths {
            let wide = key == "base_weights" && self.targets.unwrap_or(0) > 1;
            if NODES.contains(&key.as_str()) && !wide && *length != nodes {
                return broken(at, format!("{key} has {length} elements for {nodes} nodes"));
            }
        }
        self.follow(at, nodes)
    }

    /// Every node has at most one parent, and the first has none: then there is no circle that loaders walk.
    fn follow(&self, at: u64, nodes: u64) -> Step {
        let mut seen = vec![false; usize::try_from(nodes).unwrap_or(0).min(MAX_NODES)];
        // The right child of a leaf of several numbers is the place of these numbers.
        let many = self.targets.unwrap_or(0) > 1;
        let inner = |place: usize| !many || self.left.get(place).is_some_and(|left| *left != -1);
        let right = self.right.iter().enumerate().filter(|(place, _)| inner(*place));
        let children = self.left.iter().chain(right.map(|(_, child)| child));
        for child in children.filter(|child| **child != -1) {
            let place = usize::try_from(*child).ok().filter(|place| *place > 0);
            match place.and_then(|place| seen.get_mut(place)) {
                Some(seen) if !*seen => *seen = true,
                _ => return broken(at, format!("{child} is no child that a node can have")),
            }
        }
        Ok(())
    }
}
