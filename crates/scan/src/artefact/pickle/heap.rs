//! Where containers live: bounded, and never freed within one stream.

use std::cell::Cell;

use super::value::{Level, Tuple, Value, is_special};
use crate::bytes::room;

/// Containers walked in one stream to see what they hold.
const MAX_WALKS: u32 = 1 << 21;
/// Items of tuples kept in all.
const MAX_TUPLE_ITEMS: usize = 1 << 19;
/// Items kept of one tuple.
const TUPLE_HEAD: usize = 64;
/// Lists, dicts and sets.
const MAX_CONTAINERS: usize = 1 << 18;
/// Items of containers kept in all.
const MAX_ITEMS: usize = 1 << 18;
/// Items kept of one container: enough for the state of a wrapper or a record type of twenty fields.
const HEAD: usize = 40;
/// Keys kept of what can be called in one dict: an object has a handful.
const MAX_CALLABLE: usize = 40;
/// Objects whose arguments and state are kept.
const MAX_NOTES: usize = 1 << 16;
/// Decoded strings, and bytes of one.
const MAX_TEXTS: usize = 4096;
const MAX_TEXT: usize = 1024;

/// A list, dict or set: its first items, and how deep and how wide it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Container {
    /// The first items; of a dict, keys and values in turn.
    pub(crate) head: Vec<Value>,
    /// Whether all items are in the head.
    pub(crate) whole: bool,
    /// Of a dict: a key is no literal, or a name by which methods are found.
    pub(crate) special: bool,
    /// Of a dict: keys under which something stands that can be called.
    pub(crate) callable: Vec<Value>,
    depth: u16,
    weight: u8,
    level: Level,
    /// It is in another container, at this level.
    within: Option<Level>,
}

/// What is kept of an object: the arguments it was made with, and its state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// Arguments, a tuple.
    pub(crate) arguments: Value,
    /// State, as given to BUILD.
    pub(crate) state: Value,
}

/// All containers of one stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heap {
    tuples: Vec<Value>,
    containers: Vec<Container>,
    items: usize,
    notes: Vec<Note>,
    texts: Vec<Box<str>>,
    deepest: u16,
    widest: u8,
    /// A container was given more than what another one holds it for.
    raised: bool,
    /// Containers that may still be walked, once that is so.
    walks: Walks,
}

/// An allowance.
#[derive(Clone, Debug)]
struct Walks(Cell<u32>);

impl Default for Walks {
    fn default() -> Self {
        Self(Cell::new(MAX_WALKS))
    }
}

impl Heap {
    /// A tuple of `items`.
    pub(crate) fn tuple(&mut self, items: &[Value]) -> Value {
        let (depth, weight) = self.measure(items);
        let level = self.capture(items);
        let room = MAX_TUPLE_ITEMS.saturating_sub(self.tuples.len());
        let kept = items.len().min(TUPLE_HEAD);
        let kept = if kept > room { 0 } else { kept };
        let start = u32::try_from(self.tuples.len()).unwrap_or(u32::MAX);
        self.tuples.extend_from_slice(items.get(..kept).unwrap_or_default());
        Value::Tuple(Tuple {
            start,
            kept: u16::try_from(kept).unwrap_or(0),
            depth,
            weight,
            whole: kept == items.len(),
            level,
        })
    }

    /// The kept items of a tuple.
    pub(crate) fn items(&self, tuple: Tuple) -> &[Value] {
        let start = usize::try_from(tuple.start).unwrap_or(usize::MAX);
        self.tuples.get(start..start.saturating_add(tuple.kept.into())).unwrap_or_default()
    }

    /// A new list, dict or set; none if there is no room for one more.
    pub(crate) fn container(&mut self, make: fn(u32) -> Value) -> Value {
        if self.containers.len() >= MAX_CONTAINERS {
            return make(u32::MAX);
        }
        let index = u32::try_from(self.containers.len()).unwrap_or(u32::MAX);
        room::push(&mut self.containers, Container { whole: true, ..Container::default() });
        make(index)
    }

    /// A list, dict or set, if it was kept.
    pub(crate) fn contents(&self, index: u32) -> Option<&Container> {
        self.containers.get(usize::try_from(index).ok()?)
    }

