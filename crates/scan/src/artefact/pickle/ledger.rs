//! Memory for what the machine keeps: one budget over memo, heap and stack of every stream that is being read at a
//! time, and of the copies that probes make.

use std::{cell::Cell, rc::Rc};

/// Bytes in all. What a scan holds beside them is about as much.
const BUDGET: u64 = 30 << 20;

/// What is left of the budget. Copies share it.
#[derive(Clone, Debug)]
pub(crate) struct Ledger(Rc<Cell<u64>>);

impl Default for Ledger {
    fn default() -> Self {
        Self(Rc::new(Cell::new(BUDGET)))
    }
}

impl Ledger {
    /// Takes so many bytes; false, without taking any, if there are fewer.
    #[must_use]
    pub(crate) fn take(&self, bytes: u64) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(self.0.get()));
        left.is_some()
    }

    /// Takes room for `count` items of a type.
    #[must_use]
    pub(crate) fn take_for<T>(&self, count: usize) -> bool {
        self.take((count as u64).saturating_mul(size_of::<T>() as u64))
    }

    /// Bytes left.
    pub(crate) fn left(&self) -> u64 {
        self.0.get()
    }

    /// Gives back all that was taken since `left` were left.
    pub(crate) fn give_back_to(&self, left: u64) {
        self.0.set(left);
    }
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Ledger};

    #[test]
    fn copies_share_what_is_left() {
        let ledger = Ledger::default();
        let copy = ledger.clone();
        assert!(ledger.take_for::<u64>(4));
        assert_eq!(copy.left(), BUDGET - 32);
        assert!(!copy.take(BUDGET));
        copy.give_back_to(BUDGET);
        assert!(ledger.take(BUDGET) && !ledger.take(1));
    }
}
