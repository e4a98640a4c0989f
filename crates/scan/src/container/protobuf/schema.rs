//! What is known of a kind of message.

/// A kind of message.
#[derive(Debug)]
pub struct Schema {
    /// Its name, without package.
    pub name: &'static str,
    /// Its fields, ascending by number.
    pub fields: &'static [Field],
}

/// A field of a message.
#[derive(Debug)]
pub struct Field {
    /// Its number, from 1.
    pub number: u32,
    /// Its name.
    pub name: &'static str,
    /// Whether it may stand more than once.
    pub many: bool,
    /// What it holds.
    pub kind: Kind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A message.
    Message(&'static Schema),
    /// Text, in UTF-8.
    Text,
    /// Bytes that a loader may interpret.
    Bytes,
    /// Bytes that no loader interprets.
    Payload,
    /// An integer, truth value or enumeration of variable length.
    Number,
    /// Four bytes.
    Fixed32,
    /// Eight bytes.
    Fixed64,
}

/// A kind of message of this name and these fields.
#[must_use]
pub const fn message(name: &'static str, fields: &'static [Field]) -> Schema {
    Schema { name, fields }
}

/// A field that stands at most once.
#[must_use]
pub const fn one(number: u32, name: &'static str, kind: Kind) -> Field {
    Field { number, name, many: false, kind }
}

/// A field that may stand more than once.
#[must_use]
pub const fn many(number: u32, name: &'static str, kind: Kind) -> Field {
    Field { number, name, many: true, kind }
}

impl Schema {
    /// The field of this number and its place in the table.
    #[must_use]
    pub fn field(&self, number: u32) -> Option<(usize, &'static Field)> {
        let at = self.fields.binary_search_by(|field| field.number.cmp(&number)).ok()?;
        self.fields.get(at).map(|field| (at, field))
    }
}
