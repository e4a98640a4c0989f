//! One tree: arrays whose lengths follow from its number of leaves, and children that lead to its nodes.

use std::collections::BTreeMap;

use crate::artefact::stop::{Step, broken};

/// Arrays with an element for each inner node.
const INNER: &[&str] = &[
    "split_feature",
    "split_gain",
    "threshold",
    "decision_type",
    "left_child",
    "right_child",
    "internal_value",
    "internal_weight",
    "internal_count",
];
/// Arrays with an element for each leaf.
const LEAVES: &[&str] = &["leaf_value", "leaf_weight", "leaf_count"];
/// Values that are one.
const SINGLE: &[&str] = &["num_leaves", "num_cat", "is_linear", "shrinkage"];
/// Arrays of other lengths.
const OTHER: &[&str] = &[
    "cat_boundaries",
    "cat_threshold",
    "leaf_const",
    "num_features",
    "leaf_features",
    "leaf_coeff",
];

/// What is known of a tree.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Where it begins.
    pub(super) at: u64,
    single: BTreeMap<String, u64>,
    lengths: BTreeMap<String, u64>,
    children: Vec<i64>,
    /// The largest number of a feature, as far as the head says one.
    features: Option<i64>,
    boundaries: Vec<i64>,
}

impl Tree {
    /// `features`: the largest number of a feature, if the head says one.
    pub(super) fn new(at: u64, features: Option<i64>) -> Self {
        Self { at, features, ..Self::default() }
    }

    /// Whether some version writes such a line.
    pub(super) fn knows(key: &str) -> bool {
        [INNER, LEAVES, SINGLE, OTHER].iter().any(|keys| keys.contains(&key))
    }

    /// Takes a line in.
    pub(super) fn take(&mut self, at: u64, key: &str, value: &str) -> Step {
        let numbers = || value.split_ascii_whitespace().map(|word| word.parse::<i64>());
        if self.lengths.contains_key(key) || self.single.contains_key(key) {
            return broken(at, format!("{key} is there twice"));
        }
        if matches!(key, "num_leaves" | "num_cat") {
            let Ok(number) = value.trim().parse() else {
                return broken(at, format!("{key} is no number"));
            };
            self.single.insert(key.to_owned(), number);
            return Ok(());
        }
        if matches!(key, "split_feature" | "leaf_features")
            && numbers().any(|feature| !feature.is_ok_and(|feature| self.is_feature(feature)))
        {
            return broken(at, format!("{key} holds what is no feature of the model"));
        }
        if matches!(key, "left_child" | "right_child" | "cat_boundaries") {
            let Ok(numbers) = numbers().collect::<Result<Vec<_>, _>>() else {
                return broken(at, format!("{key} holds what is no number"));
            };
            let held =
                if key == "cat_boundaries" { &mut self.boundaries } else { &mut self.children };
            held.extend(numbers);
        } else if value.split_ascii_whitespace().any(|word| word.parse::<f64>().is_err()) {
            return broken(at, format!("{key} holds what is no number"));
        }
        let count = value.split_ascii_whitespace().count() as u64;
        self.lengths.insert(key.to_owned(), count);
        Ok(())
    }

    fn is_feature(&self, feature: i64) -> bool {
        feature >= 0 && self.features.is_none_or(|last| feature <= last)
    }

    /// Compares all arrays, at the end of the tree.
    pub(super) fn compare(&self) -> Step {
        let Some(leaves) = self.single.get("num_leaves").copied().filter(|leaves| *leaves > 0)
        else {
            return broken(self.at, "a tree has no number of leaves");
        };
        let inner = leaves.saturating_sub(1);
        for (key, length) in &self.lengths {
            let wanted = match key.as_str() {
                key if INNER.contains(&key) => inner,
                key if LEAVES.contains(&key) => leaves,
                _ => continue,
            };
            // A tree of one leaf leaves some of them empty.
            if *length != wanted && !(*length == 0 && leaves == 1) {
                return broken(self.at, format!("{key} has {length} elements, not {wanted}"));
            }
        }
        let needed = ["split_feature", "threshold", "left_child", "right_child"];
        if leaves > 1 && needed.iter().any(|key| !self.lengths.contains_key(*key)) {
            return broken(self.at, "a tree lacks an array that loaders need");
        }
        self.categories()?;
        self.follow(leaves)
    }

    /// Boundaries ascend, to the length of what they bound.
    fn categories(&self) -> Step {
        let count = self.single.get("num_cat").copied().unwrap_or(0);
        if count == 0 {
            return Ok(());
        }
        let thresholds = self.lengths.get("cat_threshold").copied().unwrap_or(0);
        let last = self.boundaries.last().and_then(|last| u64::try_from(*last).ok());
        let sound = self.boundaries.len() as u64 == count.saturating_add(1)
            && self.boundaries.first() == Some(&0)
            && self.boundaries.is_sorted()
            && last == Some(thresholds);
        if sound { Ok(()) } else { broken(self.at, "the categories of a tree do not fit") }
    }

    /// Every node and leaf has one parent at most, and the first has none: then there is no circle that loaders walk.
    fn follow(&self, leaves: u64) -> Step {
        let inner = leaves.saturating_sub(1);
        let known = usize::try_from(leaves).unwrap_or(0).min(self.children.len().saturating_add(1));
        let (mut nodes, mut ends) = (vec![false; known], vec![false; known]);
        if let Some(first) = nodes.first_mut() {
            *first = true;
        }
        for child in &self.children {
            let (place, held, most) = if *child >= 0 {
                (u64::try_from(*child), &mut nodes, inner)
            } else {
                (u64::try_from(!*child), &mut ends, leaves)
            };
            let place = place.ok().filter(|place| *place < most);
            let seen = place.and_then(|place| held.get_mut(usize::try_from(place).ok()?));
            match seen {
                Some(seen) if !*seen => *seen = true,
                _ => return broken(self.at, format!("{child} is no child that a node can have")),
            }
        }
        Ok(())
    }
}
