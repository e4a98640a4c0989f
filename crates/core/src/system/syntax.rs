//! Errors of TOML itself, so that one slip of the hand is one error.

use super::{problem::Problem, spans::Spans};
use crate::plain::plain;

/// Errors of syntax beyond this many are not told: the first ones are the ones to put right.
const MAX_SHOWN: usize = 20;

/// What is wrong with the syntax of a file, from what the parser says of it.
///
/// Text or brackets that are not closed make everything after them wrong: then only what opened them is told.
pub(super) fn problems(errors: &[toml::de::Error], text: &str, spans: &Spans) -> Vec<Problem> {
    if errors.is_empty() {
        return Vec::new();
    }
    let open = unclosed(text);
    let first_open = open.first().map_or(usize::MAX, |(line, _)| *line);
    let mut problems: Vec<Problem> = errors
        .iter()
        .map(|error| of_parser(error, text, spans))
        .filter(|problem| (problem.line as usize) < first_open)
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    for (line, what) in open {
        let start = spans.start_of(line);
        let end = start + lines.get(line.saturating_sub(1)).map_or(0, |line| line.len());
        let (message, hint) = match what {
            Opened::Text => (
                "this is not TOML: text that begins here is not closed",
                "put text between double quotes, both on the same line: key = \"text\"",
            ),
            Opened::Brace => (
                "this is not TOML: a table that begins here is not closed",
                "close it on the same line: key = { a = \"…\", b = \"…\" }",
            ),
            Opened::Bracket => (
                "this is not TOML: a bracket that opens here is not closed",
                "close it: [model.chat] for a table, [\"a\", \"b\"] for a list",
            ),
        };
        problems.push(Problem::error(
            "syntax",
            u32::try_from(line).unwrap_or(u32::MAX),
            start..end,
            message,
            hint,
        ));
    }
    problems.sort();
    problems.dedup_by_key(|problem| problem.line);
    problems.truncate(MAX_SHOWN);
    problems
}

fn of_parser(error: &toml::de::Error, text: &str, spans: &Spans) -> Problem {
    let span = error.span().unwrap_or(0..0);
    // At the end of a line the parser may point behind the line break: show the line that is wrong.
    let start = span.start.min(text.len());
    let behind_break =
        start > 0 && start == text.len() && text.as_bytes().get(start - 1) == Some(&b'\n');
    let start = if behind_break { start - 1 } else { start };
    let message = error.message().lines().next().unwrap_or_default();
    Problem::error("syntax", spans.line_at(start), span, safe_message(message), hint(message))
}

/// The parser's messages may quote the file; quoted parts longer than punctuation are dropped.
fn safe_message(message: &str) -> String {
    let quoted = |(index, part): (usize, &str)| match index % 2 {
        0 => part.to_owned(),
        _ if part.len() <= 2 => format!("`{part}`"),
        _ => "…".to_owned(),
    };
    let safe: String = message.split('`').enumerate().map(quoted).collect();
    plain(&format!("this is not TOML: {safe}"), 200)
}

fn hint(message: &str) -> &'static str {
    if message.contains("duplicate key") {
        "each table and key stands once: merge the two, or rename one"
    } else if message.contains("string") || message.contains("quote") {
        "put text between double quotes, both on the same line: key = \"text\""
    } else if message.contains("table") || message.contains(']') {
        "a table begins with its name in brackets, alone on a line: [model.chat]"
    } else if message.contains("array") {
        "a list stands in brackets with commas between its items: [\"a\", \"b\"]"
    } else if message.contains("date") || message.contains("number") || message.contains("integer")
    {
        "put text and days between double quotes: key = \"2026-01-31\""
    } else {
        "a line is a table, [model.chat], or a key and a value, key = \"text\""
    }
}

#[derive(Clone, Copy)]
enum Opened {
    Text,
    Brace,
    Bracket,
}

/// Lines on which something opens that never closes: text on its line; a brace or bracket before the next line that
/// begins a table or, outside of it, a key.
fn unclosed(text: &str) -> Vec<(usize, Opened)> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Opened)> = Vec::new();
    let mut in_long_text: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let mut rest = line;
        if let Some(mark) = in_long_text {
            let Some((_, after)) = rest.split_once(mark) else { continue };
            in_long_text = None;
            rest = after;
        } else if begins_anew(rest) && !open.is_empty() {
            found.push(open[0]);
            open.clear();
        }
        while let Some(at) = rest.find(['"', '\'', '#', '{', '}', '[', ']']) {
            let (c, after) = (rest.as_bytes()[at], rest.get(at + 1..).unwrap_or_default());
            rest = after;
            match c {
                b'#' => break,
                b'{' => open.push((number, Opened::Brace)),
                b'[' => open.push((number, Opened::Bracket)),
                b'}' | b']' => drop(open.pop()),
                quote => {
                    let mark = if quote == b'"' { "\"\"\"" } else { "'''" };
                    if let Some(long) = rest.strip_prefix(mark.get(1..).unwrap_or_default()) {
                        match long.split_once(mark) {
                            Some((_, after)) => rest = after,
                            None => {
                                in_long_text = Some(mark);
                                rest = "";
                            }
                        }
                    } else if let Some(after) = after_text(rest, quote) {
                        rest = after;
                    } else {
                        found.push((number, Opened::Text));
                        open.clear();
                        rest = "";
                    }
                }
            }
        }
        // A table's name stands on one line.
        if line.trim_start().starts_with('[')
            && open.last().is_some_and(|(opened, _)| *opened == number)
            && !line.contains(',')
        {
            found.push((number, Opened::Bracket));
            open.clear();
        }
    }
    found.extend(open.first());
    found
}

/// Whether a line begins a table or a key at the left edge, so that nothing before it can still be open.
fn begins_anew(line: &str) -> bool {
    let table = line.starts_with('[') && line.trim_end().ends_with(']') && !line.contains('"');
    let key = line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    });
    table || key
}

/// What follows the text that ends at the next such quote.
fn after_text(rest: &str, quote: u8) -> Option<&str> {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quote == b'"' => escaped = true,
            byte if byte == quote => return rest.get(at + 1..),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::system::read;

    fn lines(text: &str) -> Vec<u32> {
        read(text)
            .problems
            .iter()
            .filter(|problem| problem.kind == "syntax")
            .map(|problem| problem.line)
            .collect()
    }

    #[test]
    fn one_slip_is_one_error_where_it_was_made() {
        let after = "[b]\nx = \"y\"\nz = [\"1\"]\n";
        assert_eq!(lines(&format!("[a]\nx = \"y\n{after}")), [2]);
        assert_eq!(lines(&format!("[a]\nx = {{ y = \"z\"\n{after}")), [2]);
        assert_eq!(lines(&format!("[a]\nx = [\"z\"\n{after}")), [2]);
        assert_eq!(lines(&format!("[a\nx = \"z\"\n{after}")), [1]);
        assert_eq!(lines(&format!("[a]\nx =\n{after}")), [2]);
        assert_eq!(lines(&format!("x = \"a\nb = \"c\"\nd = \'e\n{after}")), [1, 3]);
        assert_eq!(lines(after), Vec::<u32>::new());
    }
}
