//! Words of the source.

use crate::artefact::stop::{Step, broken};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or keyword.
    Name(&'a str),
    /// A number.
    Number,
    /// A text.
    Text,
    /// Anything else, a letter at a time.
    Sign(u8),
    /// The end of a line.
    Line,
}

/// Words kept ahead of the one that is read.
const AHEAD: usize = 2;

/// A word and its offset.
pub(super) type Word<'a> = (usize, Token<'a>);

/// The words of a text, one after another, with those that follow: a text of 8 MiB has too many to keep.
pub(super) struct Words<'a> {
    text: &'a [u8],
    at: usize,
    ahead: [Option<Word<'a>>; AHEAD],
}

impl<'a> Words<'a> {
    /// Those of `text`.
    ///
    /// # Errors
    /// Where the text is none that a compiler of TorchScript reads.
    pub(super) fn of(text: &'a [u8]) -> Step<Self> {
        let mut words = Self { text, at: 0, ahead: [None; AHEAD] };
        for _ in 0..AHEAD {
            words.advance()?;
        }
        Ok(words)
    }

    /// The next word.
    ///
    /// # Errors
    /// Where the text is none that a compiler of TorchScript reads.
    pub(super) fn advance(&mut self) -> Step<Option<Word<'a>>> {
        let last = self.lex()?;
        let [first, second] = self.ahead;
        self.ahead = [second, last];
        Ok(first)
    }

    /// The word that comes next, and the one behind it.
    pub(super) fn ahead(&self) -> (Option<Token<'a>>, Option<Token<'a>>) {
        let [first, second] = self.ahead;
        (first.map(|(_, token)| token), second.map(|(_, token)| token))
    }

    fn lex(&mut self) -> Step<Option<Word<'a>>> {
        while let Some(&byte) = self.text.get(self.at) {
            let (at, rest) = (self.at, self.text.get(self.at..).unwrap_or_default());
            let (token, length) = match byte {
                b'\n' => (Some(Token::Line), 1),
                b' ' | b'\t' | b'\r' | b'\\' => (None, 1),
                b'#' => (None, run(rest, |byte| byte != b'\n')),
                b'"' | b'\'' => match string(rest) {
                    Some(length) => (Some(Token::Text), length),
                    None => return broken(at as u64, "a text has no end"),
                },
                b'0'..=b'9' => (Some(Token::Number), number(rest)),
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                    let length = run(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                    let name = rest.get(..length).and_then(|name| std::str::from_utf8(name).ok());
                    (name.map(Token::Name), length)
                }
                b'!'..=b'~' => (Some(Token::Sign(byte)), 1),
                _ => return broken(at as u64, "a letter that no code has"),
            };
            self.at = at.saturating_add(length.max(1));
            if let Some(token) = token {
                return Ok(Some((at, token)));
            }
        }
        Ok(None)
    }
}

fn run(rest: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    rest.iter().take_while(|byte| belongs(**byte)).count()
}

/// A number with its point and exponent, whose sign belongs to it.
fn number(rest: &[u8]) -> usize {
    let mut last = 0_u8;
    let mut length = 0_usize;
    for &byte in rest {
        let sign = matches!(byte, b'+' | b'-') && matches!(last, b'e' | b'E');
        if !(byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_' || sign) {
            break;
        }
        last = byte;
        length = length.saturating_add(1);
    }
    length
}

/// The length of a text with its quotes, one or three.
fn string(rest: &[u8]) -> Option<usize> {
    let quote = *rest.first()?;
    let three = [quote; 3];
    let long = rest.starts_with(&three);
    let mut at = if long { 3 } else { 1 };
    loop {
        let left = rest.get(at..)?;
        match left.first()? {
            b'\\' => at = at.checked_add(2)?,
            byte if *byte == quote && !long => return at.checked_add(1),
            _ if long && left.starts_with(&three) => return at.checked_add(3),
            b'\n' if !long => return None,
            _ => at = at.checked_add(1)?,
        }
    }
}
