//! Tokenizers of the library of that name: what they do to texts and to answers.
//!
//! A tokenizer is a program too. It changes texts before a model reads them, and answers before people do, and no check of weights or
//! templates sees it. Honest ones write letters in other forms, put marks around a text, and cut it. So the steps are known ones, what they
//! put in place of something are signs and blanks, marks stand for themselves, and words, numbers and merges agree with each other
//! and with the settings beside.

mod added;
mod charsmap;
mod marks;
mod node;
mod pattern;
mod post;
mod steps;
#[cfg(test)]
mod tests;
mod vocabulary;

use coseal_core::fact::ArtefactVerdict::{Malformed, Unknown};

use self::{added::Added, marks::shown, node::Node, vocabulary::Vocabulary};
use super::rules::{DIFFERS, REWRITES};
use crate::{
    artefact::{
        format::Input,
        report::Report,
        stop::{Step, broken},
    },
    encoding::json::{Limits, Token, Tokens},
};

/// What is read of a tokenizer; the largest known have 35 MB.
const LIMITS: Limits = Limits { size: 64 << 20, text: 4 << 20, depth: 64, infinite: true };
/// Kinds of models of words.
const MODELS: &[&str] = &["BPE", "WordPiece", "WordLevel", "Unigram"];

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Tokenizer {
    vocabulary: Vocabulary,
    added: Vec<Added>,
    kind: Option<String>,
    /// What stands before parts of words that do not begin them.
    prefix: String,
}

impl Tokenizer {
    /// The word of a number; added ones go first.
    fn word(&self, number: u64) -> Option<&str> {
        let added = self.added.iter().find(|token| token.number == Some(number));
        added.map(|token| token.text.as_str()).or_else(|| self.vocabulary.word(number))
    }

    /// The number of a word.
    fn number(&self, word: &str) -> Option<u64> {
        let added = self.added.iter().find(|token| token.text == word);
        added.map_or_else(|| self.vocabulary.number(word), |token| token.number)
    }

    /// Whether a word is a mark that nobody writes.
    fn is_special(&self, word: &str) -> bool {
        let tag = word.starts_with(['<', '[', '|', '_']) && word.ends_with(['>', ']', '|', '_']);
        tag || self.added.iter().any(|token| token.special && token.text == word)
    }
}

/// Whether a name is one that loaders look for.
pub(super) fn is_named(name: &str) -> bool {
    let dated = name.strip_prefix("tokenizer.").and_then(|rest| rest.strip_suffix(".json"));
    name == "tokenizer.json"
        || dated.is_some_and(|version| {
            version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

/// Reads and judges a tokenizer. What other libraries call so has no `model`, and no loader of these takes it.
pub(super) fn read(input: Input<'_>, report: &mut Report) -> Step {
    let mut tokens = Tokens::new(input.bytes, LIMITS);
    let (mut tokenizer, mut steps, mut left) =
        (Tokenizer::default(), Vec::new(), Node::allowance());
    let mut keys = Vec::new();
    if tokens.some()? != Token::Map {
        return broken(0, "it is no map");
    }
    while tokens.some()? == Token::Key {
        let key = tokens.text().to_owned();
        let token = tokens.some()?;
        match key.as_str() {
            "model" if token == Token::Map => model(&mut tokens, &mut tokenizer, report)?,
            "added_tokens" => {
                tokenizer.added = added::of(&Node::read(&mut tokens, token, &mut left)?);
            }
            "normalizer" | "pre_tokenizer" | "post_processor" | "decoder" => {
                steps.push((key.clone(), Node::read(&mut tokens, token, &mut left)?));
            }
            _ => tokens.pass(token)?,
        }
        if keys.len() < 64 {
            if keys.contains(&key) {
                report.find(
                    &DIFFERS,
                    Malformed,
                    0,
                    &format!("the key {} is there twice", shown(&key)),
                );
            }
            keys.push(key);
        }
    }
    tokens.next()?;
    let Some(kind) = &tokenizer.kind else { return Ok(()) };
    if !MODELS.contains(&kind.as_str()) {
        report.find(
            &REWRITES,
            Unknown,
            0,
            &format!("a model of words that is not known: {}", shown(kind)),
        );
    }
    for (key, step) in &steps {
        if key == "post_processor" {
            post::judge(step, &tokenizer, 0, report);
        } else {
            steps::judge(step, key, 0, report);
        }
    }
    words(&tokenizer, report);
    added::judge(&tokenizer, report);
    added::beside(&tokenizer, input, report);
    Ok(())
}

/// The words and how they are merged.
fn model(tokens: &mut Tokens<'_>, tokenizer: &mut Tokenizer, report: &mut Report) -> Step {
    let (mut seen_kind, mut words) = (None, 0_u8);
    while tokens.some()? == Token::Key {
        let key = tokens.text().to_owned();
        let token = tokens.some()?;
        match (key.as_str(), token) {
            ("vocab", _) => {
                words = words.saturating_add(1);
                tokenizer.vocabulary.read_words(tokens, token)?;
            }
            ("merges", _) => tokenizer.vocabulary.read_merges(tokens, token)?,
            ("type", Token::Text) => seen_kind = Some(tokens.text().to_owned()),
            ("continuing_subword_prefix", Token::Text) => {
                tokens.text().clone_into(&mut tokenizer.prefix);
            }
            _ => tokens.pass(token)?,
        }
    }
    if words > 1 {
        report.find(&DIFFERS, Malformed, 0, "the vocabulary is there twice");
    }
    // Old files leave the kind out, and loaders tell it by what is there.
    tokenizer.kind = seen_kind.or_else(|| (words > 0).then(|| "BPE".to_owned()));
    tokenizer.vocabulary.sort();
    Ok(())
}

fn words(tokenizer: &Tokenizer, report: &mut Report) {
    let (words, prefix) = (&tokenizer.vocabulary, tokenizer.prefix.as_str());
    if words.is_empty() {
        return;
    }
    if let Some((one, other)) = words.twice() {
        let text = format!("the words {} and {} share a number", shown(one), shown(other));
        report.find(&DIFFERS, Malformed, 0, &text);
    }
    if let Some(word) = words.missing(prefix) {
        let text = format!("merges need {}, which the vocabulary lacks", shown(&word));
        report.find(&DIFFERS, Malformed, 0, &text);
    }
    if let Some((one, other)) = words.exchanged(prefix) {
        let text = format!("the numbers of {} and {} are exchanged", shown(&one), shown(&other));
        report.find(&DIFFERS, Unknown, 0, &text);
    }
}
