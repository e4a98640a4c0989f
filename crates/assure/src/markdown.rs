//! What a document says of itself: its headings, its front matter, its list items.

use std::collections::BTreeMap;

use serde_json::Value;

/// Front matter larger than this is not read.
const MAX_FRONT_MATTER: usize = 64 << 10;

/// Titles of the headings (ATX and setext), lower case; those within code blocks are not headings.
pub(crate) fn headings(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut previous = "";
    for line in prose_lines(text) {
        let trimmed = line.trim();
        if let Some(title) = trimmed.strip_prefix('#') {
            out.push(title.trim_matches(|c: char| c == '#' || c.is_whitespace()).to_lowercase());
        } else if trimmed.len() >= 2
            && (trimmed.bytes().all(|b| b == b'=') || trimmed.bytes().all(|b| b == b'-'))
        {
            let title = previous.trim();
            if !title.is_empty() && !title.starts_with(['-', '*', '|', '#']) {
                out.push(title.to_lowercase());
            }
        }
        previous = line;
    }
    out
}

/// Whether a heading holds one of these words.
pub(crate) fn has_heading(headings: &[String], words: &[&str]) -> bool {
    headings.iter().any(|heading| words.iter().any(|word| heading.contains(word)))
}

/// The scalar fields of the front matter (YAML between `---` lines at the top); none if there is none.
///
/// # Errors
/// Why it can't be read.
pub(crate) fn front_matter(text: &str) -> Result<BTreeMap<String, String>, &'static str> {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return Ok(BTreeMap::new());
    };
    let end = rest.find("\n---").ok_or("does not end with a line ---")?;
    let yaml = rest
        .get(..end)
        .filter(|yaml| yaml.len() <= MAX_FRONT_MATTER)
        .ok_or("is too long to read")?;
    let fields = serde_saphyr::from_str::<BTreeMap<String, Value>>(yaml)
        .map_err(|_| "is not YAML with each key once")?;
    let scalar = |(key, value)| match value {
        Value::String(text) => Some((key, text)),
        Value::Number(number) => Some((key, number.to_string())),
        Value::Bool(boolean) => Some((key, boolean.to_string())),
        _ => None,
    };
    Ok(fields.into_iter().filter_map(scalar).collect())
}

/// The ids of list items written `- id: text` (or with the id in backticks), in order.
pub(crate) fn item_ids(text: &str) -> Vec<String> {
    let id = |line: &str| {
        let item = line.trim_start().strip_prefix(['-', '*'])?.trim_start();
        let (id, _) = item.split_once(':')?;
        let id = id.trim().trim_matches('`').trim_matches('*');
        let good = !id.is_empty()
            && id.len() <= 64
            && id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || c == '.');
        good.then(|| id.to_owned())
    };
    prose_lines(text).filter_map(id).collect()
}

/// Whether `word` stands in `text` as a word of its own, whatever the case.
pub(crate) fn mentions(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let word = word.to_lowercase();
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
    text.match_indices(&word).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
        !part(before) && !part(after)
    })
}

/// Lines outside fenced code blocks.
fn prose_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        if fence {
            fenced = !fenced;
        }
        !fence && !fenced
    })
}

#[cfg(test)]
mod tests {
    use super::{front_matter, headings, item_ids, mentions};

    #[test]
    fn reads_headings_outside_code() {
        let text = "# Data use #\n\n```\n# not one\n```\nLimits\n------\n";
        assert_eq!(headings(text), ["data use", "limits"]);
    }

    #[test]
    fn reads_scalar_front_matter_and_survives_broken_yaml() {
        let fields =
            front_matter("---\nlicense: mit\nparameters: 12\ntags: [a]\n---\n# x\n").unwrap();
        assert_eq!(fields.get("license").map(String::as_str), Some("mit"));
        assert_eq!(fields.get("parameters").map(String::as_str), Some("12"));
        assert!(!fields.contains_key("tags"));
        assert!(front_matter("---\n: : [\n---\n").is_err());
        assert!(front_matter("---\na: 1\na: 2\n---\n").is_err());
        assert!(front_matter("no front matter").unwrap().is_empty());
        assert!(front_matter("---\na: &a [x, x]\nb: *a\n").is_err());
    }

    #[test]
    fn finds_ids_and_whole_words() {
        assert_eq!(item_ids("- w1: late parcels\n* `w2`: two\n- no id here\n"), ["w1", "w2"]);
        assert!(mentions("see w1, and W2.", "w2"));
        assert!(!mentions("see w12", "w1"));
    }
}
