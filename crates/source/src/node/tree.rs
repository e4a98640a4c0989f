use std::rc::Rc;

/// Nodes nested deeper are not read.
pub(super) const MAX_DEPTH: usize = 96;
/// Nodes of one file, aliases followed, beyond this many are not read.
pub(super) const MAX_NODES: u32 = 200_000;

/// What a file holds, as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// Its documents; the last may be cut where the problem is.
    pub documents: Vec<Node>,
    /// Why it was not read to its end.
    pub problem: Option<&'static str>,
}

/// A value with its place. What an alias stands for is shared, not copied.
#[derive(Clone, Debug)]
pub struct Node {
    /// Line, counted from 1.
    pub line: u32,
    /// Nodes in it, itself included, aliases followed.
    pub(super) size: u32,
    /// What it is.
    pub value: Value,
}

/// What a node is. Numbers and truth values are text as written.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// A text, number or truth value.
    Text(Rc<str>),
    /// A list.
    List(Rc<[Node]>),
    /// A mapping, in its order.
    Map(Rc<[Pair]>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The key, as text.
    pub key: Rc<str>,
    /// Line of the key, counted from 1.
    pub line: u32,
    /// Its value.
    pub node: Node,
}

impl Node {
    pub(super) fn null(line: u32) -> Self {
        Self { line, size: 1, value: Value::Null }
    }

    pub(super) fn of_text(line: u32, text: &str) -> Self {
        Self { line, size: 1, value: Value::Text(text.into()) }
    }

    pub(super) fn of_list(line: u32, items: Vec<Self>) -> Self {
        let size = items.iter().fold(1, |sum: u32, node| sum.saturating_add(node.size));
        Self { line, size, value: Value::List(items.into()) }
    }

    pub(super) fn of_pairs(line: u32, pairs: Vec<Pair>) -> Self {
        let size = pairs.iter().fold(1, |sum: u32, pair| sum.saturating_add(pair.node.size));
        Self { line, size, value: Value::Map(pairs.into()) }
    }

    /// Its text, when it is a text, number or truth value.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// Its items, when it is a list; none otherwise.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// Its pairs, when it is a mapping; none otherwise.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        if let Value::Map(pairs) = &self.value { pairs } else { &[] }
    }

    /// The value of a key. Of equal keys the first counts.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.pair(key).map(|pair| &pair.node)
    }

    /// A key with its value.
    #[must_use]
    pub fn pair(&self, key: &str) -> Option<&Pair> {
        self.pairs().iter().find(|pair| &*pair.key == key)
    }

    /// The value behind keys within keys.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text behind keys within keys.
    #[must_use]
    pub fn text_at(&self, keys: &[&str]) -> Option<&str> {
        self.at(keys).and_then(Self::text)
    }

    /// Whether it says yes.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.text()
            .is_some_and(|text| matches!(text, "true" | "True" | "TRUE" | "yes" | "on" | "1"))
    }

    /// Whether it says no.
    #[must_use]
    pub fn is_false(&self) -> bool {
        self.text()
            .is_some_and(|text| matches!(text, "false" | "False" | "FALSE" | "no" | "off" | "0"))
    }

    /// Its text, or the texts of its items: what commands and lists of words may be written as.
    #[must_use]
    pub fn words(&self) -> Vec<(u32, &str)> {
        match &self.value {
            Value::Text(text) => vec![(self.line, text)],
            Value::List(items) => {
                items.iter().filter_map(|item| item.text().map(|text| (item.line, text))).collect()
            }
            _ => Vec::new(),
        }
    }
}
