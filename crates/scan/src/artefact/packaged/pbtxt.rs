//! The text form of protocol buffers: keys and values with the keys that they stand in.

use crate::artefact::stop::{Step, Stop, broken};

/// Tokens that are read.
const MAX_TOKENS: usize = 200_000;
/// Messages within messages.
const MAX_DEPTH: usize = 64;
/// Bytes of a key; no schema comes near.
const MAX_KEY: usize = 256;

/// Shows all values of a text, each after the keys that lead to it, with dots between. One path is held at a time.
pub(super) fn visit(text: &str, mut show: impl FnMut(&str, &str)) -> Step {
    let mut place = Place::default();
    let mut rest = text;
    for _ in 0..MAX_TOKENS {
        let Some((token, left)) = token(rest)? else {
            return if place.open.is_empty() {
                Ok(())
            } else {
                broken(0, "a message does not end")
            };
        };
        rest = left;
        match token {
            Token::Mark('{' | '<') => place.begin()?,
            Token::Mark('}' | '>') => place.end(),
            Token::Mark(':' | ',' | ';' | '[' | ']') => {}
            Token::Mark(mark) => show(place.path(), mark.encode_utf8(&mut [0; 4])),
            Token::Word(word) if place.takes_key(rest) => place.key(word)?,
            Token::Word(word) => show(place.path(), word),
            Token::Text(text) => show(place.path(), &text),
        }
    }
    Err(Stop::Limit("the settings are longer than is read"))
}

/// Where in the messages reading is.
#[derive(Default)]
struct Place {
    /// The keys of the open messages and the last one, with dots between.
    path: String,
    /// How long the path is without the last key, for each open message.
    open: Vec<usize>,
}

impl Place {
    fn path(&self) -> &str {
        &self.path
    }

    fn outer(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn takes_key(&self, rest: &str) -> bool {
        self.path.len() == self.outer() || rest.trim_start().starts_with([':', '{', '[', '<'])
    }

    fn key(&mut self, key: &str) -> Step {
        if key.len() > MAX_KEY {
            return broken(0, "a key is longer than settings have");
        }
        self.path.truncate(self.outer());
        self.path.push_str(key);
        Ok(())
    }

    fn begin(&mut self) -> Step {
        self.path.push('.');
        self.open.push(self.path.len());
        if self.open.len() > MAX_DEPTH {
            return broken(0, "messages nest deeper than settings do");
        }
        Ok(())
    }

    fn end(&mut self) {
        self.open.pop();
        self.path.truncate(self.outer());
    }
}

enum Token<'a> {
    Mark(char),
    Word(&'a str),
    /// Without quotes and escapes; texts side by side are one.
    Text(String),
}

/// The first token and what follows.
fn token(text: &str) -> Step<Option<(Token<'_>, &str)>> {
    let text = skipped(text);
    let Some(first) = text.chars().next() else { return Ok(None) };
    if matches!(first, '"' | '\'') {
        let (mut value, mut rest) = (String::new(), text);
        while let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            rest = skipped(quoted(rest, quote, &mut value)?);
        }
        return Ok(Some((Token::Text(value), rest)));
    }
    let word = |letter: char| letter.is_alphanumeric() || "_-+.".contains(letter);
    let Some(end) = text.find(|letter| !word(letter)).or(Some(text.len())).filter(|end| *end > 0)
    else {
        let (_, rest) = text.split_at(first.len_utf8());
        return Ok(Some((Token::Mark(first), rest)));
    };
    let (word, rest) = text.split_at(end);
    Ok(Some((Token::Word(word), rest)))
}

/// The text without the spaces and comments at its begin.
fn skipped(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(comment) = text.strip_prefix('#') {
        text = comment.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    text
}

/// Adds the text between two quotes to `value`; gives what follows.
fn quoted<'a>(text: &'a str, quote: char, value: &mut String) -> Step<&'a str> {
    let mut rest = text.get(1..).unwrap_or_default();
    loop {
        let mut letters = rest.chars();
        match letters.next() {
            None => return broken(0, "a text does not end"),
            Some(letter) if letter == quote => return Ok(letters.as_str()),
            Some('\\') => rest = escaped(letters.as_str(), value),
            Some(letter) => {
                value.push(letter);
                rest = letters.as_str();
            }
        }
    }
}

/// Adds what an escape stands for; gives what follows.
fn escaped<'a>(text: &'a str, value: &mut String) -> &'a str {
    let (digits, radix, longest) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 2),
        None => (text, 8, 3),
    };
    let digit = |letter: &u8| char::from(*letter).is_digit(radix);
    let count = digits.bytes().take(longest).take_while(digit).count();
    let (number, rest) = digits.split_at_checked(count).unwrap_or(("", digits));
    if let Ok(byte) = u32::from_str_radix(number, radix) {
        value.extend(char::from_u32(byte));
        return rest;
    }
    let mut letters = text.chars();
    value.extend(letters.next());
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::visit;

    fn fields(text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        visit(text, |key, value| found.push((key.to_owned(), value.to_owned()))).unwrap();
        found
    }

    #[test]
    fn values_come_with_their_keys_and_escapes_are_resolved() {
        let of = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            fields("a: 1 b { c: 'x' d < e: [2, 3] > } f: \"\\160y\" # z\n '\\x74hon'"),
            [of("a", "1"), of("b.c", "x"), of("b.d.e", "2"), of("b.d.e", "3"), of("f", "python")]
        );
    }

    #[test]
    fn long_keys_are_held_once() {
        let deep = format!("{}{}", "k {".repeat(65), "}".repeat(65));
        assert!(visit(&deep, |_, _| {}).is_err());
        assert!(visit(&format!("{}: 1", "k".repeat(300)), |_, _| {}).is_err());
        let key = "k".repeat(256);
        let text = format!("{} {}", format!("{key} {{").repeat(60), "a: 1 ".repeat(60_000));
        let mut count = 0_u32;
        let ended = visit(&text, |path, _| count += u32::from(path.ends_with(".a")));
        assert!(ended.is_err() && count > 40_000);
    }
}
