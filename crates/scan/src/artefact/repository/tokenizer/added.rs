//! Tokens that are added to the vocabulary: they are cut out of texts before anything else, and special ones are left out of answers.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    super::rules::{DIFFERS, REWRITES},
    Tokenizer,
    marks::{ordinary, shown, speaks, weighty},
    node::Node,
};
use crate::{
    artefact::{format::Input, report::Report},
    encoding::json::{Limits, Tokens},
};

/// Bytes of the settings beside that are read.
const MAX_SETTINGS: u64 = 8 << 20;
/// Differences that are told.
const MAX_TOLD: usize = 4;

/// An added token.
#[derive(Clone, Debug)]
pub(super) struct Added {
    pub(super) number: Option<u64>,
    pub(super) text: String,
    pub(super) special: bool,
}

/// The added tokens of a file.
pub(super) fn of(list: &Node) -> Vec<Added> {
    let one = |token: &Node| Added {
        number: token.at("id").and_then(Node::number),
        text: token.word("content").unwrap_or_default().to_owned(),
        special: token.is_true("special"),
    };
    list.items().iter().map(one).collect()
}

/// Judges added tokens against each other and the vocabulary.
pub(super) fn judge(tokenizer: &Tokenizer, report: &mut Report) {
    let (mut numbers, mut texts) = (BTreeMap::new(), BTreeMap::new());
    let mut told = 0_usize;
    for token in &tokenizer.added {
        if told >= MAX_TOLD {
            break;
        }
        let before = told;
        let word = ordinary(&token.text);
        if let Some(number) = token.number {
            let other =
                numbers.insert(number, token.text.as_str()).filter(|other| *other != token.text);
            let twice =
                texts.insert(token.text.as_str(), number).is_some_and(|other| other != number);
            if other.is_some() || twice {
                let text =
                    format!("two added tokens share a number or a text: {}", shown(&token.text));
                report.find(&DIFFERS, Malformed, 0, &text);
                told = told.saturating_add(1);
            }
            let held = tokenizer.vocabulary.word(number).filter(|held| *held != token.text);
            let own = tokenizer.vocabulary.number(&token.text);
            if let Some(held) = held {
                let verdict =
                    if word.is_some() || ordinary(held).is_some() { Malicious } else { Malformed };
                let text = format!(
                    "the added token {} has the number of the word {}",
                    shown(&token.text),
                    shown(held)
                );
                report.find(&DIFFERS, verdict, 0, &text);
                told = told.saturating_add(1);
            } else if own.is_some_and(|own| own != number) {
                let text = format!(
                    "the added token {} has another number in the vocabulary",
                    shown(&token.text)
                );
                report.find(&DIFFERS, Malformed, 0, &text);
                told = told.saturating_add(1);
            }
        }
        if let Some(word) = word.filter(|_| told == before) {
            let verdict = match (token.special, weighty(word), speaks(&token.text)) {
                (true, true, _) | (true, _, true) => Some(Malicious),
                (false, true, _) if tokenizer.vocabulary.number(&token.text).is_none() => {
                    Some(Unknown)
                }
                (true, ..) if !is_named(word) => Some(Unknown),
                _ => None,
            };
            if let Some(verdict) = verdict {
                let text = format!("the added token {} is what people write", shown(&token.text));
                report.find(&REWRITES, verdict, 0, &text);
                told = told.saturating_add(1);
            }
        }
    }
}

/// Names of marks without signs around, as old models have them.
fn is_named(word: &str) -> bool {
    matches!(
        word,
        "sop"
            | "eop"
            | "eos"
            | "bos"
            | "pad"
            | "unk"
            | "mask"
            | "sep"
            | "cls"
            | "PAD"
            | "UNK"
            | "MASK"
            | "SEP"
            | "CLS"
            | "BOS"
            | "EOS"
    )
}

/// Compares the settings beside: they name the same tokens by the same numbers.
pub(super) fn beside(tokenizer: &Tokenizer, input: Input<'_>, report: &mut Report) {
    let mut told = 0_usize;
    for (file, key) in
        [("tokenizer_config.json", Some("added_tokens_decoder")), ("added_tokens.json", None)]
    {
        let Some(settings) = read(file, input) else { continue };
        let named: Vec<(Option<u64>, &str)> = match key {
            Some(key) => settings
                .at(key)
                .map(Node::entries)
                .unwrap_or_default()
                .iter()
                .map(|(number, token)| {
                    (number.parse().ok(), token.word("content").unwrap_or_default())
                })
                .collect(),
            None => settings
                .entries()
                .iter()
                .map(|(text, number)| (number.number(), text.as_str()))
                .collect(),
        };
        for (number, text) in named {
            let Some(number) = number.filter(|_| told < MAX_TOLD && !text.is_empty()) else {
                continue;
            };
            let own = tokenizer.number(text).filter(|own| *own != number);
            let held = tokenizer.word(number).filter(|held| *held != text);
            if own.is_some() || held.is_some() {
                let text = format!(
                    "{file} gives {} the number {number}, and the tokenizer does not",
                    shown(text)
                );
                report.find(&DIFFERS, Malformed, 0, &text);
                told = told.saturating_add(1);
            }
        }
    }
}

fn read(file: &str, input: Input<'_>) -> Option<Node> {
    let bytes = input.beside.open(file)?;
    let mut tokens = Tokens::new(&*bytes, Limits { size: MAX_SETTINGS, ..Limits::default() });
    // What can't be read is told where it is read as a file of its own.
    let token = tokens.some().ok()?;
    Node::read(&mut tokens, token, &mut Node::allowance()).ok()
}
