//! Where containers live: bounded, and never freed within one stream.

use super::value::{Tuple, Value};

/// Items of tuples kept in all.
const MAX_TUPLE_ITEMS: usize = 1 << 19;
/// Items kept of one tuple.
const TUPLE_HEAD: usize = 64;
/// Lists, dicts and sets.
const MAX_CONTAINERS: usize = 1 << 18;
/// Items of containers kept in all.
const MAX_ITEMS: usize = 1 << 18;
/// Items kept of one container: enough for the state of a wrapper or a record type of twelve fields.
const HEAD: usize = 24;
/// Objects whose arguments and state are kept.
const MAX_NOTES: usize = 1 << 16;
/// Decoded strings, and bytes of one.
const MAX_TEXTS: usize = 4096;
const MAX_TEXT: usize = 512;

/// A list, dict or set: its first items, and how deep and how wide it is.
#[derive(Debug, Default)]
pub(crate) struct Container {
    /// The first items; of a dict, keys and values in turn.
    pub(crate) head: Vec<Value>,
    /// Whether all items are in the head.
    pub(crate) whole: bool,
    depth: u16,
    weight: u8,
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
#[derive(Debug, Default)]
pub(crate) struct Heap {
    tuples: Vec<Value>,
    containers: Vec<Container>,
    items: usize,
    notes: Vec<Note>,
    texts: Vec<Box<str>>,
    deepest: u16,
    widest: u8,
}

impl Heap {
    /// A tuple of `items`.
    pub(crate) fn tuple(&mut self, items: &[Value]) -> Value {
        let (depth, weight) = self.measure(items);
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
        self.containers.push(Container { whole: true, ..Container::default() });
        make(index)
    }

    /// A list, dict or set, if it was kept.
    pub(crate) fn contents(&self, index: u32) -> Option<&Container> {
        self.containers.get(usize::try_from(index).ok()?)
    }

    /// Adds items to a list, dict or set.
    pub(crate) fn extend(&mut self, index: u32, items: &[Value]) {
        let (depth, weight) = self.measure(items);
        let room = MAX_ITEMS.saturating_sub(self.items);
        let Some(container) =
            usize::try_from(index).ok().and_then(|index| self.containers.get_mut(index))
        else {
            return;
        };
        let kept = HEAD.saturating_sub(container.head.len()).min(items.len()).min(room);
        container.head.extend_from_slice(items.get(..kept).unwrap_or_default());
        container.whole &= kept == items.len();
        container.depth = container.depth.max(depth);
        container.weight = container.weight.max(weight);
        self.items = self.items.saturating_add(kept);
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
