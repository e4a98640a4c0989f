//! The grammar: what comes next.

use super::{lexer::Lexer, number};
use crate::{
    artefact::stop::Step,
    bytes::{ReadAt, SliceBytes},
};

/// What is read, and how far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of the whole.
    pub(crate) size: u64,
    /// Bytes of one text.
    pub(crate) text: usize,
    /// Lists and maps within each other.
    pub(crate) depth: usize,
    /// Whether `NaN` and `Infinity` are numbers.
    pub(crate) infinite: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { size: 256 << 20, text: 4 << 20, depth: 256, infinite: true }
    }
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A list begins.
    List,
    /// A map begins.
    Map,
    /// The innermost list or map ends.
    End,
    /// The key of what comes next: [`Tokens::text`].
    Key,
    /// A text: [`Tokens::text`].
    Text,
    /// A number: [`Tokens::number`].
    Number,
    True,
    False,
    Null,
}

/// A text, piece by piece.
pub(crate) struct Tokens<'a> {
    lexer: Lexer<'a>,
    limits: Limits,
    /// Of each list or map that is open, whether it is a map.
    open: Vec<bool>,
    expected: Expected,
    at: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// The outermost value.
    Outermost,
    /// A value, behind a key.
    Value,
    /// The first part of a list or a map, or its end.
    First,
    /// What follows a value.
    More,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a dyn ReadAt, limits: Limits) -> Self {
        let lexer = Lexer::new(bytes, limits.size, limits.text);
        Self { lexer, limits, open: Vec::new(), expected: Expected::Outermost, at: 0 }
    }

    /// Where the last token begins.
    pub(crate) const fn offset(&self) -> u64 {
        self.at
    }

    /// The last key or text, decoded.
    pub(crate) fn text(&self) -> &str {
        self.lexer.text()
    }

    /// The last number as it is spelt.
    pub(crate) fn number(&self) -> &str {
        std::str::from_utf8(self.lexer.word()).unwrap_or_default()
    }

    /// Whether the last number is not zero.
    pub(super) fn counts(&self) -> bool {
        number::counts(self.lexer.word())
    }

    /// How many lists and maps are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next token; none behind the outermost value, when nothing follows it.
    pub(crate) fn next(&mut self) -> Step<Option<Token>> {
        let byte = self.lexer.solid()?;
        self.at = self.lexer.offset();
        let token = match (self.expected, self.open.last().copied(), byte) {
            (Expected::More, None, None) => return Ok(None),
            (Expected::More, None, Some(_)) => {
                return self.lexer.broken("something follows the value");
            }
            (_, Some(_), None) => return self.lexer.broken("it ends too early"),
            (Expected::First | Expected::More, Some(true), Some(b'}'))
            | (Expected::First | Expected::More, Some(false), Some(b']')) => self.close(),
            (Expected::More, Some(map), Some(b',')) => {
                self.lexer.pass();
                let byte = self.lexer.solid()?;
                self.at = self.lexer.offset();
                self.part(map, byte)?
            }
            (Expected::More, ..) => return self.lexer.broken("a comma is missing"),
            (Expected::First, Some(map), byte) => self.part(map, byte)?,
            _ => self.value(byte)?,
        };
        Ok(Some(token))
    }

    /// The next token where there must be one.
    pub(crate) fn some(&mut self) -> Step<Token> {
        let token = self.next()?;
        token.map_or_else(|| self.lexer.broken("it ends too early"), Ok)
    }

    /// Passes over what a token begins.
    pub(crate) fn pass(&mut self, token: Token) -> Step {
        if matches!(token, Token::List | Token::Map) {
            let outside = self.depth();
            while self.depth() >= outside {
                self.some()?;
            }
        }
        Ok(())
    }

    fn close(&mut self) -> Token {
        self.lexer.pass();
        self.open.pop();
        self.expected = Expected::More;
        Token::End
    }

    /// An element of a list, or a key of a map.
    fn part(&mut self, map: bool, byte: Option<u8>) -> Step<Token> {
        if !map {
            return self.value(byte);
        }
        if byte != Some(b'"') {
            return self.lexer.broken("a key is missing");
        }
        self.lexer.pass();
        self.lexer.read_text()?;
        if self.lexer.solid()? != Some(b':') {
            return self.lexer.broken("a key has no value");
        }
        self.lexer.pass();
        self.expected = Expected::Value;
        Ok(Token::Key)
    }

    fn value(&mut self, byte: Option<u8>) -> Step<Token> {
        self.expected = Expected::More;
        match byte {
            Some(b'"') => {
                self.lexer.pass();
                self.lexer.read_text()?;
                Ok(Token::Text)
            }
            Some(bracket @ (b'[' | b'{')) => self.begin(bracket == b'{'),
            Some(0xef) if self.at == 0 => self.lexer.broken("it begins with a byte order mark"),
            Some(_) => self.word(),
            None => self.lexer.broken("it ends too early"),
        }
    }

    fn begin(&mut self, map: bool) -> Step<Token> {
        if self.open.len() >= self.limits.depth {
            return self.lexer.broken("values nest deeper than loaders follow");
        }
        self.lexer.pass();
        self.open.push(map);
        self.expected = Expected::First;
        Ok(if map { Token::Map } else { Token::List })
    }

    fn word(&mut self) -> Step<Token> {
        self.lexer.read_word()?;
        match self.lexer.word() {
            b"true" => Ok(Token::True),
            b"false" => Ok(Token::False),
            b"null" => Ok(Token::Null),
            b"NaN" | b"Infinity" | b"-Infinity" if self.limits.infinite => Ok(Token::Number),
            word if number::is_number(word) => Ok(Token::Number),
            _ => self.lexer.broken("it is no JSON"),
        }
    }
}

/// Whether a text is one value.
pub(crate) fn is_one(text: &str) -> bool {
    check(&SliceBytes(text.as_bytes()), Limits::default()).is_ok()
}

/// Reads a whole text, of which nothing is kept.
pub(crate) fn check(bytes: &dyn ReadAt, limits: Limits) -> Step {
    let mut tokens = Tokens::new(bytes, limits);
    while tokens.next()?.is_some() {}
    Ok(())
}
