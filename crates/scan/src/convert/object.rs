//! Values of a stream, as far as tensors depend on them.

use super::array::Array;

/// Values kept of one file.
const MAX_OBJECTS: usize = 1 << 19;
/// Items kept of all containers.
const MAX_ITEMS: usize = 1 << 20;

/// Bytes kept of all texts and names.
const MAX_TEXT: usize = 16 << 20;

/// A value's place among all.
pub(super) type Id = u32;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Object {
    None,
    Bool(bool),
    Int(i64),
    /// Any other number.
    Number,
    Text(Box<str>),
    /// Bytes of the stream: where they begin, and how many.
    Bytes(u64, u64),
    /// Bytes that stand in the stream as the UTF-8 of their Latin-1 text.
    Latin(u64, u64),
    List(Vec<Id>),
    Tuple(Vec<Id>),
    Set,
    Dict(Vec<(Id, Id)>),
    /// `module.name`.
    Import(Box<str>),
    /// A storage of PyTorch, by its index.
    Storage(usize),
    Array(Box<Array>),
    /// What calling an import gave: its name, the arguments and the state.
    Made(Box<str>, Id, Option<Id>),
}

/// All values of a file.
#[derive(Debug, Default)]
pub(super) struct Objects {
    all: Vec<Object>,
    items: usize,
    text: usize,
}

impl Objects {
    pub(super) fn add(&mut self, object: Object) -> Result<Id, &'static str> {
        if self.all.len() >= MAX_OBJECTS {
            return Err("it holds more values than are followed");
        }
        self.count(match &object {
            Object::List(items) | Object::Tuple(items) => items.len(),
            Object::Dict(pairs) => pairs.len(),
            _ => 0,
        })?;
        if let Object::Text(text) | Object::Import(text) | Object::Made(text, ..) = &object {
            self.text = self.text.saturating_add(text.len());
        }
        if self.text > MAX_TEXT {
            return Err("it holds more text than is followed");
        }
        self.all.push(object);
        Ok(u32::try_from(self.all.len()).unwrap_or(u32::MAX).saturating_sub(1))
    }

    pub(super) fn of(&self, id: Id) -> &Object {
        usize::try_from(id).ok().and_then(|id| self.all.get(id)).unwrap_or(&Object::None)
    }

    pub(super) fn set(&mut self, id: Id, object: Object) {
        if let Some(slot) = usize::try_from(id).ok().and_then(|id| self.all.get_mut(id)) {
            *slot = object;
        }
    }

    /// Adds items to a list; nothing to what is none.
    pub(super) fn append(&mut self, id: Id, items: &[Id]) -> Result<(), &'static str> {
        self.count(items.len())?;
        if let Some(Object::List(list)) = self.slot(id) {
            list.extend_from_slice(items);
        }
        Ok(())
    }

    /// Adds keys and values, in turn, to a dict; nothing to what is none.
    pub(super) fn insert(&mut self, id: Id, items: &[Id]) -> Result<(), &'static str> {
        self.count(items.len())?;
        if let Some(Object::Dict(pairs)) = self.slot(id) {
            pairs.extend(items.chunks_exact(2).filter_map(|pair| match *pair {
                [key, value] => Some((key, value)),
                _ => None,
            }));
        }
        Ok(())
    }

    fn slot(&mut self, id: Id) -> Option<&mut Object> {
        self.all.get_mut(usize::try_from(id).ok()?)
    }

    fn count(&mut self, items: usize) -> Result<(), &'static str> {
        self.items = self.items.saturating_add(items);
        if self.items > MAX_ITEMS { Err("it holds more values than are followed") } else { Ok(()) }
    }

    // What values are.

    pub(super) fn items(&self, id: Id) -> &[Id] {
        match self.of(id) {
            Object::Tuple(items) | Object::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.of(id) {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn import(&self, id: Id) -> Option<&str> {
        match self.of(id) {
            Object::Import(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn integer(&self, id: Id) -> Option<u64> {
        match self.of(id) {
            Object::Int(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The whole numbers of a tuple.
    pub(super) fn integers(&self, id: Id) -> Option<Vec<u64>> {
        match self.of(id) {
            Object::Tuple(items) => items.iter().map(|item| self.integer(*item)).collect(),
            _ => None,
        }
    }

    /// The value of a key in a dict: the last one counts.
    pub(super) fn field(&self, dict: Id, name: &str) -> Option<Id> {
        let Object::Dict(pairs) = self.of(dict) else { return None };
        let found = pairs.iter().rev().find(|(key, _)| self.text(*key) == Some(name));
        found.map(|(_, value)| *value)
    }
}
