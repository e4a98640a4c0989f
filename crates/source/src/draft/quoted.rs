//! Inspected text within TOML.

use coseal_core::plain::plain;

/// Text as a TOML string. What could steer a terminal or reorder text stands as an escape.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut buffer = [0; 4];
    for c in text.chars() {
        let shown = c.encode_utf8(&mut buffer);
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            _ if plain(shown, 1) == *shown => out.push(c),
            _ if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Text as part of a comment: on one line, nothing in it that steers a terminal, bounded.
pub(super) fn comment(text: &str) -> String {
    plain(text, 200)
}

#[cfg(test)]
mod tests {
    use super::{comment, quoted};

    #[test]
    fn text_is_text_whatever_is_in_it() {
        assert_eq!(quoted("a \"b\"\\\n\u{7f}é"), "\"a \\\"b\\\"\\\\\\u000a\\u007fé\"");
        assert_eq!(comment("a\r\nb\u{1b}\u{202e}"), "a\\u{d}\\u{a}b\\u{1b}\\u{202e}");
    }
}
