//! Decision trees of scikit-learn: their nodes, and the estimators that hold them.
//!
//! Sources: `Tree.__setstate__` and `_decision_path_dense` in `sklearn/tree/_tree.pyx`, `predict_stages` in
//! `sklearn/ensemble/_gradient_boosting.pyx`, `_predictor.pyx` in `sklearn/ensemble/_hist_gradient_boosting`.

use super::super::{machine::Machine, value::Value};
use super::{
    facts::{Fact, Held},
    nodes::{Leaf, Nodes},
    pass::Check,
};

/// What a leaf has for its children.
const LEAF: i64 = -1;
/// Lists within lists of trees.
const MAX_DEPTH: u8 = 4;

impl Machine<'_, '_, '_> {
    /// The state of a tree: `max_depth`, `node_count`, `nodes` and `values`.
    pub(super) fn tree(&mut self, note: u32, dict: u32) -> Held {
        let nodes = self.array_in(dict, "nodes")?;
        let features = match self.heap.facts.fact(note) {
            Some(Fact::Tree(features)) if features < i64::MAX => Some(features),
            _ => {
                self.session.unchecked = true;
                None
            }
        };
        let (said, deepest) =
            (self.number_in(dict, "node_count"), self.number_in(dict, "max_depth"));
        if said.is_some_and(|said| u64::try_from(said) != Ok(nodes.count)) {
            self.misindexed(self.here, "a tree says that it has other nodes than it has");
        }
        let fields = ["left_child", "right_child", "feature"];
        let [Some(left), Some(right), Some(feature)] =
            fields.map(|name| self.record_field(&nodes, name))
        else {
            // Without them scikit-learn loads none.
            return None;
        };
        let source = self.source(&nodes);
        let check = Check::Nodes(Nodes {
            size: usize::try_from(nodes.size).ok()?,
            count: nodes.count,
            left,
            right,
            leaf: Leaf::Child(LEAF),
            feature: Some(feature),
            features,
            deepest,
            sets: None,
            points: None,
        });
        let task = self.task(source, check)?;
        Some((task, task, 1))
    }

    /// The state of a tree of a histogram-based ensemble: `nodes` and the sets of categories.
    pub(super) fn predictor(&mut self, dict: u32) -> Held {
        let nodes = self.array_in(dict, "nodes")?;
        let fields = ["left", "right", "is_leaf", "feature_idx"];
        let [Some(left), Some(right), Some(leaf), Some(feature)] =
            fields.map(|name| self.record_field(&nodes, name))
        else {
            return None;
        };
        let asks = self.record_field(&nodes, "is_categorical");
        let set = self.record_field(&nodes, "bitset_idx");
        let sets = match (asks, set) {
            (Some(asks), Some(set)) => {
                let most = ["binned_left_cat_bitsets", "raw_left_cat_bitsets"]
                    .map(|name| self.array_in(dict, name));
                let of = |array: super::facts::Array| {
                    let [rows, columns, _] = array.shape;
                    if array.sides == 2 && columns >= 8 { rows } else { 0 }
                };
                let rows = most.map(|array| array.map(of));
                let least = rows.into_iter().flatten().min().unwrap_or(0);
                Some((asks, set, i64::try_from(least).unwrap_or(i64::MAX)))
            }
            _ => None,
        };
        let source = self.source(&nodes);
        let check = Check::Nodes(Nodes {
            size: usize::try_from(nodes.size).ok()?,
            count: nodes.count,
            left,
            right,
            leaf: Leaf::Field(leaf),
            feature: Some(feature),
            features: None,
            deepest: None,
            sets,
            points: None,
        });
        let task = self.task(source, check)?;
        Some((task, task, 1))
    }

    /// The state of an estimator: its trees ask for no more features than it looks for in what it is given.
    pub(super) fn estimator(&mut self, name: &str, dict: u32) {
        let within = if name.contains("GradientBoosting") {
            &["estimators_", "_predictors"][..]
        } else if name.contains("Tree") {
            &["tree_"][..]
        } else {
            return;
        };
        let Some(contents) = self.heap.contents(dict) else { return };
        if contents.held.is_none() {
            return;
        }
        if !contents.whole {
            self.session.unchecked = true;
        }
        for name in within {
            let Some(of) = self.field(dict, name) else { continue };
            let mut tasks = Vec::new();
            self.tasks_of(of, MAX_DEPTH, &mut tasks);
            let mut said = false;
            for name in ["n_features_in_", "n_features_", "n_features"] {
                said |= self.field(dict, name).is_some();
                if let Some(most) = self.number_in(dict, name) {
                    self.restrict(&tasks, most);
                }
            }
            // Without, scikit-learn compares what it is given with nothing.
            if !tasks.is_empty() && !said {
                self.misindexed(
                    self.here,
                    "an estimator does not say how many features its trees ask for",
                );
            }
        }
    }

    /// The tasks that what a value holds has made: all from the first to the last, or those of each item.
    fn tasks_of(&mut self, value: Value, depth: u8, tasks: &mut Vec<(u32, u32)>) {
        let Some((first, last, count)) = self.heap.arrays_in(value) else { return };
        if last.checked_sub(first).and_then(|more| more.checked_add(1)) == Some(count) {
            tasks.push((first, last));
            return;
        }
        let list = match value {
            Value::List(list) => Some(list),
            Value::Object { note, .. } => match self.heap.facts.fact(note) {
                Some(Fact::Objects(list)) => Some(list),
                _ => None,
            },
            _ => None,
        };
        let items = list.and_then(|list| self.heap.contents(list)).filter(|list| list.whole);
        match (items.map(|items| items.head.clone()), depth.checked_sub(1)) {
            (Some(items), Some(depth)) => {
                for item in items {
                    self.tasks_of(item, depth, tasks);
                }
            }
            _ => self.session.unchecked = true,
        }
    }

    /// Trees of these tasks may ask for so many features.
    fn restrict(&mut self, tasks: &[(u32, u32)], most: i64) {
        for (first, last) in tasks {
            let (Ok(first), Ok(last)) = (usize::try_from(*first), usize::try_from(*last)) else {
                continue;
            };
            let count = last.saturating_sub(first).saturating_add(1);
            for task in self.session.tasks.iter_mut().skip(first).take(count) {
                if let Check::Nodes(nodes) = &mut task.check {
                    let features = nodes.features.map_or(most, |features| features.min(most));
                    nodes.features = Some(features);
                }
            }
        }
    }

    /// The numbers of a tuple of so many.
    pub(super) fn numbers<const N: usize>(&self, value: Value) -> Option<[i64; N]> {
        let Value::Tuple(tuple) = value else { return None };
        let items: &[Value; N] = self.heap.items(tuple).try_into().ok()?;
        let mut numbers = [0; N];
        for (slot, item) in numbers.iter_mut().zip(items) {
            match item {
                Value::Int(number) => *slot = *number,
                _ => return None,
            }
        }
        Some(numbers)
    }
}
