//! What is known of a value before rendering, and where it comes from.

use super::text::HOLE;

/// It comes from what somebody wrote in a message.
pub(super) const CONTENT: u16 = 1;
/// It comes from the clock.
pub(super) const DATE: u16 = 2;
/// It is a number of messages or of rounds.
pub(super) const COUNT: u16 = 4;
/// It is the name of a tool.
pub(super) const NAME: u16 = 8;
/// It says whether one of these is a certain value.
pub(super) const TRIGGER: u16 = 16;
/// It is the list of messages.
pub(super) const MESSAGES: u16 = 32;
/// It was made of constants in a way that is not followed.
pub(super) const MADE: u16 = 64;
/// It is a list of macros.
pub(super) const MACROS: u16 = 128;

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
    Bool(bool),
    None,
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
    /// That many numbers.
    Range(u64),
    /// A macro of this name.
    Macro(String),
    /// A namespace that was made where this says.
    Space(String),
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

    /// As it is printed.
    pub(super) fn shown(&self) -> String {
        match &self.data {
            Data::Text(text) => text.clone(),
            Data::Int(int) => int.to_string(),
            Data::Bool(true) => "True".to_owned(),
            Data::Bool(false) => "False".to_owned(),
            Data::None => "None".to_owned(),
            Data::List(items) => items.iter().map(Self::shown).collect::<Vec<_>>().join(", "),
            Data::Map(entries) => entries
                .iter()
                .map(|(key, value)| format!("{}: {}", key.shown(), value.shown()))
                .collect::<Vec<_>>()
                .join(", "),
            _ => HOLE.to_string(),
        }
    }

    /// One of two values.
    pub(super) fn or(self, other: &Self) -> Self {
        let taint = self.taint | other.taint;
        if self.data == other.data {
            return Self { taint, ..self };
        }
        match (&self.data, &other.data) {
            (Data::Text(a), Data::Text(b)) => {
                let empty = a.is_empty() || b.is_empty();
                let whole = a == &HOLE.to_string() || b == &HOLE.to_string();
                Self::text(HOLE.to_string(), if empty || whole { taint } else { taint | MADE })
            }
            _ => Self::other(taint),
        }
    }
}

/// Whether a constant is a word of people rather than a mark of a format.
pub(super) fn is_word(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let starts = text.chars().next().is_some_and(char::is_alphanumeric);
    starts
        && letters >= 2
        && !text.contains(['<', '>', '|', '[', ']', '{', '}', '_', '`', '=', '/', ':'])
}
