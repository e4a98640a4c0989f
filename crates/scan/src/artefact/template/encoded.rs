//! Texts that are written so that people cannot read them.

use super::english::{is_english, turned};
use crate::encoding::base::Base;

/// How a text within this one is written, if people cannot read it.
pub(super) fn encoded(text: &str) -> Option<&'static str> {
    let words = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_')));
    for word in words.filter(|word| word.len() >= 16 && word.len() <= 65_536) {
        let bases = [
            (Base::SixtyFour, "in Base64"),
            (Base::ThirtyTwo, "in Base32"),
            (Base::Sixteen, "in hexadecimal"),
        ];
        if let Some((_, name)) =
            bases.iter().find(|(base, _)| base.decoded(word).is_some_and(|bytes| reads(&bytes)))
        {
            return Some(name);
        }
    }
    if codes(text) {
        return Some("in numbers of letters");
    }
    if escapes(text) {
        return Some("in escapes");
    }
    if spaced(text) {
        return Some("in letters far apart");
    }
    text.split(['.', '!', '?', '\n', ';', ':'])
        .find_map(|sentence| (!is_english(sentence)).then(|| turned(sentence)).flatten())
}

fn reads(bytes: &[u8]) -> bool {
    let lettered = bytes.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte == b' ').count();
    bytes.len() >= 10
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r'))
        && lettered.saturating_mul(10) >= bytes.len().saturating_mul(8)
        && (bytes.contains(&b' ') || bytes.contains(&b'_') || bytes.contains(&b'-'))
}

/// Numbers in a row that are letters: decimal, or of eight bits.
fn codes(text: &str) -> bool {
    let (mut run, mut letters) = (0_usize, 0_usize);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | ';' | '/')) {
        let radix = if word.len() >= 7 { 2 } else { 10 };
        match u32::from_str_radix(word, radix).ok().filter(|code| (32..=126).contains(code)) {
            Some(code) => {
                run = run.saturating_add(1);
                let letter =
                    char::from_u32(code).is_some_and(|c| c.is_ascii_alphabetic() || c == ' ');
                letters = letters.saturating_add(usize::from(letter));
            }
            None if word.is_empty() => {}
            None => (run, letters) = (0, 0),
        }
        if run >= 10 && letters.saturating_mul(10) >= run.saturating_mul(8) {
            return true;
        }
    }
    false
}

/// Escapes of addresses, pages or programs that stand for letters.
fn escapes(text: &str) -> bool {
    let coded = |mark: &str, least: usize, radix: u32| {
        text.match_indices(mark)
            .filter(|(at, _)| {
                let rest = text.get(at.saturating_add(mark.len())..).unwrap_or_default();
                let digits: String =
                    rest.chars().take(4).take_while(|c| c.is_digit(radix)).collect();
                digits.len() >= least
            })
            .count()
            >= 6
    };
    coded("%", 2, 16)
        || coded("&#", 2, 10)
        || coded("&#x", 2, 16)
        || coded("\\u", 4, 16)
        || coded("\\x", 2, 16)
}

/// Letters with blanks or signs between, one by one.
fn spaced(text: &str) -> bool {
    let mut run = 0_usize;
    let mut different = std::collections::BTreeSet::new();
    for word in text.split([' ', '.', '-', '_', '*', '·', '\u{a0}']) {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_alphabetic() => {
                run = run.saturating_add(1);
                different.insert(letter);
            }
            (None, _) => {}
            _ => {
                run = 0;
                different.clear();
            }
        }
        if run >= 8 && different.len() >= 5 {
            return true;
        }
    }
    false
}
