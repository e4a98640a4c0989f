//! What containers hold, how deep and how wide they are.

use super::{
    heap::Heap,
    value::{Level, Value},
};

/// Parts of a doubling that weights count.
const WEIGHTS: f64 = 4.0;

impl Heap {
    /// What a value can do to a callee.
    pub(crate) fn level(&self, value: Value) -> Level {
        let mut budget = self.walks.0.get().min(4096);
        let given = budget;
        let level = self.level_within(value, 64, &mut budget);
        let used = given.saturating_sub(budget);
        self.walks.0.set(self.walks.0.get().saturating_sub(used));
        level
    }

    fn level_within(&self, value: Value, depth: u8, budget: &mut u32) -> Level {
        let (items, level, whole): (&[Value], _, _) = match value {
            Value::Tuple(tuple) => (self.items(tuple), tuple.level, tuple.whole),
            Value::List(index) | Value::Dict(index) | Value::Set(index) => {
                match self.contents(index) {
                    Some(inner) => (&inner.head, inner.level, inner.whole),
                    None => return Level::Forgotten,
                }
            }
            Value::Object { bag: false, .. } | Value::Storage(_) => return Level::Object,
            Value::Object { .. } | Value::Global(_) | Value::Outside => return Level::Import,
            Value::Forgotten | Value::Lazy => return Level::Forgotten,
            _ => return Level::Literal,
        };
        if !self.raised {
            return level;
        }
        // Containers changed after they were put into others: what they hold now counts.
        let left = budget.checked_sub(1).zip(depth.checked_sub(1)).filter(|_| whole);
        let Some((left, depth)) = left else { return Level::Forgotten };
        *budget = left;
        items
            .iter()
            .fold(Level::Literal, |level, item| level.max(self.level_within(*item, depth, budget)))
    }

    /// The highest level of values that are put into a container.
    pub(super) fn capture(&mut self, items: &[Value]) -> Level {
        let mut highest = Level::Literal;
        for item in items {
            // Once levels are walked anyway, what is kept here counts for nothing.
            let level = if self.raised { Level::Forgotten } else { self.level(*item) };
            highest = highest.max(level);
            let (Value::List(index) | Value::Dict(index) | Value::Set(index)) = *item else {
                continue;
            };
            let index = usize::try_from(index).ok();
            if let Some(inner) = index.and_then(|index| self.containers.get_mut(index)) {
                inner.within = Some(inner.within.map_or(level, |held| held.min(level)));
            }
        }
        highest
    }

    /// Depth and weight of a container of `items`.
    pub(super) fn measure(&mut self, items: &[Value]) -> (u16, u8) {
        let (mut depth, mut values) = (0, 0.0_f64);
        for item in items {
            let (deep, heavy) = self.extent_of(*item);
            depth = depth.max(deep);
            values += written_out(heavy);
        }
        let depth: u16 = u16::saturating_add(depth, 1);
        let weight = weight(values);
        self.deepest = self.deepest.max(depth);
        self.widest = self.widest.max(weight);
        (depth, weight)
    }

    /// Depth and weight of a value.
    pub(super) fn extent_of(&self, value: Value) -> (u16, u8) {
        match value {
            Value::Tuple(tuple) => (tuple.depth, tuple.weight),
            Value::List(index) | Value::Dict(index) | Value::Set(index) => {
                self.contents(index).map_or((0, 0), |inner| (inner.depth, inner.weight))
            }
            _ => (0, 0),
        }
    }
}

/// How many values a weight stands for, at least.
pub(super) fn written_out(weight: u8) -> f64 {
    (f64::from(weight) / WEIGHTS).exp2()
}

/// The weight of so many values, rounded down: without sharing it stands for no more than the stream's own size.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is never negative, and more than the largest weight becomes that"
)]
fn weight(values: f64) -> u8 {
    (values.max(1.0).log2() * WEIGHTS) as u8
}
