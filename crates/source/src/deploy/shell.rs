//! Commands as words: what a shell would start. Nothing is expanded but defaults and what is known.

use std::collections::BTreeMap;

/// Bytes of a text beyond which nothing more is filled in.
pub(crate) const MAX_FILLED: usize = 4 << 20;

/// A word with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) line: u32,
}

impl Word {
    pub(crate) fn new(text: &str, line: u32) -> Self {
        Self { text: text.to_owned(), line }
    }
}

/// The commands of a text, each as its words: lines joined behind `\`, comments left out, split at `;`, `&`, `|` and line ends.
pub(crate) fn commands(text: &str, first_line: u32) -> Vec<Vec<Word>> {
    let mut all = Vec::new();
    let mut splitter = Splitter { line: first_line, ..Splitter::default() };
    let mut symbols = text.chars().peekable();
    while let Some(symbol) = symbols.next() {
        let next = symbols.peek().copied();
        if splitter.take(symbol, next, &mut all) {
            symbols.next();
        }
    }
    splitter.end_command(&mut all);
    all
}

#[derive(Default)]
struct Splitter {
    line: u32,
    quote: Option<char>,
    word: String,
    in_word: bool,
    word_line: u32,
    comment: bool,
    command: Vec<Word>,
}

impl Splitter {
    /// Takes a symbol; true if the next one was taken with it.
    fn take(&mut self, symbol: char, next: Option<char>, all: &mut Vec<Vec<Word>>) -> bool {
        let line = self.line;
        if symbol == '\n' {
            self.line = self.line.saturating_add(1);
        }
        if self.comment {
            if symbol == '\n' {
                self.comment = false;
                self.end_command(all);
            }
            return false;
        }
        match (self.quote, symbol) {
            (Some(quote), _) if symbol == quote => self.quote = None,
            (Some(_), _) => {
                if symbol == '\\' && self.quote == Some('"') && matches!(next, Some('"' | '\\')) {
                    self.push(next.unwrap_or_default(), line);
                    return true;
                }
                self.push(symbol, line);
            }
            (None, '\'' | '"') => {
                self.start(line);
                self.quote = Some(symbol);
            }
            (None, '\\') => {
                match next {
                    Some('\n') => {
                        self.end_word();
                        self.line = self.line.saturating_add(1);
                    }
                    Some('\r') | None => return false,
                    Some(escaped) => self.push(escaped, line),
                }
                return true;
            }
            (None, '#') if !self.in_word => self.comment = true,
            (None, '\n' | ';' | '&' | '|') => self.end_command(all),
            (None, '(' | ')' | '`') if !self.in_word => self.end_command(all),
            (None, c) if c.is_whitespace() => self.end_word(),
            (None, _) => self.push(symbol, line),
        }
        false
    }

    fn start(&mut self, line: u32) {
        if !self.in_word {
            self.in_word = true;
            self.word_line = line;
        }
    }

    fn push(&mut self, symbol: char, line: u32) {
        self.start(line);
        self.word.push(symbol);
    }

    fn end_word(&mut self) {
        if self.in_word {
            self.command.push(Word { text: std::mem::take(&mut self.word), line: self.word_line });
            self.in_word = false;
        }
    }

    fn end_command(&mut self, all: &mut Vec<Vec<Word>>) {
        self.end_word();
        if !self.command.is_empty() {
            all.push(std::mem::take(&mut self.command));
        }
    }
}

/// A text with `${NAME:-default}`, `${NAME-default}` and `${NAME:default}` replaced by their defaults, and `${NAME}` as `resolve`
/// says. What has neither stays as it is.
pub(crate) fn with_defaults(text: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let Some(end) = closing(tail) else {
            out.push_str(tail);
            return out;
        };
        let (whole, after) = tail.split_at(end + 1);
        let inner = whole.get(2..end).unwrap_or_default();
        let name_end = inner
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(inner.len());
        let (name, operator) = inner.split_at(name_end);
        let default = [":-", "-", ":=", "="].iter().find_map(|mark| operator.strip_prefix(mark));
        // Settings of some frameworks write a colon only; `:?` is an error message.
        let default =
            default.or_else(|| operator.strip_prefix(':').filter(|d| !d.starts_with(['?', '+'])));
        match (resolve(name), default) {
            (Some(value), _) if out.len() < MAX_FILLED => out.push_str(&value),
            (Some(_), _) => out.push_str(whole),
            (None, Some(default)) => out.push_str(default),
            (None, None) => out.push_str(whole),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A text with `$NAME` and `${NAME}` replaced by what is known; the rest stays as it is.
pub(crate) fn filled(text: &str, known: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let name = tail.get(1..).unwrap_or_default();
        let braced = name.strip_prefix('{');
        let name = braced.unwrap_or(name);
        let end =
            name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let after = if braced.is_some() { after.strip_prefix('}') } else { Some(after) };
        match known.get(name).zip(after).filter(|_| out.len() < MAX_FILLED) {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('$');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the brace that `${` opens closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, byte) in text.bytes().enumerate().take(2_000) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{commands, with_defaults};

    #[test]
    fn splits_commands_into_words_with_lines() {
        let text = "# x\nollama pull llama3 && vllm serve \\\n  'a b' \\\n --host=\"0.0.0.0\"; echo hi # no\nx";
        let all = commands(text, 1);
        let words: Vec<Vec<&str>> =
            all.iter().map(|c| c.iter().map(|w| w.text.as_str()).collect()).collect();
        assert_eq!(
            words,
            [
                vec!["ollama", "pull", "llama3"],
                vec!["vllm", "serve", "a b", "--host=0.0.0.0"],
                vec!["echo", "hi"],
                vec!["x"]
            ]
        );
        assert_eq!(all[1][3].line, 4);
        assert_eq!(all[3][0].line, 5);
    }

    #[test]
    fn fills_in_defaults() {
        let none = |_: &str| None;
        assert_eq!(with_defaults("${A:-x}:${B-y}/${C:z}", &none), "x:y/z");
        assert_eq!(with_defaults("${A} ${B:?no}", &none), "${A} ${B:?no}");
        let some = |name: &str| (name == "A").then(|| "v".to_owned());
        assert_eq!(with_defaults("${A:-x}${B:-${A}}", &some), "v${A}");
        assert_eq!(with_defaults("${", &none), "${");
    }
}
