//! What is done to what somebody wrote. It may be shown as it is, trimmed, cut at marks, escaped, and nothing else.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    judge::Judge,
    marks::is_mark,
    methods::texted,
    rules::ALTERS,
    value::{CHANGED, CONTENT, COUNT, Data, LETTERS, MADE, MESSAGES, PIECES, SAID, TRIGGER, Value},
};

/// What leaves a text as it was, but for blanks around it and escapes.
const KEEPING: &[&str] = &[
    "trim",
    "strip",
    "lstrip",
    "rstrip",
    "string",
    "safe",
    "e",
    "escape",
    "forceescape",
    "tojson",
    "indent",
    "list",
    "items",
    "keys",
    "values",
    "dictsort",
    "first",
    "last",
    "default",
    "d",
    "from_json",
    "fromjson",
    "copy",
    "map",
    "get",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "reverse",
];
/// What asks how a text is, or counts.
const ASKING: &[&str] = &[
    "count",
    "find",
    "rfind",
    "index",
    "rindex",
    "isdigit",
    "isalpha",
    "isalnum",
    "isspace",
    "isupper",
    "islower",
    "isnumeric",
    "isdecimal",
    "isidentifier",
    "istitle",
    "changed",
    "int",
    "float",
    "abs",
    "round",
    "max",
    "min",
    "sum",
    "wordcount",
    "unique",
    "groupby",
    "sort",
    "batch",
    "slice",
];

/// Where the result of a method or filter comes from.
pub(super) fn worked(base: &Value, name: &str, values: &[Value], taint: u16) -> u16 {
    let by = values.iter().fold(0, |by, value| by | value.taint)
        & (CONTENT | super::value::DATE | COUNT);
    if base.taint & CONTENT == 0 {
        let asked = if by != 0 { TRIGGER } else { 0 };
        return texted(taint)
            | if base.is_constant() || ASKING.contains(&name) { asked } else { 0 };
    }
    let taint = taint & !COUNT;
    if KEEPING.contains(&name) {
        let blank = values.iter().all(|value| match &value.data {
            Data::Text(_) => value.known().is_some_and(|text| is_mark(text) || is_escape(text)),
            _ => true,
        });
        let strips = matches!(name, "trim" | "strip" | "lstrip" | "rstrip");
        return if strips && !blank { taint | CHANGED | TRIGGER } else { taint };
    }
    if matches!(name, "split" | "rsplit" | "partition" | "rpartition" | "splitlines") {
        let letters = if taint & SAID == 0 { 0 } else { LETTERS };
        let mark = values.first().is_some_and(|value| {
            value.known().is_some_and(|text| !text.trim().is_empty() && is_mark(text))
        });
        return taint | PIECES | if mark { 0 } else { TRIGGER | letters };
    }
    if matches!(name, "replace" | "removeprefix" | "removesuffix") {
        let switch = name == "replace"
            && base.taint & super::value::OPERATOR != 0
            && matches!(values, [from, to] if from.known().is_some_and(super::marks::is_switch) && to.known() == Some(""));
        return if switch || replaces_marks(name, values) {
            taint
        } else {
            taint | TRIGGER | CHANGED
        };
    }
    let of_mark = values.first().is_some_and(|value| value.known().is_some_and(is_mark));
    if of_mark && matches!(name, "find" | "rfind" | "index" | "rindex") {
        return (taint & !CONTENT) | COUNT | PIECES;
    }
    if ASKING.contains(&name) {
        return taint
            | TRIGGER
            | if matches!(name, "unique" | "sort" | "batch" | "slice") { CHANGED } else { 0 };
    }
    taint | TRIGGER | CHANGED
}

/// Whether only marks, blanks and escapes are replaced, by such.
fn replaces_marks(name: &str, values: &[Value]) -> bool {
    let plain = |value: &Value| match value.known() {
        Some(text) => is_mark(text) || is_escape(text),
        // What the application says is a mark.
        None => value.taint == 0 && !value.is_constant(),
    };
    match values {
        [from, to, ..] if name == "replace" => {
            let mark = from.known().is_some_and(|from| !from.trim().is_empty() && is_mark(from));
            mark || plain(from) && plain(to) && (from.known().is_none_or(|from| !from.is_empty()))
        }
        [mark] => plain(mark),
        _ => false,
    }
}

/// A quote, a backslash, a line's end, or how such is written where it would mean something.
fn is_escape(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    match letters.as_slice() {
        [] => true,
        [one] => {
            matches!(one, '"' | '\'' | '\\' | '<' | '>' | '&' | '`' | '{' | '}' | '|')
                || one.is_whitespace()
        }
        ['\\', rest @ ..] if rest.len() <= 2 => {
            rest.iter().all(|one| matches!(one, '"' | '\'' | '\\' | 'n' | 't' | 'r' | '/' | '`'))
        }
        _ => {
            matches!(text, "&lt;" | "&gt;" | "&amp;" | "&quot;" | "&#39;" | "''" | "\"\"" | "```")
                || letters.iter().all(|letter| letter.is_whitespace())
        }
    }
}

impl<'t> Judge<'t, '_> {
    /// Looks at a value that is shown.
    pub(super) fn altered(&mut self, at: usize, value: &Value) {
        if value.taint & SAID != 0 && !self.quiet {
            self.words = self.words.saturating_add(1);
            if self.jumped & TRIGGER != 0 {
                self.chance();
            }
        }
        let chosen = value.taint & LETTERS != 0
            && (value.taint | (self.under & !self.around)) & TRIGGER != 0;
        if value.taint & CONTENT != 0 && (value.taint & CHANGED != 0 || chosen) && !self.quiet {
            self.find(
                &ALTERS,
                Unknown,
                at,
                "it shows what somebody wrote otherwise than it was written",
            );
        }
    }

    /// A text is replaced in what somebody wrote.
    pub(super) fn replaced(&mut self, at: usize, base: &Value, values: &[Value]) {
        let [from, to, ..] = values else { return };
        let (Some(from), Some(to)) = (from.known(), to.known()) else { return };
        if !base.is_constant() && super::roles::swaps(from, to) {
            let detail = format!("it writes {to:?} where the role is {from:?}");
            self.find(&ALTERS, Malicious, at, &detail);
        }
        let says = |text: &str| !is_mark(text) && !is_escape(text);
        if base.taint & CONTENT != 0 && from != to && says(from) && says(to) {
            let detail = format!("it writes {to:?} where somebody wrote {from:?}");
            self.find(&ALTERS, Malicious, at, &detail);
        }
    }

    /// Pieces of what somebody wrote are put together by something else than what they were cut at.
    pub(super) fn rejoined(&mut self, at: usize, items: &Value, between: &Value) {
        let words = !between.known().is_some_and(|text| {
            is_mark(text) || is_escape(text) || !text.chars().any(char::is_alphanumeric)
        });
        let pieces = items.taint & PIECES != 0 && items.taint & (CONTENT | MESSAGES) != 0;
        if pieces && words && between.taint & MADE == 0 {
            self.find(
                &ALTERS,
                Malicious,
                at,
                "it puts words of its own between what somebody wrote",
            );
        }
    }
}
