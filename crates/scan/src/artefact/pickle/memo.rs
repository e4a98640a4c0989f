//! The memo: dense where picklers write it, sparse where they don't.

use std::collections::BTreeMap;

use super::{ledger::Ledger, value::Value};
use crate::bytes::room;

/// Values kept in the dense part. Later ones are only counted, and are `Forgotten` when asked for.
const MAX_DENSE: usize = 1_250_000;
/// Values kept in the sparse part.
const MAX_SPARSE: usize = 1 << 16;
/// Bytes that a value there takes, with what the tree adds.
const SPARSE: u64 = 48;

/// Values by index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    dense: Vec<Value>,
    sparse: BTreeMap<u64, Value>,
    /// How many indices are set: what MEMOIZE uses next.
    length: u64,
    /// Indices below this, from the end of the dense part, are set and forgotten.
    forgotten: u64,
    /// An import or an iterator was forgotten: what is asked for may be one.
    lost: bool,
    ledger: Ledger,
}

impl Memo {
    /// Empty, taking its memory from `ledger`.
    pub(crate) fn under(ledger: Ledger) -> Self {
        Self { ledger, ..Self::default() }
    }

    /// Sets an index; false if it can be neither kept nor counted.
    #[must_use]
    pub(crate) fn put(&mut self, index: u64, value: Value) -> bool {
        let next = self.dense.len() as u64;
        let slot = usize::try_from(index).ok();
        if let Some(slot) = slot.and_then(|slot| self.dense.get_mut(slot)) {
            *slot = value;
        } else if let Some(slot) = self.sparse.get_mut(&index) {
            *slot = value;
        } else if index == next && self.forgotten == 0 && self.has_room() {
            room::push(&mut self.dense, value);
            self.length = self.length.saturating_add(1);
        } else if index == next.max(self.forgotten) {
            self.forgotten = index.saturating_add(1);
            self.length = self.length.saturating_add(1);
            self.lose(value);
        } else if index < self.forgotten {
            // It is counted already.
            if !self.remember(index, value) {
                self.lose(value);
            }
        } else {
            self.length = self.length.saturating_add(1);
            return self.remember(index, value);
        }
        true
    }

    fn has_room(&self) -> bool {
        self.dense.len() < MAX_DENSE && self.ledger.take_for::<Value>(1)
    }

    fn remember(&mut self, index: u64, value: Value) -> bool {
        let kept = self.sparse.len() < MAX_SPARSE && self.ledger.take(SPARSE);
        if kept {
            self.sparse.insert(index, value);
        }
        kept
    }

    const fn lose(&mut self, value: Value) {
        self.lost |= matches!(value, Value::Global(_) | Value::Lazy | Value::Forgotten);
    }

    /// Whether what was forgotten may be more than data.
    pub(crate) const fn lost(&self) -> bool {
        self.lost
    }

    /// How many values a copy copies.
    pub(crate) fn size(&self) -> u64 {
        (self.dense.len() as u64).saturating_add(self.sparse.len() as u64)
    }

    /// Bytes that a copy takes.
    pub(crate) fn held(&self) -> u64 {
        let dense = (self.dense.len() as u64).saturating_mul(size_of::<Value>() as u64);
        dense.saturating_add((self.sparse.len() as u64).saturating_mul(SPARSE))
    }

    /// Sets the next index, which is the number of those set.
    #[must_use]
    pub(crate) fn append(&mut self, value: Value) -> bool {
        self.put(self.length, value)
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
    use super::{MAX_DENSE, MAX_SPARSE, Memo, Value};

    #[test]
    fn memoize_uses_the_number_of_entries_as_the_next_index() {
        let mut memo = Memo::default();
        assert!(memo.put(5, Value::Int(5)) && memo.append(Value::Int(1)));
        assert_eq!(memo.value(1), Some(Value::Int(1)));
        assert_eq!(memo.value(0), None);
        assert_eq!(memo.value(5), Some(Value::Int(5)));
        assert!(memo.put(1, Value::Int(7)));
        assert_eq!(memo.value(1), Some(Value::Int(7)));
    }

    #[test]
    fn an_index_that_can_not_be_kept_is_said() {
        let mut memo = Memo::default();
        for index in 0..MAX_SPARSE as u64 {
            assert!(memo.put(index + 3, Value::None));
        }
        assert!(!memo.put(70_000, Value::None));
        assert!(memo.put(3, Value::Int(1)));
    }

    #[test]
    fn what_is_forgotten_is_counted_once() {
        let mut memo = Memo::default();
        for _ in 0..MAX_DENSE {
            assert!(memo.append(Value::None));
        }
        assert!(memo.append(Value::Int(1)) && !memo.lost());
        assert!(memo.append(Value::Global(0)) && memo.lost());
        assert_eq!(memo.value(MAX_DENSE as u64), Some(Value::Forgotten));
        assert!(memo.put(MAX_DENSE as u64, Value::Int(4)));
        assert_eq!(memo.value(MAX_DENSE as u64), Some(Value::Int(4)));
        assert!(memo.append(Value::None));
        assert_eq!(memo.value(MAX_DENSE as u64 + 2), Some(Value::Forgotten));
        assert_eq!(memo.value(MAX_DENSE as u64 + 3), None);
    }
}
