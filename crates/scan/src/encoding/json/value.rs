//! A whole text as a value.

/// A value. Numbers and texts are told apart, but no number from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// Nothing, false, or zero.
    Plain,
    /// True, or a number that Python takes for true.
    True,
    /// A text, decoded.
    Text(String),
    /// A list. Of many numbers in a row the first few are kept.
    List(Vec<Self>),
    /// Keys and values, in their order. A key may stand there twice.
    Map(Vec<(String, Self)>),
}

impl Json {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Keys and values, if it is a map.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// What it holds, if it is a list.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a key; of a key that is there twice the last, as Python takes it.
    pub(crate) fn at(&self, key: &str) -> Option<&Self> {
        self.entries().iter().rev().find(|(held, _)| held == key).map(|(_, value)| value)
    }

    /// All values of a key: more than one if it is there twice.
    pub(crate) fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Self> {
        self.entries().iter().filter(move |(held, _)| held == key).map(|(_, value)| value)
    }

    /// A key that is there twice, here or further in. Loaders differ in which value they take.
    pub(crate) fn twice(&self) -> Option<&str> {
        let mut keys: Vec<&str> = self.entries().iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        let pair = keys.windows(2).find_map(|pair| match pair {
            [a, b] if a == b => Some(*a),
            _ => None,
        });
        let inner = || self.entries().iter().find_map(|(_, value)| value.twice());
        pair.or_else(inner).or_else(|| self.items().iter().find_map(Self::twice))
    }
}
