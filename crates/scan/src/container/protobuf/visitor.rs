//! What a walk tells, and whom.

use super::schema::{Field, Schema};

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
