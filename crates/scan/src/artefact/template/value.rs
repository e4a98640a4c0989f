//! What is known of a value before rendering, and where it comes from.

use super::text::HOLE;

/// It comes from what somebody wrote in a message.
pub(super) const CONTENT: u16 = 1;
/// It comes from the clock.
pub(super) const DATE: u16 = 2;
/// It is a number of messages, of rounds, or of letters that somebody wrote.
pub(super) const COUNT: u16 = 4;
/// It is the name of a tool, or a key.
pub(super) const NAME: u16 = 8;
/// What it is depends on what was said, when, or how often: more than on whether there is something.
pub(super) const TRIGGER: u16 = 16;
/// It is the list of messages.
pub(super) const MESSAGES: u16 = 32;
/// It was made of constants in a way that is not followed.
pub(super) const MADE: u16 = 64;
/// It is a list of macros.
pub(super) const MACROS: u16 = 128;
/// It is what somebody wrote, and no longer as it was written.
pub(super) const CHANGED: u16 = 256;
/// It is the pieces of what somebody wrote.
pub(super) const PIECES: u16 = 512;
/// It is a count to which a constant was added.
pub(super) const STEPPED: u16 = 1024;
/// It is a message.
pub(super) const MESSAGE: u16 = 2048;
/// It is what the application says of tools and documents.
pub(super) const TOOLS: u16 = 4096;
/// It is a letter, a word or a line of what somebody wrote.
pub(super) const LETTERS: u16 = 8192;
/// It is the text of a message, or its parts.
pub(super) const SAID: u16 = 16384;

/// It is what the system's message holds, which the operator of the model writes.
pub(super) const OPERATOR: u16 = 32768;

/// A value and its sources.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) data: Data,
    pub(super) taint: u16,
}

/// What is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    /// With [`HOLE`] for what is not known.
    Text(String),
    Int(i64),
    Float,
    Bool(bool),
    None,
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
    /// That many numbers.
    Range(u64),
    /// The macro that begins at this byte.
    Macro(usize),
    /// A function that loaders or Jinja2 give.
    Function(String),
    /// A namespace that was made where this says.
    Space(String),
    /// A message of a conversation that is supposed: its role, and whether its words are looked for.
    Message(&'static str, bool),
    Other,
}

impl Value {
    pub(super) const fn other(taint: u16) -> Self {
        Self { data: Data::Other, taint }
    }

    pub(super) const fn of(data: Data) -> Self {
        Self { data, taint: 0 }
    }

    pub(super) fn text(text: impl Into<String>, taint: u16) -> Self {
        Self { data: Data::Text(text.into()), taint }
    }

    /// The text, if all of it is known.
    pub(super) fn known(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) if !text.contains(HOLE) => Some(text),
            _ => None,
        }
    }

    /// What it costs to copy, in words of 16 bytes.
    pub(super) fn weight(&self) -> usize {
        let inner = match &self.data {
            Data::Text(text) => text.len() >> 4,
            Data::List(items) => {
                items.iter().fold(0, |sum, item| item.weight().saturating_add(sum))
            }
            Data::Map(entries) => entries.iter().fold(0, |sum: usize, (key, value)| {
                sum.saturating_add(key.weight()).saturating_add(value.weight())
            }),
            _ => 0,
        };
        inner.saturating_add(4)
    }

    /// As it is printed, with all constants in it: for who listens to what is said.
    pub(super) fn shown(&self) -> String {
        match &self.data {
            Data::List(items) => items.iter().map(Self::shown).collect::<Vec<_>>().join(", "),
            Data::Map(entries) => entries
                .iter()
                .map(|(key, value)| format!("{}: {}", key.shown(), value.shown()))
                .collect::<Vec<_>>()
                .join(", "),
            _ => self.written(),
        }
    }

    /// As Python makes a text of it, as far as that is known.
    pub(super) fn written(&self) -> String {
        match &self.data {
            Data::Text(text) => text.clone(),
            Data::Int(int) => int.to_string(),
            Data::Bool(true) => "True".to_owned(),
            Data::Bool(false) => "False".to_owned(),
            Data::None => "None".to_owned(),
            _ => HOLE.to_string(),
        }
    }

    /// All texts in it.
    pub(super) fn texts(&self) -> Vec<&str> {
        match &self.data {
            Data::Text(text) => vec![text],
            Data::List(items) => items.iter().flat_map(Self::texts).collect(),
            Data::Map(entries) => entries
                .iter()
                .flat_map(|(key, value)| [key.texts(), value.texts()].concat())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether there are letters of a constant in it.
    pub(super) fn holds_text(&self) -> bool {
        self.taint & MADE != 0
            || self.texts().iter().any(|text| text.chars().any(|letter| letter != HOLE))
    }

    /// Whether it is written in the template rather than given.
    pub(super) fn is_constant(&self) -> bool {
        self.taint & MADE != 0
            || matches!(
                self.data,
                Data::Int(_)
                    | Data::Float
                    | Data::Bool(_)
                    | Data::List(_)
                    | Data::Map(_)
                    | Data::Range(_)
            )
            || self.holds_text()
    }

    /// With [`MADE`] if constants went into it that are not followed.
    pub(super) fn made_of(mut self, parts: &[&Self]) -> Self {
        let followed = match &self.data {
            Data::Text(text) => !text.contains(HOLE),
            Data::Other | Data::Float => false,
            _ => true,
        };
        if !followed && parts.iter().any(|part| part.holds_text()) {
            self.taint |= MADE;
        }
        self
    }

    /// One of two values.
    pub(super) fn or(self, other: &Self) -> Self {
        let mut taint = self.taint | other.taint;
        if (self.taint | other.taint) & CONTENT != 0
            && [&self, other].iter().any(|one| one.taint & (CONTENT | OPERATOR) == CONTENT)
        {
            taint &= !OPERATOR;
        }
        if self.data == other.data {
            return Self { taint, ..self };
        }
        let made = if self.holds_text() || other.holds_text() { MADE } else { 0 };
        match (&self.data, &other.data) {
            (Data::Text(_), Data::Text(_)) => Self::text(HOLE.to_string(), taint | made),
            _ => Self::other(taint | made),
        }
    }
}
