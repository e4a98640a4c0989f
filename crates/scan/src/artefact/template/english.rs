//! Whether a text is English, and whether it becomes English when its letters are turned.

use super::instruction::speaks_plainly;

/// The words that English is full of.
const COMMON: &[&str] = &[
    "the", "a", "an", "to", "of", "you", "is", "and", "in", "for", "with", "are", "your", "be",
    "or", "this", "that", "it", "on", "as", "if", "not", "use", "by", "have", "can", "will",
    "must", "do", "when", "from", "all", "any", "at", "only", "should", "no", "their", "what",
    "which", "was", "has", "i", "me", "my", "user", "always", "never",
];
/// Words in which a text has to be turned to be English.
const ENOUGH: usize = 3;

/// Whether at least one of some words is a common one.
pub(super) fn is_english(text: &str) -> bool {
    common(text) > 0
}

fn common(text: &str) -> usize {
    words(text).filter(|word| COMMON.contains(&word.to_ascii_lowercase().as_str())).count()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
}

/// How a text that is not English becomes English, if it does.
pub(super) fn turned(text: &str) -> Option<&'static str> {
    let long = words(text).filter(|word| word.is_ascii() && word.len() >= 2).count();
    let program = text.contains(['{', '}', '<', '>', '=', '_', '|', '"']);
    if long < ENOUGH || program || text.len() > 4096 {
        return None;
    }
    let text = &text.to_lowercase();
    let says = |text: &str| {
        let told = words(text).filter(|word| word.len() >= 3 && COMMON.contains(word)).count();
        told >= ENOUGH || (told > 0 && speaks_plainly(text).is_some())
    };
    if (1..26).any(|by| says(&shifted(text, by))) {
        return Some("in shifted letters");
    }
    let backwards: String = text.chars().rev().collect();
    if says(&backwards) {
        return Some("written backwards");
    }
    let each: Vec<String> = text.split(' ').map(|word| word.chars().rev().collect()).collect();
    if says(&each.join(" ")) {
        return Some("in words written backwards");
    }
    let mirrored: String = text.chars().map(mirror).collect();
    says(&mirrored).then_some("in letters counted from the end")
}

fn shifted(text: &str, by: u8) -> String {
    text.chars()
        .map(|letter| match letter {
            'a'..='z' => turn(letter, b'a', by),
            'A'..='Z' => turn(letter, b'A', by),
            _ => letter,
        })
        .collect()
}

fn turn(letter: char, first: u8, by: u8) -> char {
    let place = (letter as u8).wrapping_sub(first).wrapping_add(by);
    char::from(first.wrapping_add(if place >= 26 { place.wrapping_sub(26) } else { place }))
}

const fn mirror(letter: char) -> char {
    match letter {
        'a'..='z' => (b'a' + b'z').wrapping_sub(letter as u8) as char,
        'A'..='Z' => (b'A' + b'Z').wrapping_sub(letter as u8) as char,
        _ => letter,
    }
}

/// Common words of other languages in which instructions are told by their words.
const READ: &[&str] = &[
    "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "sie", "für", "auf", "le",
    "les", "des", "est", "et", "une", "vous", "pour", "que", "el", "los", "las", "una", "es", "y",
    "con", "por", "il", "di", "che", "è", "un", "per", "os", "uma", "com", "não", "het", "een",
    "van", "en", "niet", "nie", "się", "jest", "w", "na", "do", "po", "się", "ve", "bir", "bu",
    "den", "och", "att", "det",
];

/// Whether there is a row of words of Latin letters that are of no language that is read.
pub(super) fn is_foreign(text: &str) -> bool {
    let breaks =
        |letter: char| !(letter.is_alphabetic() || matches!(letter, ' ' | ',' | '\'' | '-'));
    text.split(breaks).any(|row| {
        let row = row.to_lowercase();
        let latin =
            words(&row).filter(|word| word.len() >= 2 && word.chars().all(|c| c < '\u{250}'));
        let known = |word: &str| COMMON.contains(&word) || READ.contains(&word);
        latin.count() >= MANY_WORDS && !words(&row).any(known)
    })
}

/// Words of a text in which each language that is read would have a common one.
const MANY_WORDS: usize = 7;