    /// Adds items to a list, dict or set.
    pub(crate) fn extend(&mut self, index: u32, items: &[Value]) {
        let (depth, weight) = self.measure(items);
        let level = self.capture(items);
        let room = MAX_ITEMS.saturating_sub(self.items);
        let Some(container) =
            usize::try_from(index).ok().and_then(|index| self.containers.get_mut(index))
        else {
            return;
        };
        let kept = HEAD.saturating_sub(container.head.len()).min(items.len()).min(room);
        container.head.extend_from_slice(items.get(..kept).unwrap_or_default());
        container.whole &= kept == items.len();
        container.level = container.level.max(level);
        self.raised |= container.within.is_some_and(|held| held < container.level);
        container.depth = container.depth.max(depth);
        container.weight = container.weight.max(weight);
        self.items = self.items.saturating_add(kept);
    }

    /// Notes that a key of a dict is one that no state has.
    pub(crate) fn mark_special(&mut self, index: u32) {
        let index = usize::try_from(index).ok();
        if let Some(container) = index.and_then(|index| self.containers.get_mut(index)) {
            container.special = true;
        }
    }

    /// Notes a key under which a dict holds what can be called; of too many, that it is no state.
    pub(crate) fn mark_callable(&mut self, index: u32, key: Value) {
        let index = usize::try_from(index).ok();
        let Some(dict) = index.and_then(|index| self.containers.get_mut(index)) else { return };
        if dict.callable.len() >= MAX_CALLABLE || self.items >= MAX_ITEMS {
            dict.special = true;
            return;
        }
        dict.callable.push(key);
        self.items = self.items.saturating_add(1);
    }

    /// Whether a key is one that no state has.
    pub(crate) fn is_special(&self, key: Value) -> bool {
        match key {
            Value::Str(span) => span.is_special(),
            Value::Text(index) => {
                self.decoded(index).is_none_or(|text| is_special(text.as_bytes()))
            }
            Value::Reported => false,
            key => !key.is_data(),
        }
    }

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
    fn capture(&mut self, items: &[Value]) -> Level {
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

    /// Keeps the arguments of an object; `u32::MAX` if there is no room.
    pub(crate) fn note(&mut self, arguments: Value) -> u32 {
        if self.notes.len() >= MAX_NOTES {
            return u32::MAX;
        }
        self.notes.push(Note { arguments, state: Value::None });
        u32::try_from(self.notes.len()).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// What is kept of an object.
    pub(crate) fn noted(&self, note: u32) -> Option<Note> {
        self.notes.get(usize::try_from(note).ok()?).copied()
    }

    /// Keeps the state of an object.
    pub(crate) fn set_state(&mut self, note: u32, state: Value) {
        if let Some(note) = usize::try_from(note).ok().and_then(|note| self.notes.get_mut(note)) {
            note.state = state;
        }
    }

    /// A decoded string.
    pub(crate) fn text(&mut self, text: &str) -> Value {
        if self.texts.len() >= MAX_TEXTS || text.len() > MAX_TEXT {
            return Value::Forgotten;
        }
        self.texts.push(text.into());
        Value::Text(u32::try_from(self.texts.len()).unwrap_or(u32::MAX).saturating_sub(1))
    }

    /// How many values a copy copies.
    pub(crate) fn size(&self) -> u64 {
        let values = self.tuples.len().saturating_add(self.items).saturating_add(self.notes.len());
        values.saturating_add(self.containers.len()) as u64
    }

    /// A decoded string, back.
    pub(crate) fn decoded(&self, index: u32) -> Option<&str> {
        self.texts.get(usize::try_from(index).ok()?).map(|text| &**text)
    }

    /// How deep containers nest, and the binary logarithm of what they stand for when written out.
    pub(crate) const fn extent(&self) -> (u16, u8) {
        (self.deepest, self.widest)
    }

    /// Depth and weight of a container of `items`.
    fn measure(&mut self, items: &[Value]) -> (u16, u8) {
        let (mut depth, mut weight, mut heaviest) = (0, 0, 0_u32);
        for item in items {
            let (deep, heavy) = match *item {
                Value::Tuple(tuple) => (tuple.depth, tuple.weight),
                Value::List(index) | Value::Dict(index) | Value::Set(index) => {
                    self.contents(index).map_or((0, 0), |inner| (inner.depth, inner.weight))
                }
                _ => continue,
            };
            depth = depth.max(deep);
            if heavy > weight {
                (weight, heaviest) = (heavy, 1);
            } else if heavy == weight {
                heaviest = heaviest.saturating_add(1);
            }
        }
        let depth: u16 = u16::saturating_add(depth, 1);
        // A lower bound: only the heaviest count, so without sharing it is at most the stream's own size.
        let doubled = u8::try_from(heaviest.checked_ilog2().unwrap_or(0)).unwrap_or(0);
        let weight = u8::saturating_add(weight, doubled);
        self.deepest = self.deepest.max(depth);
        self.widest = self.widest.max(weight);
        (depth, weight)
    }
}
