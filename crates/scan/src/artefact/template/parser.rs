//! A place among the tokens of a template.

use super::{
    lexer::{Lexeme, Token},
    syntax::Problem,
};

/// Nested deeper than this is none that anybody writes.
const MAX_DEPTH: usize = 48;

/// A place among tokens.
pub(super) struct Parser<'t> {
    tokens: std::iter::Peekable<std::slice::Iter<'t, Token>>,
    end: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(tokens: &'t [Token], end: usize) -> Self {
        Self { tokens: tokens.iter().peekable(), end, depth: 0 }
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        self.tokens.next().cloned()
    }

    pub(super) fn peek(&mut self) -> Option<&'t Lexeme> {
        self.tokens.peek().map(|token| &token.kind)
    }

    pub(super) fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |token| token.at)
    }

    pub(super) fn fail<T>(&mut self, what: &'static str) -> Result<T, Problem> {
        Err(Problem { at: self.at(), what, limit: false })
    }

    pub(super) fn deeper<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth >= MAX_DEPTH {
            return Err(Problem { at: self.at(), what: "nested deeper than is read", limit: true });
        }
        self.depth = self.depth.saturating_add(1);
        let answer = inner(self);
        self.depth = self.depth.saturating_sub(1);
        answer
    }

    pub(super) fn expect(&mut self, wanted: &Lexeme) -> Result<(), Problem> {
        if self.peek() == Some(wanted) {
            self.next();
            return Ok(());
        }
        self.fail("something else was expected here")
    }

    pub(super) fn peeks(&mut self, sign: &str) -> bool {
        matches!(self.peek(), Some(Lexeme::Sign(found)) if *found == sign)
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = self.peeks(sign);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn peeks_word(&mut self, word: &str) -> bool {
        matches!(self.peek(), Some(Lexeme::Name(found)) if found == word)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.peeks_word(word);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn word(&mut self) -> Option<String> {
        let Some(Lexeme::Name(name)) = self.peek() else { return None };
        self.next();
        Some(name.clone())
    }

    pub(super) fn name(&mut self) -> Result<String, Problem> {
        match self.word() {
            Some(name) => Ok(name),
            None => self.fail("a name was expected here"),
        }
    }
}
