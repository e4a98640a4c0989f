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

/// Words under the headings that hold one of these words, up to the next heading that is not below: the most that one has; none if
/// there is no such heading. Headings are ATX or setext; their own words do not count.
pub(crate) fn words_under(text: &str, words: &[&str]) -> Option<usize> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let lines: Vec<&str> = prose_lines(text).collect();
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        let below = lines.get(at + 1).map_or("", |next| next.trim());
        let level = match underlined(line, below) {
            Some(level) => level,
            None if line.starts_with('#') => line.chars().take_while(|c| *c == '#').count(),
            None if is_rule(line) => continue,
            None => {
                let count = line.split_whitespace().filter(|word| says_something(word)).count();
                for index in &open {
                    if let Some((_, words)) = found.get_mut(*index) {
                        *words += count;
                    }
                }
                continue;
            }
        };
        open.retain(|index| found.get(*index).is_some_and(|(above, _)| *above < level));
        let title = line.to_lowercase();
        if words.iter().any(|word| title.contains(word)) {
            open.push(found.len());
            found.push((level, 0));
        }
    }
    found.into_iter().map(|(_, words)| words).max()
}

/// The level of a setext heading: 1 for `===`, 2 for `---` below it.
fn underlined(line: &str, below: &str) -> Option<usize> {
    let is_title = !line.is_empty() && !line.starts_with(['-', '*', '|', '#', '=']);
    (is_title && is_rule(below)).then(|| if below.starts_with('=') { 1 } else { 2 })
}

fn is_rule(line: &str) -> bool {
    line.len() >= 2 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

fn says_something(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
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
    use super::{front_matter, headings, item_ids, mentions, words_under};

    #[test]
    fn reads_headings_outside_code() {
        let text = "# Data use #\n\n```\n# not one\n```\nLimits\n------\n";
        assert_eq!(headings(text), ["data use", "limits"]);
    }

    #[test]
    fn counts_the_words_below_a_heading() {
        let text = "# Detect, contain, recover\n\n## Contain\n- switch it off\n### How\nby hand\n\nRecover\n-------\n| - |\n```\nnot counted\n```\n";
        assert_eq!(words_under(text, &["contain"]), Some(5));
        assert_eq!(words_under(text, &["recover"]), Some(5));
        assert_eq!(words_under("Recover\n---\n", &["recover"]), Some(0));
        assert_eq!(words_under("# Detect contain recover", &["contain"]), Some(0));
        assert_eq!(words_under("recover", &["recover"]), None);
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
