//! The walk.

use super::{
    schema::{Field, Kind, Schema},
    window::Window,
};
use crate::bytes::ReadAt;

/// Messages within messages: what the reference implementation reads by default.
const MAX_DEPTH: usize = 100;
/// Fields of one file.
const MAX_FIELDS: u64 = 20_000_000;
/// Bytes of one text.
const MAX_TEXT: u64 = 8 << 20;
/// Bytes of a run of numbers that is decoded: shapes, not contents.
const MAX_RUN: u64 = 4096;
/// Words of the set of fields that a message has: tables have fewer than 64 times as many.
const WORDS: usize = 8;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Value<'v> {
    /// An integer.
    Number(u64),
    /// A text.
    Text(&'v str),
    /// Bytes: their offset and length.
    Bytes(u64, u64),
    /// So many values of fixed size.
    Fixed(u64),
    /// So many bytes of numbers of variable length.
    Packed(u64),
}

/// What is wrong with a file, or was not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It breaks a rule: nothing behind is read.
    Broken(String),
    /// A field that the table does not have: the message and the number.
    Unknown(&'static str, u32),
    /// A field stands twice that may stand once: the message and the field.
    Repeated(&'static str, &'static str),
    /// A limit of ours.
    Limit(&'static str),
    /// A read failed: nothing behind is read.
    Unreadable,
}

/// Who is told what a walk finds.
pub trait Visitor {
    /// A message begins: its kind, and the field that it stands in (empty for the file).
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64);

    /// A field of `message`, at `at`.
    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Value<'_>, at: u64);

    /// A message is over.
    fn leave(&mut self, message: &'static Schema);

    /// Something is wrong.
    fn trouble(&mut self, trouble: Trouble, at: u64);
}

/// A message that is open.
struct Frame {
    schema: &'static Schema,
    end: u64,
    seen: [u64; WORDS],
}

/// Walks `bytes`, a message of the kind `root`.
pub fn walk(bytes: &dyn ReadAt, root: &'static Schema, visitor: &mut dyn Visitor) {
    let mut walk = Walk { window: Window::new(bytes), frames: Vec::new(), fields: 0 };
    if let Err(trouble) = walk.run(root, bytes.size(), visitor) {
        visitor.trouble(trouble, walk.window.at);
    }
}

/// A field at the beginning of a file: its name, and the offset and length of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The field's name.
    pub name: &'static str,
    /// Where its content begins.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

/// The first fields of `bytes`, at most `limit`, if these are those of a message of the kind `root`: all are known and have the
/// right wire type, and their messages begin with a known field too. Nothing else is read. Empty if they are not.
#[must_use]
pub fn begins_as(bytes: &dyn ReadAt, root: &'static Schema, limit: u32) -> Vec<Found> {
    let mut walk = Walk { window: Window::new(bytes), frames: Vec::new(), fields: 0 };
    let mut found = Vec::new();
    for _ in 0..limit {
        if walk.window.at >= bytes.size() {
            break;
        }
        let Ok(Some(field)) = walk.first(root, bytes.size(), true) else { return Vec::new() };
        found.push(field);
    }
    found
}

/// Whether a field may have this wire type.
const fn fits(field: &Field, wire: u8) -> bool {
    match field.kind {
        Kind::Message(_) | Kind::Text | Kind::Bytes | Kind::Payload => wire == 2,
        Kind::Number => wire == 0 || wire == 2 && field.many,
        Kind::Fixed32 => wire == 5 || wire == 2 && field.many,
        Kind::Fixed64 => wire == 1 || wire == 2 && field.many,
    }
}

struct Walk<'a> {
    window: Window<'a>,
    frames: Vec<Frame>,
    fields: u64,
}

fn broken<T>(what: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Broken(what.into()))
}

