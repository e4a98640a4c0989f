//! JSON with its numbers, of which so much is kept and no more.

use crate::{
    artefact::stop::{Step, Stop},
    bytes::room,
    encoding::json::{Token, Tokens},
};

/// Values that are kept of one file.
const MAX_NODES: usize = 1 << 19;
/// Bytes that a value costs, beside its text.
const NODE: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    /// A number as it is spelt.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Node {
    /// Reads what a token begins. `left`: values that may still be kept.
    pub(super) fn read(tokens: &mut Tokens<'_>, token: Token, left: &mut usize) -> Step<Self> {
        *left = left.checked_sub(1).ok_or(Stop::Limit("it has more values than are kept"))?;
        let text = match token {
            Token::Text => tokens.text().len(),
            Token::Number => tokens.number().len(),
            _ => 0,
        };
        room::hold(NODE.saturating_add(text) as u64);
        Ok(match token {
            Token::Text => Self::Text(tokens.text().to_owned()),
            Token::Number => Self::Number(tokens.number().to_owned()),
            Token::True => Self::Bool(true),
            Token::False => Self::Bool(false),
            Token::List => {
                let mut items = Vec::new();
                loop {
                    match tokens.some()? {
                        Token::End => break Self::List(items),
                        token => items.push(Self::read(tokens, token, left)?),
                    }
                }
            }
            Token::Map => {
                let mut entries = Vec::new();
                while tokens.some()? == Token::Key {
                    let key = tokens.text().to_owned();
                    room::hold(key.len() as u64);
                    let token = tokens.some()?;
                    entries.push((key, Self::read(tokens, token, left)?));
                }
                Self::Map(entries)
            }
            _ => Self::Null,
        })
    }

    /// How many values of a file are kept.
    pub(super) const fn allowance() -> usize {
        MAX_NODES
    }

    /// The value of a key; of a key that is there twice the last.
    pub(super) fn at(&self, key: &str) -> Option<&Self> {
        self.entries().iter().rev().find(|(held, _)| held == key).map(|(_, value)| value)
    }

    pub(super) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.at(key) == Some(&Self::Bool(true))
    }

    /// The text of a key.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        self.at(key)?.text()
    }
}
