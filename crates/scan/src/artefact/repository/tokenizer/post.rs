//! Marks that are put around each text: what they are, and that they stand for themselves.

use coseal_core::fact::ArtefactVerdict::{self, Malformed, Malicious, Unknown};

use super::{
    super::rules::{DIFFERS, REWRITES},
    Tokenizer,
    marks::{ordinary, shown},
    node::Node,
};
use crate::artefact::report::Report;

/// Marks around one text.
const MAX_MARKS: usize = 12;
/// Processors within each other.
const MAX_DEPTH: usize = 16;

/// Judges a processor, and those within.
pub(super) fn judge(step: &Node, tokenizer: &Tokenizer, depth: usize, report: &mut Report) {
    if *step == Node::Null {
        return;
    }
    if depth > MAX_DEPTH {
        report.gap("post_processor", "its steps stand deeper within each other than is followed");
        return;
    }
    match step.word("type").unwrap_or_default() {
        "Sequence" => {
            for inner in step.at("processors").map(Node::items).unwrap_or_default() {
                judge(inner, tokenizer, depth.saturating_add(1), report);
            }
        }
        "ByteLevel" => {}
        "BertProcessing" | "RobertaProcessing" => {
            for key in ["sep", "cls"] {
                if let Some([word, number]) = step.at(key).map(Node::items) {
                    mark(word.text().unwrap_or_default(), number.number(), tokenizer, report);
                }
            }
        }
        "TemplateProcessing" => template(step, tokenizer, report),
        kind => say(Unknown, &format!("a step that is not known: {}", shown(kind)), report),
    }
}

fn say(verdict: ArtefactVerdict, text: &str, report: &mut Report) {
    report.find(&REWRITES, verdict, 0, &format!("post_processor: {text}"));
}

fn template(step: &Node, tokenizer: &Tokenizer, report: &mut Report) {
    for key in ["single", "pair"] {
        let pieces = step.at(key).map(Node::items).unwrap_or_default();
        let given = |name: &str| {
            pieces
                .iter()
                .any(|piece| piece.at("Sequence").and_then(|held| held.word("id")) == Some(name))
        };
        if !given("A") || key == "pair" && !given("B") {
            say(
                Malicious,
                &format!("the text itself is not among what {key} puts together"),
                report,
            );
        }
        if pieces.iter().filter(|piece| piece.at("SpecialToken").is_some()).count() > MAX_MARKS {
            say(Unknown, "it puts more marks around a text than known ones", report);
        }
    }
    for (name, token) in step.at("special_tokens").map(Node::entries).unwrap_or_default() {
        let numbers = token.at("ids").map(Node::items).unwrap_or_default();
        let words = token.at("tokens").map(Node::items).unwrap_or_default();
        if numbers.len() != words.len() || numbers.is_empty() {
            report.find(
                &DIFFERS,
                Malformed,
                0,
                &format!("the mark {} has not as many words as numbers", shown(name)),
            );
        }
        if numbers.len() > 1 {
            let said: String =
                numbers.iter().filter_map(|number| tokenizer.word(number.number()?)).collect();
            let plain = numbers
                .iter()
                .filter_map(|number| tokenizer.word(number.number()?))
                .any(|word| !tokenizer.is_special(word));
            let verdict = if plain { Malicious } else { Unknown };
            say(
                verdict,
                &format!("the mark {} stands for several words: {}", shown(name), shown(&said)),
                report,
            );
        } else {
            let word = words.first().and_then(Node::text).unwrap_or_default();
            mark(word, numbers.first().and_then(Node::number), tokenizer, report);
        }
    }
}

/// A mark that is put in, and its number.
fn mark(word: &str, number: Option<u64>, tokenizer: &Tokenizer, report: &mut Report) {
    let held = number.and_then(|number| tokenizer.word(number));
    if let Some(held) = held.filter(|held| *held != word) {
        let verdict = if tokenizer.is_special(held) { Malformed } else { Malicious };
        let text = format!("the mark {} has the number of {}", shown(word), shown(held));
        report.find(&DIFFERS, verdict, 0, &text);
    }
    if ordinary(word).is_some() && !tokenizer.is_special(word) {
        say(Malicious, &format!("it puts a word into each text: {}", shown(word)), report);
    }
}
