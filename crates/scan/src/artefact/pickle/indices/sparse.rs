//! Sparse arrays of SciPy: rows and columns that are there.
//!
//! Source: `scipy/sparse/sparsetools`, whose loops look at nothing before they read and write.

use super::super::{machine::Machine, value::Value};
use super::{
    facts::{Array, Elements},
    pass::Check,
};

const POINTERS: &str = "the row pointers of a sparse array go beyond what it holds";
const INDICES: &str = "an index of a sparse array goes beyond its sides";

impl Machine<'_, '_, '_> {
    /// The state of a sparse array of the kind that its class is called by.
    pub(super) fn sparse(&mut self, name: &str, dict: u32) {
        let whole = self.heap.contents(dict).is_some_and(|dict| dict.whole);
        if !whole {
            self.session.unchecked = true;
            return;
        }
        match name.get(..4).unwrap_or_default() {
            "csr_" | "csc_" | "bsr_" => self.compressed(name.get(..3).unwrap_or_default(), dict),
            "coo_" => self.coordinates(dict),
            "dia_" => self.diagonals(dict),
            _ => {}
        }
    }

    /// Rows and columns; a sparse array with one side is one row.
    fn sides_of(&mut self, dict: u32) -> Option<(i64, i64)> {
        let shape = self.field(dict, "_shape").or_else(|| self.field(dict, "shape"))?;
        if let Some([rows, columns]) = self.numbers(shape) {
            return Some((rows, columns));
        }
        if let Some([columns]) = self.numbers(shape) {
            return Some((1, columns));
        }
        self.session.unchecked = true;
        None
    }

    fn compressed(&mut self, kind: &str, dict: u32) {
        let Some((rows, columns)) = self.sides_of(dict) else { return };
        let parts = ["indptr", "indices", "data"].map(|name| self.array_in(dict, name));
        let [Some(pointers), Some(indices), Some(data)] = parts else { return };
        let [held, high, wide] = data.shape;
        let (major, minor) = match kind {
            "csc" => (columns, rows),
            "bsr" => {
                let (high, wide) = (i64::try_from(high), i64::try_from(wide));
                let (Ok(high @ 1..), Ok(wide @ 1..)) = (high, wide) else { return };
                (rows.checked_div(high).unwrap_or(0), columns.checked_div(wide).unwrap_or(0))
            }
            _ => (rows, columns),
        };
        let said = u64::try_from(major).ok().and_then(|major| major.checked_add(1));
        if said != Some(pointers.count) {
            self.misindexed(self.here, POINTERS);
            return;
        }
        let most = i64::try_from(indices.count.min(held)).unwrap_or(i64::MAX);
        if let Elements::Whole(number) = pointers.elements {
            let source = self.source(&pointers);
            self.task(source, Check::Steps { number, most, fault: POINTERS });
        }
        self.within(&indices, 0, minor, INDICES);
    }

    /// All numbers of an array are from `low` on and below `high`.
    pub(super) fn within(&mut self, array: &Array, low: i64, high: i64, fault: &'static str) {
        if let Elements::Whole(number) = array.elements
            && array.count > 0
        {
            let source = self.source(array);
            self.task(source, Check::Range { number, low, high, fault });
        }
    }

    fn coordinates(&mut self, dict: u32) {
        let Some(shape) = self.field(dict, "_shape").or_else(|| self.field(dict, "shape")) else {
            return;
        };
        let Value::Tuple(shape) = shape else { return };
        let sides = self.heap.items(shape).to_vec();
        let places: Vec<Value> = match self.field(dict, "coords") {
            Some(Value::Tuple(places)) => self.heap.items(places).to_vec(),
            _ => ["row", "col"].iter().filter_map(|name| self.field(dict, name)).collect(),
        };
        for (side, place) in sides.iter().zip(places) {
            match (*side, self.array_at(place)) {
                (Value::Int(side), Some(array)) => self.within(&array, 0, side, INDICES),
                (_, None) => {}
                _ => self.session.unchecked = true,
            }
        }
    }

    fn diagonals(&mut self, dict: u32) {
        let parts = ["offsets", "data"].map(|name| self.array_in(dict, name));
        let [Some(offsets), Some(data)] = parts else { return };
        if offsets.count > data.shape[0] {
            self.misindexed(self.here, INDICES);
        }
    }
}
