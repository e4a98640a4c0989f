//! Attributes of a tag, and references in them.

use crate::artefact::stop::{Step, Stop, broken};

/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 256;

/// The attributes of a tag that is at `at`.
pub(super) fn read(text: &str, at: u64) -> Step<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let parts = rest.split_once('=').and_then(|(name, rest)| {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, rest) = rest.strip_prefix(quote)?.split_once(quote)?;
            Some((name.trim(), value, rest.trim_start()))
        });
        let Some((name, value, left)) = parts else {
            return broken(at, "an attribute is broken");
        };
        if name.contains(char::is_whitespace) || found.iter().any(|(held, _)| held == name) {
            return broken(at, format!("the attribute {name} is broken or there twice"));
        }
        if found.len() >= MAX_ATTRIBUTES {
            return Err(Stop::Limit("a tag has more attributes than are read"));
        }
        found.push((name.to_owned(), plain(value, at)?));
        rest = left;
    }
    Ok(found)
}

/// A value with its references resolved.
fn plain(value: &str, at: u64) -> Step<String> {
    let mut parts = value.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once(';') else {
            return broken(at, "a reference does not end");
        };
        out.push(known(name.as_bytes(), at)?);
        out.push_str(rest);
    }
    Ok(out)
}

/// The letter that a reference stands for.
pub(super) fn known(name: &[u8], at: u64) -> Step<char> {
    let number = |digits: &[u8], radix| {
        let text = std::str::from_utf8(digits).ok()?;
        char::from_u32(u32::from_str_radix(text, radix).ok()?)
    };
    let known = match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x', digits @ ..] => number(digits, 16),
        [b'#', digits @ ..] => number(digits, 10),
        _ => None,
    };
    known.map_or_else(|| broken(at, "an entity is none of XML's own"), Ok)
}

/// The value of an attribute.
pub(crate) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
}
