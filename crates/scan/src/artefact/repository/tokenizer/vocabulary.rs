//! Words and their numbers, and the pairs that byte-pair encoding merges: all in one text, so that hostile files stay small.

use std::collections::BTreeSet;

use crate::{
    artefact::stop::{Step, Stop, broken},
    bytes::room,
    encoding::json::{Token, Tokens},
};

/// Words and pairs that are read; the largest known have half a million.
const MAX_WORDS: usize = 1 << 21;
/// Places that stand otherwise than in order, up to which they were exchanged by hand.
const MAX_EXCHANGED: usize = 32;
/// Of so many pairs one may stand otherwise for it to be told.
const ORDERED: usize = 16;

/// Start and end in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Span(u32, u32);

/// The words of a model.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: String,
    /// By the word, once all are read.
    words: Vec<(Span, u64)>,
    /// By the number: places in `words`.
    numbers: Vec<(u64, u32)>,
    merges: Vec<(Span, Span)>,
    /// Whether words have no numbers but their places.
    pub(super) listed: bool,
}

impl Vocabulary {
    /// Reads words: a map to numbers, or a list with values.
    pub(super) fn read_words(&mut self, tokens: &mut Tokens<'_>, token: Token) -> Step {
        match token {
            Token::Map => {
                while tokens.some()? == Token::Key {
                    let word = self.keep(tokens.text())?;
                    let number = match tokens.some()? {
                        Token::Number => tokens.number().parse().ok(),
                        _ => None,
                    };
                    let Some(number) = number else {
                        return broken(
                            tokens.offset(),
                            "a word of the vocabulary has no whole number",
                        );
                    };
                    self.push(word, number)?;
                }
                Ok(())
            }
            Token::List => {
                self.listed = true;
                let mut number = 0_u64;
                loop {
                    match tokens.some()? {
                        Token::End => return Ok(()),
                        Token::List if tokens.some()? == Token::Text => {
                            let word = self.keep(tokens.text())?;
                            self.push(word, number)?;
                            while tokens.some()? != Token::End {}
                        }
                        _ => {
                            return broken(
                                tokens.offset(),
                                "a word of the vocabulary has no value",
                            );
                        }
                    }
                    number = number.saturating_add(1);
                }
            }
            token => tokens.pass(token),
        }
    }

    /// Reads pairs: texts with a blank between, or lists of two.
    pub(super) fn read_merges(&mut self, tokens: &mut Tokens<'_>, token: Token) -> Step {
        if token != Token::List {
            return tokens.pass(token);
        }
        loop {
            let pair = match tokens.some()? {
                Token::End => return Ok(()),
                Token::Text => {
                    let Some((left, right)) = tokens.text().split_once(' ') else {
                        return broken(tokens.offset(), "a merge is no pair");
                    };
                    let (left, right) = (left.to_owned(), right.to_owned());
                    (self.keep(&left)?, self.keep(&right)?)
                }
                Token::List => {
                    let mut both = [Span::default(); 2];
                    for one in &mut both {
                        if tokens.some()? != Token::Text {
                            return broken(tokens.offset(), "a merge is no pair");
                        }
                        *one = self.keep(tokens.text())?;
                    }
                    if tokens.some()? != Token::End {
                        return broken(tokens.offset(), "a merge is no pair");
                    }
                    let [left, right] = both;
                    (left, right)
                }
                _ => return broken(tokens.offset(), "a merge is no pair"),
            };
            if self.merges.len() >= MAX_WORDS {
                return Err(Stop::Limit("it has more merges than are read"));
            }
            room::push(&mut self.merges, pair);
        }
    }

