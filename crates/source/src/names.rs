//! Names as words: what things are called in code, files and the system file, brought to one form.

/// Longer names are cut before they are looked at.
const MAX_NAME: usize = 256;

/// A name as lower-case words with `-` between them: `OrderLookup`, `order_lookup` and `order lookup` are one.
#[must_use]
pub(crate) fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut letters = name.chars().take(MAX_NAME).peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_alphanumeric() {
            let next_is_small = letters.peek().is_some_and(char::is_ascii_lowercase);
            if begins_word(before, letter, next_is_small) && !out.ends_with('-') {
                out.push('-');
            }
            out.push(letter.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        before = Some(letter);
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// `aB` begins a word at `B`, and `ABc` at `Bc`.
fn begins_word(before: Option<char>, letter: char, next_is_small: bool) -> bool {
    let Some(before) = before else { return false };
    letter.is_ascii_uppercase()
        && (before.is_ascii_lowercase() || before.is_ascii_uppercase() && next_is_small)
}

/// Words that say what kind of thing a name is of, and not which.
const KIND_WORDS: [&str; 6] = ["tool", "agent", "server", "mcp", "service", "store"];

/// A name without words that only say its kind: `search-tool` and `search` are one.
#[must_use]
pub(crate) fn core(name: &str) -> String {
    let whole = kebab(name);
    let words: Vec<_> = whole.split('-').filter(|word| !KIND_WORDS.contains(word)).collect();
    if words.is_empty() { whole } else { words.join("-") }
}

/// The last part of a path, or of what is written like one.
#[must_use]
pub(crate) fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

/// The folder of a path; empty for none.
#[must_use]
pub(crate) fn folder(path: &str) -> &str {
    path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A file's name without its ending.
#[must_use]
pub(crate) fn stem(path: &str) -> &str {
    let last = last_part(path);
    last.rsplit_once('.').map_or(last, |(stem, _)| if stem.is_empty() { last } else { stem })
}

/// A path as the walk names it.
#[must_use]
pub(crate) fn normal_path(path: &str) -> &str {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    if path == "." { "" } else { path }
}

/// Whether a path is a folder's, or is it.
#[must_use]
pub(crate) fn is_in(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{core, folder, is_in, kebab, stem};

    #[test]
    fn one_form_for_every_way_to_write_a_name() {
        for name in ["OrderLookup", "order_lookup", "order lookup", "--order--lookup--"] {
            assert_eq!(kebab(name), "order-lookup", "{name}");
        }
        assert_eq!(kebab("HTTPServer2"), "http-server2");
        assert_eq!(kebab("gpt-4o-2024-08-06"), "gpt-4o-2024-08-06");
        assert_eq!(kebab("\u{1b}[31m\n\"é"), "31m");
        assert_eq!(kebab("é"), "");
    }

    #[test]
    fn words_of_the_kind_do_not_count_unless_there_is_no_other() {
        assert_eq!(core("WebSearchTool"), "web-search");
        assert_eq!(core("tool"), "tool");
    }

    #[test]
    fn paths_have_parts() {
        assert_eq!((stem("a/b.tar.gz"), stem(".env"), stem("x")), ("b.tar", ".env", "x"));
        assert_eq!((folder("a/b/c"), folder("c")), ("a/b", ""));
        assert!(is_in("a/b", "a") && is_in("a", "a") && !is_in("ab", "a") && is_in("x", ""));
    }
}
