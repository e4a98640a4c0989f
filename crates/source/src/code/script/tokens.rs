//! Tokens of JavaScript and TypeScript: words, texts, templates, marks; comments and regular expressions are passed over.

mod pattern;

use std::cell::Cell;

/// Tokens beyond this many are not read.
const MAX_TOKENS: usize = 1_000_000;
/// Templates in templates.
const MAX_TEMPLATES: usize = 100;
/// Brackets in brackets.
const MAX_OPEN: usize = 10_000;
/// Bytes looked at for regular expressions that turn out to be none.
const MAX_IN_VAIN: usize = 16 << 20;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// A text in quotes; without the quotes, escapes as written.
    Text,
    /// A part of a template up to `${` or its end.
    Part,
    /// A regular expression.
    Pattern,
    /// Anything else.
    Mark,
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) line: u32,
    /// Whether a line ends before it.
    pub(super) fresh: bool,
}

impl Token<'_> {
    /// Whether it is this mark or keyword.
    pub(super) fn is(&self, wanted: &str) -> bool {
        matches!(self.kind, Kind::Mark | Kind::Word) && self.text == wanted
    }
}

/// Marks of several letters, the longest first.
const MARKS: [&str; 24] = [
    "...", "===", "!==", "**=", "??=", "||=", "&&=", "=>", "==", "!=", "<=", "??", "||", "&&",
    "?.", "++", "--", "+=", "-=", "*=", "/=", "**", "|=", "&=",
];

/// The tokens of a text; none if it holds more than is looked at. `` ` `` opens a template, `}` of its parts leads back into it.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        line: 1,
        ended: false,
        braces: Vec::new(),
        brackets: Vec::new(),
        closed: Closed::Value,
        templates: 0,
        no_quote: 0,
        in_vain: Cell::new(0),
        found: Vec::new(),
    };
    if text.trim_start_matches('\u{feff}').starts_with("#!") {
        lexer.skip_line();
    }
    while lexer.at < text.len() {
        lexer.next();
        let deep = lexer.braces.len().max(lexer.brackets.len()) > MAX_OPEN;
        let many = lexer.found.len() > MAX_TOKENS || lexer.in_vain.get() > MAX_IN_VAIN;
        if many || deep || lexer.templates > MAX_TEMPLATES {
            return None;
        }
    }
    Some(lexer.found)
}

/// For each opening bracket, the place of the one that closes it.
pub(super) fn closers(tokens: &[Token<'_>]) -> Vec<Option<usize>> {
    let mut closers = vec![None; tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
        match token.text {
            "(" | "[" | "{" | "${" => open.push(at),
            ")" | "]" | "}" => {
                if let Some(closed) = open.pop().and_then(|start| closers.get_mut(start)) {
                    *closed = Some(at);
                }
            }
            _ => {}
        }
    }
    closers
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    line: u32,
    /// Whether a line has ended since the last token.
    ended: bool,
    /// Open braces.
    braces: Vec<Brace>,
    /// Open round brackets: whether what stands in them is the condition of a statement.
    brackets: Vec<bool>,
    /// What the last bracket or brace closed.
    closed: Closed,
    /// Open templates.
    templates: usize,
    /// Up to here, quotes that open nothing were looked for in vain.
    no_quote: usize,
    /// Bytes that were looked at for regular expressions that turned out to be none.
    in_vain: Cell<usize>,
    found: Vec<Token<'a>>,
}

/// What a brace opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brace {
    /// A part of a template.
    Template,
    /// Statements, or the body of a class.
    Block,
    /// An object.
    Object,
    /// One of these, or a value in markup.
    Unknown,
}

/// What the last closing bracket or brace ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    /// A value: a `/` behind it divides.
    Value,
    /// A condition or a block: a statement starts behind it.
    Head,
    /// One of these.
    Unknown,
}

impl<'a> Lexer<'a> {
    fn next(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match byte {
            b'\n' => {
                self.line = self.line.saturating_add(1);
                self.ended = true;
                self.at += 1;
            }
            b'\r' => (self.ended, self.at) = (true, self.at + 1),
            b' ' | b'\t' | 0x0B | 0x0C => self.at += 1,
            0x80.. if rest.starts_with("\u{feff}".as_bytes()) => self.at += 3,
            0x80.. if ends_line(rest) => (self.ended, self.at) = (true, self.at + 3),
            b'/' if rest.starts_with(b"//") => self.skip_line(),
            b'/' if rest.starts_with(b"/*") => {
                self.skip_to("*/");
                self.at = (self.at + 2).min(self.bytes.len());
            }
            b'<' if rest.starts_with(b"<!--") && self.leaves_open() => self.skip_line(),
            b'/' if self.starts_pattern() => self.pattern(),
            b'"' | b'\'' => self.quoted(byte),
            b'`' => {
                self.push(Kind::Mark, self.at, self.at + 1, self.line);
                self.template();
            }
            b'}' if self.braces.last() == Some(&Brace::Template) => {
                self.braces.pop();
                self.templates = self.templates.saturating_sub(1);
                self.push(Kind::Mark, self.at, self.at + 1, self.line);
                self.template();
            }
            b'0'..=b'9' => self.run(Kind::Number),
            _ if is_word(byte) => self.run(Kind::Word),
            _ => self.mark(byte),
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, line: u32) {
        let text = self.text.get(start..end).unwrap_or_default();
        let fresh = std::mem::take(&mut self.ended);
        self.found.push(Token { kind, text, line, fresh });
        self.at = end;
    }

    fn skip_to(&mut self, end: &str) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let stop = rest.find(end).map_or(self.bytes.len(), |found| self.at + found);
        self.count_lines(self.at, stop);
        self.at = stop;
    }