    fn push(&mut self, word: Span, number: u64) -> Step {
        if self.words.len() >= MAX_WORDS {
            return Err(Stop::Limit("it has more words than are read"));
        }
        room::push(&mut self.words, (word, number));
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Step<Span> {
        let start = self.text.len();
        room::hold(text.len() as u64);
        self.text.push_str(text);
        let span = u32::try_from(start).ok().zip(u32::try_from(self.text.len()).ok());
        span.map_or_else(
            || broken(0, "its words are too long"),
            |(start, end)| Ok(Span(start, end)),
        )
    }

    fn at(&self, Span(start, end): Span) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Puts the words in order, when all are read.
    pub(super) fn sort(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        words.sort_by(|a, b| self.at(a.0).cmp(self.at(b.0)));
        let mut numbers: Vec<(u64, u32)> =
            words.iter().zip(0_u32..).map(|((_, number), place)| (*number, place)).collect();
        numbers.sort_unstable();
        room::hold((numbers.len() as u64).saturating_mul(16));
        (self.words, self.numbers) = (words, numbers);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The number of a word.
    pub(super) fn number(&self, word: &str) -> Option<u64> {
        let place = self.words.binary_search_by(|(held, _)| self.at(*held).cmp(word)).ok()?;
        self.words.get(place).map(|(_, number)| *number)
    }

    /// A word of a number.
    pub(super) fn word(&self, number: u64) -> Option<&str> {
        let place = self.numbers.partition_point(|(held, _)| *held < number);
        let (_, word) = self.numbers.get(place).filter(|(held, _)| *held == number)?;
        self.words.get(*word as usize).map(|(word, _)| self.at(*word))
    }

    /// Two words of one number, or a word that is there twice.
    pub(super) fn twice(&self) -> Option<(&str, &str)> {
        let same = self.numbers.array_windows().find(|[a, b]| a.0 == b.0);
        let word =
            |place: u32| self.words.get(place as usize).map_or("", |(word, _)| self.at(*word));
        let same = same.map(|[a, b]| (word(a.1), word(b.1)));
        let spelt = || {
            let pair = self.words.array_windows().find(|[a, b]| self.at(a.0) == self.at(b.0))?;
            Some((self.at(pair[0].0), self.at(pair[1].0)))
        };
        same.or_else(|| if self.listed { None } else { spelt() })
    }

    /// What a pair makes. `prefix`: what stands before parts of words that do not begin them.
    fn made(&self, (left, right): (Span, Span), prefix: &str) -> String {
        let right = self.at(right);
        format!("{}{}", self.at(left), right.strip_prefix(prefix).unwrap_or(right))
    }

    /// A word that a merge needs, and that is not there.
    pub(super) fn missing(&self, prefix: &str) -> Option<String> {
        self.merges.iter().find_map(|pair| {
            let parts =
                [self.at(pair.0).to_owned(), self.at(pair.1).to_owned(), self.made(*pair, prefix)];
            parts.into_iter().find(|word| self.number(word).is_none())
        })
    }

    /// Two words whose numbers were exchanged: those of what merges make grow with the merges, and only these two stand otherwise.
    pub(super) fn exchanged(&self, prefix: &str) -> Option<(String, String)> {
        let mut seen = BTreeSet::new();
        let made = self.merges.iter().filter_map(|pair| self.number(&self.made(*pair, prefix)));
        let found: Vec<u64> = made.filter(|number| seen.insert(*number)).collect();
        room::hold((found.len() as u64).saturating_mul(40));
        let odd: Vec<(u64, u64)> = found
            .iter()
            .copied()
            .zip(seen.iter().copied())
            .filter(|(held, due)| held != due)
            .take(MAX_EXCHANGED)
            .collect();
        if odd.is_empty()
            || odd.len().saturating_mul(ORDERED) > found.len()
            || odd.len() >= MAX_EXCHANGED
        {
            return None;
        }
        let (held, due) = odd
            .iter()
            .find(|(held, due)| odd.contains(&(*due, *held)) && held.abs_diff(*due) > 1)?;
        Some((self.word(*held)?.to_owned(), self.word(*due)?.to_owned()))
    }
}
