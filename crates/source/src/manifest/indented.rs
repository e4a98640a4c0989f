//! Lines of simple YAML, as tools write it: keys, values and items of lists by their indentation.
//!
//! It is not a parser of YAML. Lock files and lists of packages need no more, and nothing in them can be made to
//! grow: no anchors, no tags, no nesting that is kept.

/// A line that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Its number, counted from 1.
    pub(crate) number: u32,
    /// Columns before what it says; for an item of a list, before its dash.
    pub(crate) indent: usize,
    /// Whether it begins an item of a list.
    pub(crate) item: bool,
    /// Its key, without quotes; empty for a bare value.
    pub(crate) key: &'a str,
    /// Its value, without quotes; empty where it follows on further lines.
    pub(crate) value: &'a str,
}

/// The lines of a text that say something.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().enumerate().filter_map(|(place, line)| {
        let trimmed = line.trim_start();
        let indent = line.len().saturating_sub(trimmed.len());
        let (item, said) = match trimmed.strip_prefix('-') {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => (true, rest.trim_start()),
            _ => (false, trimmed),
        };
        let said = said.split(" #").next().unwrap_or(said).trim();
        if said.starts_with('#') || said.is_empty() && !item || said == "---" {
            return None;
        }
        let (key, value) = parted(said);
        Some(Line { number: super::named::number(place), indent, item, key, value })
    })
}

/// `key: value`, `"key": value`, or a bare value.
fn parted(said: &str) -> (&str, &str) {
    let after_quote = said.strip_prefix(['"', '\'']).and_then(|rest| {
        let quote = said.chars().next()?;
        let (key, rest) = rest.split_once(quote)?;
        Some((key, rest.strip_prefix(':')?))
    });
    let found = after_quote.or_else(|| {
        let (key, value) = said.split_once(": ").or_else(|| Some((said.strip_suffix(':')?, "")))?;
        (!key.starts_with(['{', '['])).then_some((key, value))
    });
    match found {
        Some((key, value)) => (key.trim(), bare(value)),
        None => ("", bare(said)),
    }
}

fn bare(value: &str) -> &str {
    let value = value.trim();
    ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn tells_keys_items_and_values() {
        let text =
            "outs: # all\n- md5: ab\n  path: 'a b'\n  # no\n  - x=1\n\"k:1\": v\nurl: s3://b\n";
        let told: Vec<_> =
            lines(text).map(|l| (l.number, l.indent, l.item, l.key, l.value)).collect();
        assert_eq!(
            told,
            [
                (1, 0, false, "outs", ""),
                (2, 0, true, "md5", "ab"),
                (3, 2, false, "path", "a b"),
                (5, 2, true, "", "x=1"),
                (6, 0, false, "k:1", "v"),
                (7, 0, false, "url", "s3://b"),
            ]
        );
    }
}