    /// Up to where the line ends (ECMA-262, section 12.3).
    fn skip_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end);
    }

    /// Whether the rest of the line, read as code, would open a template or comment that it does not close. Behind `<!--` it is a
    /// comment, as old scripts may have them (ECMA-262, annex B.1.1).
    fn leaves_open(&self) -> bool {
        let line = self.text.get(self.at..).unwrap_or_default().lines().next().unwrap_or_default();
        line.matches('`').count() % 2 == 1 || line.contains("/*")
    }

    fn count_lines(&mut self, start: usize, end: usize) {
        let passed = self.bytes.get(start..end).unwrap_or_default();
        let lines = passed.iter().filter(|b| **b == b'\n').count();
        self.ended |= lines > 0 || passed.contains(&b'\r');
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    fn quoted(&mut self, quote: u8) {
        // An apostrophe within the text of markup opens nothing.
        let after_letter = quote == b'\''
            && self
                .at
                .checked_sub(1)
                .and_then(|at| self.bytes.get(at))
                .is_some_and(u8::is_ascii_alphanumeric);
        if self.at < self.no_quote {
            self.at += 1;
            return;
        }
        let mut end = self.at + 1;
        let closed = loop {
            match self.bytes.get(end) {
                Some(b'\\') => end += self.escaped(end),
                Some(b'\n' | b'\r') | None => break false,
                Some(found) if *found == quote => break true,
                Some(_) => end += 1,
            }
        };
        if !closed {
            self.no_quote = end;
        }
        if !closed || after_letter && self.previous_is_word() {
            self.at += 1;
            return;
        }
        let start = self.at + 1;
        let line = self.line;
        self.push(Kind::Text, start, end.min(self.bytes.len()), line);
        self.count_lines(start, end);
        self.ended = false;
        self.at = end + 1;
    }

    /// Bytes of an escape: the end of a line may be of two.
    fn escaped(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.starts_with(b"\\\r\n") { 3 } else { 2 }
    }

    fn previous_is_word(&self) -> bool {
        const BEFORE_TEXT: [&str; 20] = [
            "return",
            "case",
            "from",
            "import",
            "default",
            "of",
            "in",
            "typeof",
            "await",
            "yield",
            "else",
            "throw",
            "void",
            "delete",
            "instanceof",
            "new",
            "do",
            "extends",
            "as",
            "export",
        ];
        self.found
            .last()
            .is_some_and(|token| token.kind == Kind::Word && !BEFORE_TEXT.contains(&token.text))
    }

    /// A part of a template: up to `${`, which opens a brace, or to its end.
    fn template(&mut self) {
        let (start, line) = (self.at, self.line);
        let mut end = start;
        loop {
            match (self.bytes.get(end), self.bytes.get(end + 1)) {
                (Some(b'\\'), _) => end += 2,
                (Some(b'`'), _) | (None, _) => break,
                (Some(b'$'), Some(b'{')) => break,
                _ => end += 1,
            }
        }
        let end = end.min(self.bytes.len());
        self.push(Kind::Part, start, end, line);
        self.count_lines(start, end);
        self.ended = false;
        if self.bytes.get(end) == Some(&b'$') {
            self.push(Kind::Mark, end, end + 2, self.line);
            self.braces.push(Brace::Template);
            self.templates += 1;
        } else {
            self.push(Kind::Mark, end, (end + 1).min(self.bytes.len()), self.line);
        }
    }

    fn run(&mut self, kind: Kind) {
        let mut end = self.at;
        while self
            .bytes
            .get(end)
            .is_some_and(|byte| is_word(*byte) || kind == Kind::Number && *byte == b'.')
        {
            end += 1;
        }
        self.push(kind, self.at, end, self.line);
    }

    fn mark(&mut self, byte: u8) {
        match byte {
            b'{' => self.braces.push(self.brace()),
            b'}' => {
                self.closed = match self.braces.pop() {
                    Some(Brace::Block) => Closed::Head,
                    Some(Brace::Object) => Closed::Value,
                    _ => Closed::Unknown,
                }
            }
            b'(' => self.brackets.push(self.is_condition()),
            b')' => {
                let head = self.brackets.pop() == Some(true);
                self.closed = if head { Closed::Head } else { Closed::Value };
            }
            _ => {}
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let long = MARKS.iter().find(|mark| rest.starts_with(**mark)).map_or(1, |mark| mark.len());
        self.push(Kind::Mark, self.at, self.at + long, self.line);
    }
}

/// U+2028 and U+2029 end a line.
fn ends_line(rest: &[u8]) -> bool {
    matches!(rest, [0xE2, 0x80, 0xA8 | 0xA9, ..])
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'@') || byte >= 0x80
}

#[cfg(test)]
mod tests;
