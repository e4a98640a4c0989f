//! Symbols, colours and line breaks. Nothing is said by colour alone.

use anstyle::{AnsiColor, Style};
use coseal_core::outcome::State;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();

/// The symbol of a state and its style.
pub(crate) const fn symbol(state: State) -> (&'static str, Style) {
    match state {
        State::Pass => ("✓", GREEN),
        State::Partial => ("◐", YELLOW),
        State::Fail => ("✗", RED),
        State::NotApplicable => ("–", DIM),
        State::Waived => ("~", YELLOW),
        State::Stale => ("◷", YELLOW),
        State::Unknown => ("?", DIM),
    }
}

/// Text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Columns that a text takes: its letters, without what gives them colour.
pub(crate) fn columns(text: &str) -> usize {
    let mut count = 0;
    let mut in_escape = false;
    for letter in text.chars() {
        match letter {
            '\u{1b}' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ => count += usize::from(!in_escape),
        }
    }
    count
}

/// Words broken into lines of at most `width` columns, each beginning with `indent` but the first, which
/// begins with `first`.
pub(crate) fn wrap(text: &str, width: usize, first: &str, indent: &str) -> String {
    let mut out = String::from(first);
    let mut column = columns(first);
    let mut fresh = true;
    for word in text.split_whitespace() {
        let length = columns(word);
        if !fresh && column + 1 + length > width {
            out.push('\n');
            out.push_str(indent);
            column = columns(indent);
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        fresh = false;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::{BOLD, columns, styled, wrap};

    #[test]
    fn wraps_within_the_width() {
        let text = wrap("one two three four", 10, "- ", "  ");
        assert_eq!(text, "- one two\n  three\n  four\n");
        assert_eq!(wrap("two three", 10, &styled(BOLD, "x "), "").lines().count(), 2);
        assert_eq!(columns(&styled(BOLD, "four")), 4);
        assert_eq!(wrap("unbreakablylong", 5, "", ""), "unbreakablylong\n");
    }
}