impl Walk<'_> {
    fn run(
        &mut self,
        root: &'static Schema,
        end: u64,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Trouble> {
        visitor.enter(root, "", 0);
        self.frames.push(Frame { schema: root, end, seen: [0; WORDS] });
        while let Some(frame) = self.frames.last() {
            let (schema, end) = (frame.schema, frame.end);
            if self.window.at >= end {
                self.frames.pop();
                visitor.leave(schema);
                continue;
            }
            self.fields = self.fields.saturating_add(1);
            if self.fields > MAX_FIELDS {
                return Err(Trouble::Limit("it has more fields than are read"));
            }
            self.field(schema, end, visitor)?;
        }
        Ok(())
    }

    /// The field at the place, if it is one of `schema`, and (if `deep`) the first in it is one of its own.
    fn first(
        &mut self,
        schema: &'static Schema,
        end: u64,
        deep: bool,
    ) -> Result<Option<Found>, Trouble> {
        let (number, wire) = self.tag(end)?;
        let Some((_, field)) = schema.field(number).filter(|(_, field)| fits(field, wire)) else {
            return Ok(None);
        };
        let after = self.end_of(wire, end)?;
        let start = self.window.at;
        if let Kind::Message(inner) = field.kind
            && deep
            && start < after
            && self.first(inner, after, false)?.is_none()
        {
            return Ok(None);
        }
        self.window.at = after;
        Ok(Some(Found { name: field.name, start, length: after.saturating_sub(start) }))
    }

    fn field(
        &mut self,
        schema: &'static Schema,
        end: u64,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Trouble> {
        let at = self.window.at;
        let (number, wire) = self.tag(end)?;
        let Some((place, field)) = schema.field(number) else {
            let after = self.end_of(wire, end)?;
            self.window.at = after;
            visitor.trouble(Trouble::Unknown(schema.name, number), at);
            return Ok(());
        };
        if self.again(place) && !field.many {
            visitor.trouble(Trouble::Repeated(schema.name, field.name), at);
        }
        match (field.kind, wire) {
            (Kind::Message(inner), 2) => return self.open(inner, field, end, visitor),
            (Kind::Text, 2) => return self.text(schema, field, end, visitor),
            (Kind::Bytes | Kind::Payload, 2) => {
                let after = self.end_of(2, end)?;
                let start = self.window.at;
                visitor.value(schema, field, Value::Bytes(start, after.saturating_sub(start)), at);
                self.window.at = after;
            }
            (Kind::Number, 0) => {
                let number = self.varint(end)?;
                visitor.value(schema, field, Value::Number(number), at);
            }
            (Kind::Number, 2) if field.many => self.run_of_numbers(schema, field, end, visitor)?,
            (Kind::Fixed32, 5) | (Kind::Fixed64, 1) => {
                self.window.at = self.end_of(wire, end)?;
                visitor.value(schema, field, Value::Fixed(1), at);
            }
            (Kind::Fixed32 | Kind::Fixed64, 2) if field.many => {
                let each = if matches!(field.kind, Kind::Fixed32) { 4_u64 } else { 8 };
                let after = self.end_of(2, end)?;
                let length = after.saturating_sub(self.window.at);
                if !length.is_multiple_of(each) {
                    return broken("a run of numbers ends within one");
                }
                self.window.at = after;
                visitor.value(
                    schema,
                    field,
                    Value::Fixed(length.checked_div(each).unwrap_or(0)),
                    at,
                );
            }
            _ => return broken(format!("{}.{} has a wrong wire type", schema.name, field.name)),
        }
        Ok(())
    }

    /// Notes that the open message has the field at this place of its table; whether it had it before.
    fn again(&mut self, place: usize) -> bool {
        let bit = 1_u64 << (place & 63);
        let frame = self.frames.last_mut();
        let Some(word) = frame.and_then(|frame| frame.seen.get_mut(place >> 6)) else {
            return false;
        };
        let again = *word & bit != 0;
        *word |= bit;
        again
    }

    fn open(
        &mut self,
        schema: &'static Schema,
        field: &'static Field,
        end: u64,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Trouble> {
        let end = self.end_of(2, end)?;
        if self.frames.len() >= MAX_DEPTH {
            return broken(format!("messages are nested more than {MAX_DEPTH} deep"));
        }
        visitor.enter(schema, field.name, self.window.at);
        self.frames.push(Frame { schema, end, seen: [0; WORDS] });
        Ok(())
    }

    fn text(
        &mut self,
        schema: &'static Schema,
        field: &'static Field,
        end: u64,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Trouble> {
        let after = self.end_of(2, end)?;
        let start = self.window.at;
        let length = after.saturating_sub(start);
        if length > MAX_TEXT {
            visitor.trouble(Trouble::Limit("a text is longer than is read"), start);
            self.window.at = after;
            return Ok(());
        }
        let text = match self.window.slice(usize::try_from(length).unwrap_or(0)) {
            Ok(Some(text)) => text,
            Ok(None) => return broken("a text reaches past the end of the file"),
            Err(_) => return Err(Trouble::Unreadable),
        };
        let Ok(text) = std::str::from_utf8(text) else {
            return broken(format!("{}.{} is no UTF-8", schema.name, field.name));
        };
        visitor.value(schema, field, Value::Text(text), start);
        Ok(())
    }

    fn run_of_numbers(
        &mut self,
        schema: &'static Schema,
        field: &'static Field,
        end: u64,
        visitor: &mut dyn Visitor,
    ) -> Result<(), Trouble> {
        let after = self.end_of(2, end)?;
        let start = self.window.at;
        let length = after.saturating_sub(start);
        if length > MAX_RUN {
            visitor.value(schema, field, Value::Packed(length), start);
            self.window.at = after;
            return Ok(());
        }
        while self.window.at < after {
            let number = self.varint(after)?;
            visitor.value(schema, field, Value::Number(number), start);
        }
        Ok(())
    }

    /// A field's number and wire type.
    fn tag(&mut self, end: u64) -> Result<(u32, u8), Trouble> {
        let tag = self.varint(end)?;
        let wire = u8::try_from(tag & 7).unwrap_or(7);
        match u32::try_from(tag >> 3) {
            Ok(number) if (1..1 << 29).contains(&number) => Ok((number, wire)),
            _ => broken("a field has a number that none can have"),
        }
    }

    /// Where the value at the place ends, by its wire type; moves behind a length, or a number.
    fn end_of(&mut self, wire: u8, end: u64) -> Result<u64, Trouble> {
        let length = match wire {
            0 => {
                self.varint(end)?;
                0
            }
            1 => 8,
            2 => self.varint(end)?,
            5 => 4,
            3 | 4 => return broken("it has a group, which no model has"),
            _ => return broken("a field has a wire type that there is not"),
        };
        match self.window.at.checked_add(length).filter(|after| *after <= end) {
            Some(after) => Ok(after),
            None => broken("a field reaches past the end of what it is in"),
        }
    }

    /// A number, which must end before `end`.
    #[inline]
    fn varint(&mut self, end: u64) -> Result<u64, Trouble> {
        let mut value = 0_u64;
        let mut shift = 0_u32;
        while self.window.at < end {
            let byte = match self.window.byte() {
                Ok(Some(byte)) => byte,
                Ok(None) => return broken("the file ends within a number"),
                Err(_) => return Err(Trouble::Unreadable),
            };
            if shift == 63 && byte > 1 {
                return broken("a number is longer than 64 bits");
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && shift > 0 {
                    return broken("a number is longer than it needs to be");
                }
                return Ok(value);
            }
            shift = shift.saturating_add(7);
        }
        broken("a number reaches past the end of what it is in")
    }
}
