//! The steps that change texts before they are split into words, and those that make an answer of words again. Known ones change how letters
//! are written; none puts words in or takes them out.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    super::rules::{REGEX, REWRITES},
    charsmap::rewrites,
    marks::{is_wordly, shown},
    node::Node,
    pattern::Pattern,
};
use crate::artefact::report::Report;

/// Steps within each other.
const MAX_DEPTH: usize = 16;
/// Letters that a step may cut at each end.
const MAX_CUT: u64 = 2;
/// Steps that only change how letters are written, or where words begin.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "BertNormalizer", "Nmt", "ByteLevel", "ByteFallback", "Fuse", "BertPreTokenizer",
    "Whitespace", "WhitespaceSplit", "Punctuation", "Digits", "UnicodeScripts", "FixedLength",
];

/// Judges a step, and those within.
pub(super) fn judge(step: &Node, place: &str, depth: usize, report: &mut Report) {
    if *step == Node::Null {
        return;
    }
    if depth > MAX_DEPTH {
        report.gap(place, "its steps stand deeper within each other than is followed");
        return;
    }
    let kind = step.word("type").unwrap_or_default();
    let mut bad = |verdict, text: String| {
        report.find(&REWRITES, verdict, 0, &format!("{place}: {text}"));
    };
    match kind {
        "Sequence" => {
            for list in ["normalizers", "pretokenizers", "decoders", "processors"] {
                for inner in step.at(list).map(Node::items).unwrap_or_default() {
                    judge(inner, place, depth.saturating_add(1), report);
                }
            }
        }
        "Strip" => {
            let cut = ["start", "stop"].iter().filter_map(|key| step.at(key)?.number()).max();
            let letters = step.word("content").unwrap_or_default();
            if is_wordly(letters) {
                bad(Malicious, format!("it cuts off {letters:?}"));
            } else if cut > Some(MAX_CUT) {
                bad(Unknown, format!("it cuts off more than {MAX_CUT} letters"));
            }
        }
        "Replace" => replace(step, place, report),
        "Split" => split(step, place, report),
        "Precompiled" => {
            let map = step.word("precompiled_charsmap").unwrap_or_default();
            match rewrites(map) {
                Ok(Some((from, to))) => bad(
                    Malicious,
                    format!("its table writes {} where {} stands", shown(&to), shown(&from)),
                ),
                Ok(None) => {}
                Err(why) => bad(Unknown, format!("its table {why}")),
            }
        }
        "Prepend" | "Metaspace" | "WordPiece" | "BPEDecoder" | "CTC" | "CharDelimiterSplit" => {
            for key in [
                "prepend",
                "replacement",
                "prefix",
                "suffix",
                "word_delimiter_token",
                "delimiter",
                "str_rep",
            ] {
                if let Some(text) = step.word(key).filter(|text| is_wordly(text) && !is_tag(text)) {
                    bad(Malicious, format!("the {key} of {kind} is a word: {}", shown(text)));
                }
            }
            if let Some(text) =
                step.word("pad_token").filter(|text| is_wordly(text) && !is_tag(text))
            {
                bad(Unknown, format!("it leaves out {}", shown(text)));
            }
        }
        _ if PLAIN.contains(&kind) => {}
        _ => bad(Unknown, format!("a step that is not known: {}", shown(kind))),
    }
}

fn is_tag(text: &str) -> bool {
    text.starts_with(['<', '[', '|']) && text.ends_with(['>', ']', '|'])
}

/// What a step looks for: a text as it is, or an expression.
fn wanted(step: &Node) -> (Option<&str>, Option<&str>) {
    let pattern = step.at("pattern");
    let of = |key: &str| pattern.and_then(|pattern| pattern.word(key));
    (of("String").or_else(|| pattern.and_then(Node::text)), of("Regex"))
}

/// One text in place of another. Signs, blanks and single letters of other scripts are written otherwise by honest ones.
fn replace(step: &Node, place: &str, report: &mut Report) {
    let (text, regex) = wanted(step);
    let to = step.word("content").unwrap_or_default();
    let single = |text: &str| {
        text.chars().count() <= 1 && !text.chars().any(|letter| letter.is_ascii_alphanumeric())
    };
    let from = text.or(regex).unwrap_or_default();
    let verdict = if let Some(regex) = regex {
        let found = expression(regex, place, report);
        match (found.literal, found.broad, is_wordly(to)) {
            _ if single(regex) && single(to) => None,
            (true, _, true) | (_, true, true) => Some(Malicious),
            (false, false, true) if to.chars().count() > 1 => Some(Malicious),
            (true, ..) | (_, true, _) | (.., true) => Some(Unknown),
            (false, false, false) => None,
        }
    } else {
        match (is_wordly(from), is_wordly(to)) {
            (false, false) => None,
            _ if single(from) && single(to) => None,
            // One letter of one script, as its letters are folded.
            _ if from.chars().count() == 1 && to.chars().count() <= 2 && !from.is_ascii() => None,
            _ => Some(Malicious),
        }
    };
    if let Some(verdict) = verdict {
        let text = format!("{place}: it writes {} where {} stands", shown(to), shown(from));
        report.find(&REWRITES, verdict, 0, &text);
    }
}

/// Words are split at a text, which may be left out.
fn split(step: &Node, place: &str, report: &mut Report) {
    let (text, regex) = wanted(step);
    let found = regex.map(|regex| expression(regex, place, report)).unwrap_or_default();
    if step.word("behavior") != Some("Removed") {
        return;
    }
    let from = text.or(regex).unwrap_or_default();
    let verdict = match (step.is_true("invert"), regex) {
        (false, None) if is_wordly(from) => Some(Malicious),
        (false, Some(_)) if found.literal => Some(Malicious),
        (false, Some(_)) if found.broad => Some(Unknown),
        (true, None) => Some(Unknown),
        (true, Some(_)) if !found.broad => Some(Malicious),
        (true, Some(regex)) if regex.contains("(?!") || regex.contains("(?<!") => Some(Unknown),
        _ => None,
    };
    if let Some(verdict) = verdict {
        report.find(
            &REWRITES,
            verdict,
            0,
            &format!("{place}: it leaves out what {} says", shown(from)),
        );
    }
}

fn expression(regex: &str, place: &str, report: &mut Report) -> Pattern {
    let found = Pattern::of(regex);
    if found.endless {
        let text = format!("{place}: a repetition within a repetition: {}", shown(regex));
        report.find(&REGEX, Unknown, 0, &text);
    } else if found.odd {
        let text = format!("{place}: an expression that is not followed: {}", shown(regex));
        report.find(&REGEX, Unknown, 0, &text);
    }
    found
}
