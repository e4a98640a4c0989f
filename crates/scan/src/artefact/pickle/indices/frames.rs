//! Frames of pandas: codes that stand for values, and blocks that stand for columns.
//!
//! Sources: `_take_nd_ndarray` in `pandas/core/array_algos/take.py`, `_rebuild_blknos_and_blklocs` in
//! `pandas/_libs/internals.pyx`.

use super::super::{machine::Machine, value::Value};
use super::facts::Fact;

const CODES: &str = "a code stands for a category or level that is not there";
const PLACES: &str = "a block of a frame stands for columns that are not there";

impl Machine<'_, '_, '_> {
    /// How many values an index, an array or a type of categories has, if that is known.
    pub(super) fn length(&self, value: Value) -> Option<u64> {
        let Value::Object { note, .. } = value else { return None };
        match self.heap.facts.fact(note)? {
            Fact::Array(array) => Some(array.count),
            Fact::Length(length) => length,
            _ => None,
        }
    }

    /// `(class, state)` of an index.
    pub(super) fn new_length(&mut self, arguments: Value) -> Fact {
        let unknown = Fact::Length(None);
        let Value::Tuple(arguments) = arguments else { return unknown };
        let [class, Value::Dict(state)] = *self.heap.items(arguments) else { return unknown };
        let name = self.named(class).map(|(_, name)| name.to_owned()).unwrap_or_default();
        let number = |of: &Self, name| match of.field(state, name) {
            Some(Value::Int(number)) => Some(number),
            _ => None,
        };
        match name.as_str() {
            "MultiIndex" => {
                self.levels(state);
                unknown
            }
            "RangeIndex" => {
                let (start, stop) = (number(self, "start").unwrap_or(0), number(self, "stop"));
                let step = number(self, "step").unwrap_or(1);
                Fact::Length(stop.map(|stop| counted(start, stop, step)))
            }
            _ => Fact::Length(self.field(state, "data").and_then(|data| self.length(data))),
        }
    }

    /// The codes of each level.
    fn levels(&mut self, state: u32) {
        let lists = [&["levels"][..], &["codes", "labels"]]
            .map(|names| names.iter().find_map(|name| self.field(state, name)));
        let [Some(Value::List(levels)), Some(Value::List(codes))] = lists else { return };
        let [Some(levels), Some(codes)] =
            [levels, codes].map(|list| self.heap.contents(list).map(|list| list.head.clone()))
        else {
            return;
        };
        for (level, codes) in levels.iter().zip(codes) {
            self.codes(codes, self.length(*level));
        }
    }

    fn codes(&mut self, codes: Value, length: Option<u64>) {
        let Some(length) = length else { return };
        if let Some(array) = self.array_at(codes) {
            self.within(&array, -1, i64::try_from(length).unwrap_or(i64::MAX), CODES);
        }
    }

    /// The state of a categorical in a dict, as versions before 1.3 have it.
    pub(super) fn categorical(&mut self, dict: u32) {
        let of = ["_dtype", "_categories"].iter().find_map(|name| self.field(dict, name));
        if let (Some(of), Some(codes)) = (of, self.field(dict, "_codes")) {
            self.codes(codes, self.length(of));
        }
    }

    /// `(type, array, …)` in either order, of an array that is backed by one of NumPy's: how long it is.
    pub(super) fn backed(&mut self, note: u32, state: Value) -> Fact {
        let Value::Tuple(state) = state else { return Fact::Stated };
        let parts = self.heap.items(state).to_vec();
        let is_array = |of: &Self, value: &Value| match *value {
            Value::Object { note, .. } => {
                matches!(of.heap.facts.fact(note), Some(Fact::Array(_)))
            }
            _ => false,
        };
        let array = parts.iter().find(|part| is_array(self, part)).copied();
        if self.heap.facts.fact(note) == Some(Fact::Backed(true)) {
            let of = parts.iter().filter(|part| !is_array(self, part));
            let length = of.filter_map(|part| self.length(*part)).next();
            if let Some(codes) = array {
                self.codes(codes, length);
            }
        }
        Fact::Length(array.and_then(|array| self.length(array)))
    }

    /// `(blocks, axes)` of a frame.
    pub(super) fn blocks(&mut self, arguments: Value) {
        let Value::Tuple(arguments) = arguments else { return };
        let [Value::Tuple(blocks), Value::List(axes), ..] = *self.heap.items(arguments) else {
            return;
        };
        let columns = self.heap.contents(axes).and_then(|axes| axes.head.first().copied());
        let Some(columns) = columns.and_then(|columns| self.length(columns)) else { return };
        let columns = i64::try_from(columns).unwrap_or(i64::MAX);
        for block in self.heap.items(blocks).to_vec() {
            let Value::Object { note, .. } = block else { continue };
            if let Some(Fact::Block(of)) = self.heap.facts.fact(note) {
                self.placement(of, columns);
            }
        }
    }

    /// The blocks of a frame's state, as versions before 1.3 have it: `(axes, …, {version: {axes, blocks}})`.
    pub(super) fn stated_blocks(&mut self, state: Value) {
        let Value::Tuple(state) = state else { return };
        let Some(Value::Dict(versions)) = self.heap.items(state).get(3).copied() else { return };
        let Some(Value::Dict(dict)) = self.field(versions, "0.14.1") else { return };
        let [Some(Value::List(axes)), Some(Value::List(blocks))] =
            ["axes", "blocks"].map(|name| self.field(dict, name))
        else {
            return;
        };
        let head = |of: &Self, list| of.heap.contents(list).map(|list| list.head.clone());
        let [Some(axes), Some(blocks)] = [axes, blocks].map(|list| head(self, list)) else {
            return;
        };
        let Some(columns) = axes.first().and_then(|axis| self.length(*axis)) else { return };
        let columns = i64::try_from(columns).unwrap_or(i64::MAX);
        for block in blocks {
            let Value::Dict(block) = block else { continue };
            let Some(Value::Object { note, .. }) = self.field(block, "mgr_locs") else { continue };
            self.placement(note, columns);
        }
    }

    /// What the second argument of a block says of its columns.
    pub(super) fn block_of(&self, arguments: Value) -> Fact {
        match arguments {
            Value::Tuple(arguments) => match self.heap.items(arguments).get(1) {
                Some(Value::Object { note, .. }) => Fact::Block(*note),
                _ => Fact::Stated,
            },
            _ => Fact::Stated,
        }
    }

    /// The first and the last number of a slice.
    pub(super) fn slice_of(&self, arguments: Value) -> Fact {
        if let Some([start, stop, step]) = self.numbers(arguments)
            && let Ok(more @ 0..) =
                i64::try_from(counted(start, stop, step)).map(|n| n.wrapping_sub(1))
        {
            let last = start.saturating_add(more.saturating_mul(step));
            return Fact::Slice(start.min(last), start.max(last));
        }
        Fact::Stated
    }

    fn placement(&mut self, note: u32, columns: i64) {
        match self.heap.facts.fact(note) {
            Some(Fact::Array(array)) => self.within(&array, 0, columns, PLACES),
            Some(Fact::Slice(first, last)) if first < 0 || last >= columns => {
                self.misindexed(self.here, PLACES);
            }
            Some(Fact::Block(inner)) if inner != note => self.placement(inner, columns),
            _ => {}
        }
    }
}

/// How many numbers a range has.
fn counted(start: i64, stop: i64, step: i64) -> u64 {
    let forward = step > 0 && start < stop;
    let back = step < 0 && start > stop;
    match forward || back {
        true => start.abs_diff(stop).div_ceil(step.unsigned_abs().max(1)),
        false => 0,
    }
}
