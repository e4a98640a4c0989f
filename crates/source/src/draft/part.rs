//! An element of a system file in the making.

use super::quoted::{comment, quoted};

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl Value {
    fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| quoted(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// An element: one line of its table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its table, such as `model`.
    pub table: &'static str,
    /// Its id.
    pub id: String,
    /// Its keys, in the order in which they are written.
    pub keys: Vec<(&'static str, Value)>,
    /// Where it was seen, and what of it is assumed; empty for nothing to say.
    pub note: String,
}

impl Part {
    /// An element without keys.
    pub(super) fn new(table: &'static str, id: &str) -> Self {
        Self { table, id: id.to_owned(), keys: Vec::new(), note: String::new() }
    }

    /// With a key more.
    pub(super) fn key(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.keys.push((key, value.into()));
        self
    }

    /// With this to say about it.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// As `kind.id`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.table, self.id)
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.keys.iter().find_map(|(name, value)| match value {
            Value::Text(text) if *name == key => Some(text.as_str()),
            _ => None,
        })
    }

    /// Its line within its table.
    #[must_use]
    pub fn line(&self) -> String {
        let keys: Vec<_> =
            self.keys.iter().map(|(key, value)| format!("{key} = {}", value.toml())).collect();
        let note = self.ending();
        format!("{} = {{ {} }}{note}", self.id, keys.join(", "))
    }

    /// Itself as a table of its own.
    #[must_use]
    pub fn section(&self) -> String {
        let mut out = format!("[{}.{}]{}", self.table, self.id, self.ending());
        for (key, value) in &self.keys {
            out.push_str(&format!("\n{key} = {}", value.toml()));
        }
        out
    }

    fn ending(&self) -> String {
        if self.note.is_empty() { String::new() } else { format!(" # {}", comment(&self.note)) }
    }
}
