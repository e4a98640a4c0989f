//! What is known of arrays, and of objects whose arrays hold indices.

use super::super::{ledger::Ledger, value::Value};
use crate::bytes::room;

/// Objects of which something is known, in one stream.
const MAX_FACTS: usize = 1 << 16;
/// Marks the note of an object that its fact stands here, and not among the notes of the heap.
const MARK: u32 = 1 << 31;

/// The first and the last of the tasks that what a value holds has made, and how many there are.
pub(in super::super) type Held = Option<(u32, u32, u32)>;

/// What the elements of an array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elements {
    /// Whole numbers.
    Whole(super::number::Number),
    /// Records, whose type has this note.
    Record(u32),
    /// References to objects.
    Objects,
    /// Something else.
    Other,
}

/// How the bytes of an array stand in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As they are.
    Raw,
    /// As the Latin-1 characters of a string.
    Latin,
    /// The same, on a line with `\u` escapes.
    Escaped,
    /// Quoted, as Python 2 writes strings.
    Quoted,
    /// Decoded, as a text of the heap.
    Kept,
}

/// Where the bytes of an array stand: an offset and a length, or the index of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) at: u64,
    pub(super) length: u64,
    pub(super) form: Form,
}

/// An array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Array {
    /// How many sides it has.
    pub(super) sides: u8,
    /// The first three of them.
    pub(super) shape: [u64; 3],
    /// All its elements.
    pub(super) count: u64,
    /// What they are, and the bytes of one.
    pub(super) elements: Elements,
    pub(super) size: u64,
    /// Where they are, if that is known.
    pub(super) content: Option<Content>,
}

/// What is known of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Nothing yet.
    Blank,
    /// It was given its state.
    Stated,
    /// An array.
    Array(Array),
    /// An array of the objects in this list.
    Objects(u32),
    /// A tree that asks for so many features.
    Tree(i64),
    /// An index or a type with so many values; nobody knows how many if there is no number.
    Length(Option<u64>),
    /// The first and the last number of a slice.
    Slice(i64, i64),
    /// An array of pandas' that is backed by one of NumPy's; whether it is a categorical.
    Backed(bool),
    /// Bytes.
    Bytes(Content),
    /// A block of a frame, for the columns that the object with this note says.
    Block(u32),
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Facts {
    all: Vec<(Fact, Held)>,
    /// There were more than are kept.
    pub(in super::super) lost: bool,
}

impl Facts {
    /// One more; `u32::MAX` if there is no room.
    pub(super) fn add(&mut self, fact: Fact, held: Held, ledger: &Ledger) -> u32 {
        let room = self.all.len() < MAX_FACTS && ledger.take_for::<(Fact, Held)>(1);
        let index = u32::try_from(self.all.len()).ok().filter(|_| room);
        let Some(index) = index else {
            self.lost = true;
            return u32::MAX;
        };
        room::push(&mut self.all, (fact, held));
        index | MARK
    }

    pub(super) fn fact(&self, note: u32) -> Option<Fact> {
        self.all.get(place(note)?).map(|(fact, _)| *fact)
    }

    pub(in super::super) fn held(&self, note: u32) -> Held {
        self.all.get(place(note)?).and_then(|(_, held)| *held)
    }

    pub(super) fn set(&mut self, note: u32, fact: Fact, held: Held) {
        if let Some(slot) = place(note).and_then(|place| self.all.get_mut(place)) {
            *slot = (fact, held);
        }
    }

    /// How many there are.
    pub(in super::super) fn len(&self) -> usize {
        self.all.len()
    }
}

fn place(note: u32) -> Option<usize> {
    (note != u32::MAX && note & MARK != 0).then(|| usize::try_from(note & !MARK).ok()).flatten()
}

/// Both together.
pub(in super::super) fn joined(one: Held, other: Held) -> Held {
    match (one, other) {
        (Some((a, b, m)), Some((c, d, n))) => Some((a.min(c), b.max(d), m.saturating_add(n))),
        (one, other) => one.or(other),
    }
}

/// Where the bytes that a value stands for are.
pub(super) fn content_of(value: Value) -> Option<Content> {
    let spanned = |span: super::super::value::Span, form| {
        // So long a run is not known to its end.
        (span.length() < u32::MAX).then(|| Content {
            at: span.offset(),
            length: span.length().into(),
            form,
        })
    };
    match value {
        Value::Bytes(span) => spanned(span, Form::Raw),
        Value::Str(span) if span.is_narrow() => spanned(span, Form::Raw),
        Value::Encoded(span) => spanned(span, Form::Latin),
        Value::Line(span) if span.is_narrow() => spanned(span, Form::Quoted),
        Value::Escaped(span) => spanned(span, Form::Escaped),
        Value::Text(index) | Value::Octets(index) => {
            Some(Content { at: index.into(), length: 0, form: Form::Kept })
        }
        _ => None,
    }
}
