//! The memo: dense where picklers write it, sparse where they don't.

use std::collections::BTreeMap;

use super::value::Value;
use crate::bytes::room;

/// Values kept in the dense part. Later ones are only counted, and are `Forgotten` when asked for.
const MAX_DENSE: usize = 1_250_000;
/// Values kept in the sparse part.
const MAX_SPARSE: usize = 1 << 16;
/// Indices above this make the C unpickler reserve memory in proportion.
const ABSURD: u64 = 1 << 28;

/// Values by index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    dense: Vec<Value>,
    sparse: BTreeMap<u64, Value>,
    /// How many indices are set: what MEMOIZE uses next.
    length: u64,
    /// Indices below this, from the end of the dense part, are set and forgotten.
    forgotten: u64,
}

impl Memo {
    /// Sets an index; false if no pickler writes such an index.
    pub(crate) fn put(&mut self, index: u64, value: Value) -> bool {
        let next = self.dense.len() as u64;
        let slot = usize::try_from(index).ok();
        if let Some(slot) = slot.and_then(|slot| self.dense.get_mut(slot)) {
            *slot = value;
        } else if let Some(slot) = self.sparse.get_mut(&index) {
            *slot = value;
        } else if index == next && self.dense.len() < MAX_DENSE {
            room::push(&mut self.dense, value);
            self.length = self.length.saturating_add(1);
        } else if index == next.max(self.forgotten) {
            self.forgotten = index.saturating_add(1);
            self.length = self.length.saturating_add(1);
        } else if index < self.forgotten {
            self.remember(index, value);
        } else {
            self.length = self.length.saturating_add(1);
            self.remember(index, value);
        }
        index < ABSURD
    }

    fn remember(&mut self, index: u64, value: Value) {
        if self.sparse.len() < MAX_SPARSE {
            self.sparse.insert(index, value);
        } else {
            self.forgotten = self.forgotten.max(index.saturating_add(1));
        }
    }

    /// How many values a copy copies.
    pub(crate) fn size(&self) -> u64 {
        (self.dense.len() as u64).saturating_add(self.sparse.len() as u64)
    }

    /// Sets the next index, which is the number of those set.
    pub(crate) fn append(&mut self, value: Value) {
        self.put(self.length, value);
    }

    /// The value at an index; none if it was never set.
    pub(crate) fn value(&self, index: u64) -> Option<Value> {
        if let Some(value) = usize::try_from(index).ok().and_then(|index| self.dense.get(index)) {
            return Some(*value);
        }
        match self.sparse.get(&index) {
            Some(value) => Some(*value),
            None => (index < self.forgotten).then_some(Value::Forgotten),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Memo, Value};

    #[test]
    fn memoize_uses_the_number_of_entries_as_the_next_index() {
        let mut memo = Memo::default();
        memo.put(5, Value::Int(5));
        memo.append(Value::Int(1));
        assert_eq!(memo.value(1), Some(Value::Int(1)));
        assert_eq!(memo.value(0), None);
        assert_eq!(memo.value(5), Some(Value::Int(5)));
        memo.put(1, Value::Int(7));
        assert_eq!(memo.value(1), Some(Value::Int(7)));
    }
}
