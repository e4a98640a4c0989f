//! Methods of texts of which all is known.

use super::value::{Data, Value};

/// Bytes that a text may grow by.
const MANY: usize = 1 << 20;

/// What Python makes of a known text.
pub(super) fn text_of(text: &str, name: &str, words: &[&str]) -> Option<Data> {
    let first = words.first().copied();
    let set = |letter: char| first.map_or(is_blank(letter), |set| set.contains(letter));
    let made = match name {
        "strip" | "trim" if words.len() <= 1 => text.trim_matches(set).to_owned(),
        "lstrip" => text.trim_start_matches(set).to_owned(),
        "rstrip" => text.trim_end_matches(set).to_owned(),
        "upper" => text.to_uppercase(),
        "lower" | "casefold" => text.to_lowercase(),
        "swapcase" => text
            .chars()
            .map(|letter| {
                if letter.is_lowercase() {
                    letter.to_ascii_uppercase()
                } else {
                    letter.to_ascii_lowercase()
                }
            })
            .collect(),
        "capitalize" => {
            let mut letters = text.chars();
            let head =
                letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            head + &letters.as_str().to_lowercase()
        }
        "title" => titled(text),
        "replace" => match words {
            [from, to] if grows_little(text, from, to) => text.replace(from, to),
            _ => return None,
        },
        "removeprefix" => text.strip_prefix(first?).unwrap_or(text).to_owned(),
        "removesuffix" => text.strip_suffix(first?).unwrap_or(text).to_owned(),
        "join" if words.len() == 1 => {
            first?.chars().map(String::from).collect::<Vec<_>>().join(text)
        }
        "split" | "rsplit" => {
            let parts: Vec<&str> = match first {
                Some("") => return None,
                Some(mark) => text.split(mark).collect(),
                None => text.split(is_blank).filter(|part| !part.is_empty()).collect(),
            };
            return Some(Data::List(parts.into_iter().map(|part| Value::text(part, 0)).collect()));
        }
        _ => return None,
    };
    Some(Data::Text(made))
}

fn titled(text: &str) -> String {
    let mut within = false;
    text.chars()
        .flat_map(|letter| {
            let made: Vec<char> = if within {
                letter.to_lowercase().collect()
            } else {
                letter.to_uppercase().collect()
            };
            within = letter.is_alphanumeric();
            made
        })
        .collect()
}

/// What Python takes for a blank.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{1c}'..='\u{1f}')
}

/// Whether a text stays of a size that is made.
fn grows_little(text: &str, from: &str, to: &str) -> bool {
    let times =
        if from.is_empty() { text.len().saturating_add(1) } else { text.matches(from).count() };
    times.saturating_mul(to.len()) <= MANY
}
