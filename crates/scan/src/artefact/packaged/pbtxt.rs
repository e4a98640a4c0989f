//! The text form of protocol buffers: keys and values with the keys that they stand in.

use crate::artefact::stop::{Step, Stop, broken};

/// Tokens that are read.
const MAX_TOKENS: usize = 200_000;
/// Messages within messages.
const MAX_DEPTH: usize = 64;

/// A value and the keys that lead to it, with dots between.
pub(super) type Field = (String, String);

/// All values of a text.
pub(super) fn fields(text: &str) -> Step<Vec<Field>> {
    let (mut found, mut open) = (Vec::new(), Vec::<String>::new());
    let mut key = String::new();
    let mut rest = text;
    for _ in 0..MAX_TOKENS {
        let Some((token, left)) = token(rest)? else {
            return if open.is_empty() { Ok(found) } else { broken(0, "a message does not end") };
        };
        rest = left;
        match token.as_str() {
            "{" | "<" => {
                open.push(std::mem::take(&mut key));
                if open.len() > MAX_DEPTH {
                    return broken(0, "messages nest deeper than settings do");
                }
            }
            "}" | ">" => {
                open.pop();
                key.clear();
            }
            ":" | "," | ";" | "[" | "]" => {}
            _ if key.is_empty() || rest.trim_start().starts_with([':', '{', '[', '<']) => {
                key = token;
            }
            _ => {
                let path = open.iter().chain([&key]).map(String::as_str).collect::<Vec<_>>();
                found.push((path.join("."), token));
            }
        }
    }
    Err(Stop::Limit("the settings are longer than is read"))
}

/// The first token and what follows. Strings lose their quotes.
fn token(text: &str) -> Step<Option<(String, &str)>> {
    let mut text = text.trim_start();
    while let Some(comment) = text.strip_prefix('#') {
        text = comment.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    let Some(first) = text.chars().next() else { return Ok(None) };
    if matches!(first, '"' | '\'') {
        let mut value = String::new();
        let mut letters = text.char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            match letter {
                '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
                _ if letter == first => {
                    let rest = text.get(place.saturating_add(1)..).unwrap_or_default();
                    return Ok(Some((value, rest)));
                }
                _ => value.push(letter),
            }
        }
        return broken(0, "a text does not end");
    }
    let word = |letter: char| letter.is_alphanumeric() || "_-+.".contains(letter);
    let end = text.find(|letter| !word(letter)).unwrap_or(text.len()).max(first.len_utf8());
    let (token, rest) = text.split_at(end);
    Ok(Some((token.to_owned(), rest)))
}
