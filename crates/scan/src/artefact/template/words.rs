//! How much a text says, marks of formats aside.

use std::collections::BTreeSet;

use super::text::HOLE;

/// Words in a row that say something, and different words that do.
const ROW: usize = 3;
const DIFFERENT: usize = 10;

/// Whether a text says something: so many words in a row, or so many different ones. Marks of formats, names and keys are no words.
pub(super) fn says_something(text: &str) -> bool {
    let plain = without_tags(text);
    let (mut row, mut longest) = (0_usize, 0_usize);
    let mut different = BTreeSet::new();
    let mut rest = plain.as_str();
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|c: char| !is_wordly(c)).unwrap_or(rest.len());
        if end == 0 {
            if !matches!(letter, ' ' | ',' | '\t' | '(' | ')' | ';' | '!' | '?' | '.' | '*') {
                row = 0;
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        let weight = if is_key(after) { 0 } else { weight(word) };
        if weight > 0 {
            different.insert(word.to_lowercase());
        }
        row = row.saturating_add(weight);
        longest = longest.max(row);
    }
    longest >= ROW || different.len() >= DIFFERENT
}

const fn is_wordly(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '_' | '-' | '\'' | '’' | '0'..='9')
        || (letter > '\u{bf}'
            && !matches!(letter, HOLE | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{301f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}' | '｜'))
}

/// How many words a word is: none for one letter, more for writing without blanks or a sentence in one name.
fn weight(word: &str) -> usize {
    let dense = word.chars().filter(|letter| is_dense(*letter)).count();
    let parts = word
        .split(['_', '-'])
        .filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() >= 2);
    let parts = parts.count();
    let one = if parts > MANY_PARTS || word.len() > LONG { parts.max(ROW) } else { parts.min(1) };
    one.max(dense >> 1)
}

/// Whether the word before `after` is a key of JSON or of what looks like it.
fn is_key(after: &str) -> bool {
    after.strip_prefix(['"', ':']).is_some_and(|rest| {
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        after.starts_with("\":")
            || !rest.starts_with(|letter: char| letter == ' ' || letter.is_alphabetic())
    })
}

/// Where a tag stood.
const BREAK: char = '\u{1}';

/// Parts of a name, and bytes of a word, beyond which it is a sentence.
const MANY_PARTS: usize = 4;
const LONG: usize = 36;

/// Letters of writing in which a letter is a word, or a part of one, without blanks between.
const fn is_dense(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A text without tags of one word each.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        out.push(BREAK);
        let end = tag.find(['>', ']']).filter(|end| tag.get(..*end).is_some_and(is_one_word));
        let skip = end.map_or(1, |end| end.saturating_add(1));
        rest = tag.get(skip..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Whether a tag is a name, perhaps with attributes.
fn is_one_word(tag: &str) -> bool {
    super::marks::is_mark(&format!("{tag}]"))
        || tag.len() <= 64
            && tag.split_whitespace().count() <= 1
            && tag.matches(['_', '-']).count() <= 4
}
