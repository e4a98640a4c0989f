//! Which texts are words of people, and which are marks that nobody writes.

/// Common words whose absence changes what a sentence says.
#[rustfmt::skip]
const WEIGHTY: &[&str] = &[
    "not", "no", "never", "don't", "do", "does", "did", "is", "isn't", "are", "was", "can", "cannot", "can't", "won't", "without", "nor", "none", "neither",
    "refuse", "unless", "only", "all", "safe", "unsafe", "harmful", "but", "except", "must", "should", "the", "and", "or", "if", "you", "user",
    "assistant", "system", "false", "true", "yes", "deny", "allow",
];

/// Whether a text holds a letter or a digit.
pub(super) fn is_wordly(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The word that people write, if a token is one: letters alone, perhaps with a blank before or behind.
pub(super) fn ordinary(token: &str) -> Option<&str> {
    let word =
        token.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '▁' | 'Ġ'));
    let plain = |letter: char| {
        letter.is_alphabetic() || matches!(letter, ' ' | '\'' | '-' | '’' | ',' | '.')
    };
    (word.chars().count() >= 2 && word.chars().all(plain) && is_wordly(word)).then_some(word)
}

/// Whether a sentence says otherwise without a word.
pub(super) fn weighty(word: &str) -> bool {
    WEIGHTY.contains(&word.to_lowercase().as_str())
}

/// Whether two or more words of people stand in a token.
pub(super) fn speaks(token: &str) -> bool {
    ordinary(token).is_some_and(|words| words.split_whitespace().count() >= 2)
}

/// A part of a text, for a finding.
pub(super) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(80).collect();
    format!("{cut:?}")
}
