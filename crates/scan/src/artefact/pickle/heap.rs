//! Where containers live: bounded, and never freed within one stream.

use std::cell::Cell;

use super::{
    indices::{Facts, Held, joined},
    ledger::Ledger,
    value::{Level, Tuple, Value, is_special},
};
use crate::bytes::room;

/// Containers walked in one stream to see what they hold.
const MAX_WALKS: u32 = 1 << 21;
/// Items of tuples kept in all.
const MAX_TUPLE_ITEMS: usize = 1 << 19;
/// Items kept of one tuple.
const TUPLE_HEAD: usize = 128;
/// Lists, dicts and sets.
const MAX_CONTAINERS: usize = 1 << 18;
/// Items of containers kept in all.
const MAX_ITEMS: usize = 1 << 18;
/// Items kept of one container: enough for the state of a wrapper or a record type of sixty fields.
const HEAD: usize = 128;
/// Keys kept of what can be called in one dict: an object has a handful.
const MAX_CALLABLE: usize = 40;
/// Bytes that an allocation takes beside what is in it.
const ALLOCATION: u64 = 16;
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
    pub(super) depth: u16,
    pub(super) weight: u8,
    pub(super) level: Level,
    /// Arrays to be looked at that its items hold.
    pub(super) held: Held,
    /// It is in another container, at this level.
    pub(super) within: Option<Level>,
    /// An object was given it as its state, which may be the very attributes of the object since.
    given: bool,
}

/// What is kept of an object: the arguments it was made with, and its state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// Arguments, a tuple.
    pub(crate) arguments: Value,
    /// State, as given to BUILD.
    pub(crate) state: Value,
    /// Something else holds the object since.
    pub(crate) used: bool,
}

/// All containers of one stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heap {
    tuples: Vec<Value>,
    pub(super) containers: Vec<Container>,
    items: usize,
    notes: Vec<Note>,
    /// What is known of arrays and of what holds them.
    pub(super) facts: Facts,
    texts: Vec<Box<str>>,
    pub(super) deepest: u16,
    pub(super) widest: u8,
    /// A container was given more than what another one holds it for.
    pub(super) raised: bool,
    /// Containers that may still be walked, once that is so.
    pub(super) walks: Walks,
    ledger: Ledger,
    /// Bytes taken from it.
    held: u64,
}

/// An allowance.
#[derive(Clone, Debug)]
pub(super) struct Walks(pub(super) Cell<u32>);

impl Default for Walks {
    fn default() -> Self {
        Self(Cell::new(MAX_WALKS))
    }
}

impl Heap {
    /// Empty, taking its memory from `ledger`.
    pub(crate) fn under(ledger: Ledger) -> Self {
        Self { ledger, ..Self::default() }
    }

    /// Whether there is room for `count` more items of a type, which is then taken.
    fn take<T>(&mut self, count: usize, more: u64) -> bool {
        let bytes = (count as u64).saturating_mul(size_of::<T>() as u64).saturating_add(more);
        let taken = self.ledger.take(bytes);
        if taken {
            self.held = self.held.saturating_add(bytes);
        }
        taken
    }

    /// Bytes that a copy takes.
    pub(crate) const fn held(&self) -> u64 {
        self.held
    }

