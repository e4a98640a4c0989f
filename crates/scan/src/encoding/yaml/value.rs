//! A value of a document.

/// Plain words that are false, nothing or zero.
const FALSE: &[&str] = &[
    "", "~", "null", "false", "no", "off", "n", "0", "0.0", "-0", "+0", "0x0", "0o0", "00", "0b0",
];
/// A value. Aliases are not followed: they stand for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Yaml {
    /// A text, a number, a truth value or nothing.
    Text(String),
    /// A text that is one, as quotes or bars show.
    Quoted(String),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
}

impl Yaml {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Quoted(text) => Some(text),
            _ => None,
        }
    }

    /// Keys and values.
    pub(crate) fn entries(&self) -> &[(Self, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn at(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(held, _)| held.text() == Some(key)).map(|(_, value)| value)
    }

    /// Whether a key stands anywhere in it.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        match self {
            Self::Text(_) | Self::Quoted(_) => false,
            Self::List(items) => items.iter().any(|item| item.has_key(key)),
            Self::Map(entries) => entries.iter().any(|(name, value)| {
                name.text() == Some(key) || name.has_key(key) || value.has_key(key)
            }),
        }
    }

    /// Whether Python takes it for true, as YAML 1.1 is read.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Text(text) => !FALSE.contains(&&*text.to_ascii_lowercase()),
            Self::Quoted(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(entries) => !entries.is_empty(),
        }
    }

    /// All values in it, with the key that each stands under.
    pub(crate) fn keyed<'a>(&'a self, show: &mut impl FnMut(&'a str, &'a Self)) {
        match self {
            Self::Text(_) | Self::Quoted(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.keyed(show)),
            Self::Map(entries) => {
                for (name, value) in entries {
                    show(name.text().unwrap_or_default(), value);
                    name.keyed(show);
                    value.keyed(show);
                }
            }
        }
    }

    /// All texts in it, with the key that each stands under.
    pub(crate) fn texts<'a>(&'a self, key: &'a str, found: &mut Vec<(&'a str, &'a str)>) {
        match self {
            Self::Text(text) | Self::Quoted(text) => found.push((key, text)),
            Self::List(items) => items.iter().for_each(|item| item.texts(key, found)),
            Self::Map(entries) => {
                for (name, value) in entries {
                    value.texts(name.text().unwrap_or(key), found);
                }
            }
        }
    }
}
