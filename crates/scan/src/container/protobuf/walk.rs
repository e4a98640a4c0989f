//! The walk.

mod begin;
mod wire;

pub use self::begin::{Found, begins_as};
use super::{
    schema::{Field, Kind, Schema},
    visitor::{Trouble, Value, Visitor},
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
}