    /// A tuple of `items`.
    pub(crate) fn tuple(&mut self, items: &[Value]) -> Value {
        let (depth, weight) = self.measure(items);
        let level = self.capture(items);
        let room = MAX_TUPLE_ITEMS.saturating_sub(self.tuples.len());
        let kept = items.len().min(TUPLE_HEAD);
        let kept = if kept > room || !self.take::<Value>(kept, 0) { 0 } else { kept };
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
        if self.containers.len() >= MAX_CONTAINERS || !self.take::<Container>(1, 0) {
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
        let arrays = self.held_by(items);
        let room = MAX_ITEMS.saturating_sub(self.items);
        let held = self.contents(index).map_or(HEAD, |container| container.head.len());
        let kept = HEAD.saturating_sub(held).min(items.len()).min(room);
        let kept = if kept > 0 && !self.take::<Value>(kept, ALLOCATION) { 0 } else { kept };
        let Some(container) =
            usize::try_from(index).ok().and_then(|index| self.containers.get_mut(index))
        else {
            return;
        };
        container.held = joined(container.held, arrays);
        container.head.reserve_exact(kept);
        container.head.extend_from_slice(items.get(..kept).unwrap_or_default());
        container.whole &= kept == items.len();
        container.level = container.level.max(level);
        self.raised |= container.within.is_some_and(|held| held < container.level);
        container.depth = container.depth.max(depth);
        container.weight = container.weight.max(weight);
        self.items = self.items.saturating_add(kept);
    }

    /// Arrays to be looked at that values hold.
    pub(super) fn held_by(&self, items: &[Value]) -> Held {
        if self.facts.len() == 0 {
            return None;
        }
        items.iter().fold(None, |held, item| joined(held, self.arrays_in(*item)))
    }

    /// The same of one value.
    pub(super) fn arrays_in(&self, value: Value) -> Held {
        match value {
            Value::Object { note, .. } => self.facts.held(note),
            Value::List(index) | Value::Dict(index) | Value::Set(index) => {
                self.contents(index).and_then(|inner| inner.held)
            }
            // Tuples are short where trees are held.
            Value::Tuple(tuple) => {
                let items = self.items(tuple).iter();
                items.fold(None, |held, item| match *item {
                    Value::Tuple(_) => held,
                    item => joined(held, self.arrays_in(item)),
                })
            }
            _ => None,
        }
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
        let room = self.items < MAX_ITEMS && self.take::<Value>(1, ALLOCATION);
        let index = usize::try_from(index).ok();
        let Some(dict) = index.and_then(|index| self.containers.get_mut(index)) else { return };
        if !room || dict.callable.len() >= MAX_CALLABLE {
            dict.special = true;
            return;
        }
        dict.callable.push(key);
        self.items = self.items.saturating_add(1);
    }

    /// Notes that a dict was given to an object as its state.
    pub(crate) fn give(&mut self, index: u32) {
        let index = usize::try_from(index).ok();
        if let Some(container) = index.and_then(|index| self.containers.get_mut(index)) {
            container.given = true;
        }
    }

    /// Whether a dict was given to an object as its state.
    pub(crate) fn is_given(&self, index: u32) -> bool {
        self.contents(index).is_some_and(|container| container.given)
    }

    /// Whether a key is one that no state has.
    pub(crate) fn is_special(&self, key: Value) -> bool {
        match key {
            Value::Str(span) => span.is_special(),
            Value::Text(index) => {
                self.decoded(index).is_none_or(|text| is_special(text.as_bytes()))
            }
            // What it says is not known.
            Value::Line(_) => true,
            Value::Reported => false,
            key => !key.is_data(),
        }
    }

    /// Keeps the arguments of an object; `u32::MAX` if there is no room.
    pub(crate) fn note(&mut self, arguments: Value) -> u32 {
        if self.notes.len() >= MAX_NOTES || !self.take::<Note>(1, 0) {
            return u32::MAX;
        }
        self.notes.push(Note { arguments, state: Value::None, used: false });
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

    /// Notes that something else holds an object.
    pub(crate) fn mark_used(&mut self, note: u32) {
        if let Some(note) = usize::try_from(note).ok().and_then(|note| self.notes.get_mut(note)) {
            note.used = true;
        }
    }

    /// A decoded string, if there is room for it.
    pub(crate) fn text(&mut self, text: &str) -> Option<Value> {
        let length = text.len();
        let room = self.texts.len() < MAX_TEXTS && length <= MAX_TEXT;
        if !room || !self.take::<u8>(length, ALLOCATION.saturating_mul(2)) {
            return None;
        }
        self.texts.push(text.into());
        Some(Value::Text(u32::try_from(self.texts.len()).unwrap_or(u32::MAX).saturating_sub(1)))
    }

    /// How many values a copy copies.
    pub(crate) fn size(&self) -> u64 {
        let values = self
            .tuples
            .len()
            .saturating_add(self.items)
            .saturating_add(self.notes.len())
            .saturating_add(self.facts.len());
        values.saturating_add(self.containers.len()) as u64
    }

    /// A decoded string, back.
    pub(crate) fn decoded(&self, index: u32) -> Option<&str> {
        self.texts.get(usize::try_from(index).ok()?).map(|text| &**text)
    }

    /// How deep containers nest, and four times the binary logarithm of what they stand for when written out.
    pub(crate) const fn extent(&self) -> (u16, u8) {
        (self.deepest, self.widest)
    }
}
