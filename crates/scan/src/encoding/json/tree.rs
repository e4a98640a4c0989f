//! Reading a whole text into memory, of which there is so much and no more.

use super::{
    tokens::{Limits, Token, Tokens},
    value::Json,
};
use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::{ReadAt, SliceBytes, room},
};

/// Bytes that one tree may take.
const MAX_TREE: usize = 32 << 20;
/// Bytes that an allocation costs beside what it holds.
const ALLOCATION: usize = 16;
/// Numbers and truth values in a row that a list keeps.
const MAX_PLAIN: usize = 8;

impl Json {
    /// Reads bytes to their end.
    pub(crate) fn read(bytes: &dyn ReadAt, limits: Limits) -> Step<Self> {
        Self::read_spelling(bytes, limits, None)
    }

    /// Reads bytes to their end. Whole numbers under the key `spelt` are kept as texts, as they are spelt.
    pub(crate) fn read_spelling(
        bytes: &dyn ReadAt,
        limits: Limits,
        spelt: Option<&'static str>,
    ) -> Step<Self> {
        let mut tokens = Tokens::new(bytes, limits);
        let mut tree = Tree { left: MAX_TREE, spelt };
        let token = tokens.some()?;
        let value = tree.value(&mut tokens, token)?;
        match tokens.next()? {
            None => Ok(value),
            Some(_) => broken(tokens.offset(), "something follows the value"),
        }
    }

    /// Reads a text, as [`Json::read`] does.
    pub(crate) fn parse(text: &str) -> Step<Self> {
        Self::read(&SliceBytes(text.as_bytes()), Limits::default())
    }
}

struct Tree {
    /// Bytes that may still be taken.
    left: usize,
    /// The key whose whole numbers are kept.
    spelt: Option<&'static str>,
}

impl Tree {
    fn value(&mut self, tokens: &mut Tokens<'_>, token: Token) -> Step<Json> {
        Ok(match token {
            Token::List => Json::List(self.list(tokens)?),
            Token::Map => Json::Map(self.map(tokens)?),
            Token::Text => Json::Text(self.text(tokens)?),
            Token::True => Json::True,
            Token::Number if tokens.counts() => Json::True,
            _ => Json::Plain,
        })
    }

    fn list(&mut self, tokens: &mut Tokens<'_>) -> Step<Vec<Json>> {
        let mut items = Vec::new();
        let mut plain = 0_usize;
        loop {
            let value = match tokens.some()? {
                Token::End => return Ok(self.close(items)),
                token => self.value(tokens, token)?,
            };
            plain = match value {
                Json::Plain | Json::True => plain.saturating_add(1),
                _ => 0,
            };
            if plain <= MAX_PLAIN {
                self.push(&mut items, value)?;
            }
        }
    }

    fn map(&mut self, tokens: &mut Tokens<'_>) -> Step<Vec<(String, Json)>> {
        let mut entries = Vec::new();
        while tokens.some()? == Token::Key {
            let key = self.text(tokens)?;
            let token = tokens.some()?;
            let value = if token == Token::Number && self.spelt == Some(key.as_str()) {
                self.spelling(tokens)?
            } else {
                self.value(tokens, token)?
            };
            self.push(&mut entries, (key, value))?;
        }
        Ok(self.close(entries))
    }

    fn text(&mut self, tokens: &Tokens<'_>) -> Step<String> {
        let text = tokens.text();
        if !text.is_empty() {
            self.take(text.len().saturating_add(ALLOCATION))?;
        }
        Ok(text.to_owned())
    }

    /// A whole number as it is spelt.
    fn spelling(&mut self, tokens: &Tokens<'_>) -> Step<Json> {
        let number = tokens.number();
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Json::Plain);
        }
        self.take(number.len().saturating_add(ALLOCATION))?;
        Ok(Json::Text(number.to_owned()))
    }

    fn push<T>(&mut self, onto: &mut Vec<T>, item: T) -> Step {
        if onto.len() == onto.capacity() {
            let more = onto.capacity().max(1);
            self.take(more.saturating_mul(size_of::<T>()).saturating_add(ALLOCATION))?;
            onto.reserve_exact(more);
        }
        onto.push(item);
        Ok(())
    }

    /// Gives back what a list does not need.
    fn close<T>(&mut self, mut held: Vec<T>) -> Vec<T> {
        let spare = held.capacity().saturating_sub(held.len());
        self.left = self.left.saturating_add(spare.saturating_mul(size_of::<T>()));
        held.shrink_to_fit();
        held
    }

    fn take(&mut self, bytes: usize) -> Step {
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or(Stop::Limit("its values take more memory than is kept"))?;
        room::hold(bytes as u64);
        Ok(())
    }
}
