//! Search trees over points: of scikit-learn and of SciPy.
//!
//! Sources: `BinaryTree.__setstate__` in `sklearn/neighbors/_binary_tree.pxi.tp`, `ckdtreenode` in
//! `scipy/spatial/ckdtree/src/ckdtree_decl.h` and `_post_init_traverse` in `scipy/spatial/_ckdtree.pyx`.

use super::super::{machine::Machine, value::Value};
use super::{
    facts::{Array, Elements},
    nodes::{Leaf, Nodes},
    number::{Field, Number},
    pass::Check,
};

const POINT: &str = "a search tree asks for points that are not there";
const BOUNDS: &str = "a search tree has bounds for other nodes than it has";
/// Bytes of a node of SciPy's, and where in it what stands.
const PACKED: u64 = 72;
const NUMBER: Number = Number { size: 8, signed: true, big: false };
const SPLIT: Field = Field { offset: 0, number: NUMBER };
const START: Field = Field { offset: 24, number: NUMBER };
const END: Field = Field { offset: 32, number: NUMBER };
const LESS: Field = Field { offset: 56, number: NUMBER };
const GREATER: Field = Field { offset: 64, number: NUMBER };

impl Machine<'_, '_, '_> {
    /// `(data, points, nodes, bounds, leaf size, levels, nodes, …)`.
    pub(super) fn search_tree(&mut self, state: Value) {
        let Value::Tuple(state) = state else { return };
        let items = self.heap.items(state).to_vec();
        let [data, points, nodes, bounds, _, _, said, ..] = *items.as_slice() else { return };
        let [Some(data), Some(points), Some(nodes), Some(bounds)] =
            [data, points, nodes, bounds].map(|array| self.array_at(array))
        else {
            return;
        };
        let [rows, columns, _] = data.shape;
        let (rows, held) = (number(rows), number(points.count));
        self.within(&points, 0, rows, POINT);
        let [_, bounded, wide] = bounds.shape;
        let count = number(nodes.count);
        let fits = bounds.sides == 3 && bounded >= nodes.count && wide == columns;
        if !fits || matches!(said, Value::Int(said) if said > count) {
            self.misindexed(self.here, BOUNDS);
        }
        let fields = ["idx_start", "idx_end", "is_leaf"];
        let [Some(start), Some(end), Some(leaf)] =
            fields.map(|name| self.record_field(&nodes, name))
        else {
            return;
        };
        let Ok(size) = usize::try_from(nodes.size) else { return };
        let source = self.source(&nodes);
        self.task(source, Check::Heap { size, count, start, end, leaf, points: held });
    }

    /// `(nodes, data, n, m, leaf size, maxes, mins, indices, …)`, the nodes as they stand in memory.
    pub(super) fn packed_search_tree(&mut self, state: Value) {
        let Value::Tuple(state) = state else { return };
        let items = self.heap.items(state).to_vec();
        let [nodes, data, said, sides, _, maxes, mins, points, ..] = *items.as_slice() else {
            return;
        };
        let arrays = [nodes, data, maxes, mins, points].map(|array| self.array_at(array));
        let [Some(nodes), Some(data), Some(maxes), Some(mins), Some(points)] = arrays else {
            return;
        };
        let [rows, columns, _] = data.shape;
        let (rows, columns) = (number(rows), number(columns));
        let least = maxes.count.min(mins.count);
        if said != Value::Int(rows) || sides != Value::Int(columns) || number(least) < columns {
            self.misindexed(self.here, BOUNDS);
        }
        self.within(&points, 0, rows, POINT);
        self.packed_nodes(&nodes, columns, number(points.count));
    }

    fn packed_nodes(&mut self, nodes: &Array, columns: i64, points: i64) {
        let bytes = nodes.count.saturating_mul(nodes.size);
        let count = bytes.checked_div(PACKED).unwrap_or(0);
        // On machines with shorter words they are others, which nobody else can load.
        if nodes.elements == Elements::Objects || count.checked_mul(PACKED) != Some(bytes) {
            self.session.unchecked = true;
            return;
        }
        let source = self.source(nodes);
        self.task(
            source,
            Check::Nodes(Nodes {
                size: usize::try_from(PACKED).unwrap_or(0),
                count,
                left: LESS,
                right: GREATER,
                leaf: Leaf::Is(SPLIT, -1),
                feature: Some(SPLIT),
                features: Some(columns),
                deepest: None,
                sets: None,
                points: Some((START, END, points)),
            }),
        );
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
