//! Tokens of JavaScript and TypeScript: words, texts, templates, marks; comments and regular expressions are passed over.

/// Tokens beyond this many are not read.
const MAX_TOKENS: usize = 1_000_000;
/// Braces in braces.
const MAX_OPEN: usize = 10_000;
/// Templates in templates.
const MAX_TEMPLATES: usize = 100;

/// Bytes of the longest regular expression.
const MAX_PATTERN: usize = 2_000;
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
    /// The line on which it ends.
    pub(super) last_line: u32,
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
        open: Vec::new(),
        templates: 0,
        no_quote: 0,
        in_vain: 0,
        found: Vec::new(),
    };
    while lexer.at < text.len() {
        lexer.next();
        if lexer.found.len() > MAX_TOKENS
            || lexer.open.len() > MAX_OPEN
            || lexer.in_vain > MAX_IN_VAIN
        {
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
    /// Open braces; true for those of a template's part.
    open: Vec<bool>,
    /// Open templates.
    templates: usize,
    /// Up to here, quotes that open nothing were looked for in vain.
    no_quote: usize,
    /// Bytes that were looked at for regular expressions that turned out to be none.
    in_vain: usize,
    found: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn next(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match byte {
            b'\n' => {
                self.line = self.line.saturating_add(1);
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'/' if rest.starts_with(b"//") => self.skip_to("\n"),
            b'/' if rest.starts_with(b"/*") => {
                self.skip_to("*/");
                self.at = (self.at + 2).min(self.bytes.len());
            }
            b'/' if self.starts_pattern() => self.pattern(),
            b'"' | b'\'' => self.quoted(byte),
            b'`' => {
                self.push(Kind::Mark, self.at, self.at + 1, self.line);
                self.template();
            }
            b'}' if self.open.last() == Some(&true) => {
                self.open.pop();
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
        self.found.push(Token { kind, text, line, last_line: self.line });
        self.at = end;
    }

    fn skip_to(&mut self, end: &str) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let stop = rest.find(end).map_or(self.bytes.len(), |found| self.at + found);
        self.count_lines(self.at, stop);
        self.at = stop;
    }

    fn count_lines(&mut self, start: usize, end: usize) {
        let lines =
            self.bytes.get(start..end).unwrap_or_default().iter().filter(|b| **b == b'\n').count();
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
                Some(b'\\') => end += 2,
                Some(b'\n') | None => break false,
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
        self.at = end + 1;
    }

    fn previous_is_word(&self) -> bool {
        const BEFORE_TEXT: [&str; 10] =
            ["return", "case", "from", "import", "default", "of", "in", "typeof", "await", "yield"];
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
        self.count_lines(start, end);
        self.push(Kind::Part, start, end, line);
        if self.bytes.get(end) == Some(&b'$') && self.templates < MAX_TEMPLATES {
            self.push(Kind::Mark, end, end + 2, self.line);
            self.open.push(true);
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
            b'{' => self.open.push(false),
            b'}' => drop(self.open.pop()),
            _ => {}
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let long = MARKS.iter().find(|mark| rest.starts_with(**mark)).map_or(1, |mark| mark.len());
        self.push(Kind::Mark, self.at, self.at + long, self.line);
    }

    /// Whether a `/` here starts a regular expression: after an operator or keyword, not after a value.
    fn starts_pattern(&self) -> bool {
        const BEFORE: [&str; 8] =
            ["return", "typeof", "case", "in", "of", "delete", "void", "throw"];
        match self.found.last() {
            None => true,
            Some(token) => match token.kind {
                Kind::Word => BEFORE.contains(&token.text),
                Kind::Mark => {
                    !matches!(token.text, ")" | "]" | "}" | "`" | "<" | ">" | "++" | "--")
                }
                _ => false,
            },
        }
    }

    fn pattern(&mut self) {
        let mut end = self.at + 1;
        let mut class = false;
        loop {
            let near = end - self.at < MAX_PATTERN;
            match self.bytes.get(end).filter(|_| near) {
                Some(b'\\') => end += 2,
                Some(b'\n') | None => {
                    // No expression after all.
                    self.in_vain += end - self.at;
                    return self.push(Kind::Mark, self.at, self.at + 1, self.line);
                }
                Some(b'[') => (class, end) = (true, end + 1),
                Some(b']') => (class, end) = (false, end + 1),
                Some(b'/') if !class => break,
                Some(_) => end += 1,
            }
        }
        end += 1;
        while self.bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        self.push(Kind::Pattern, self.at, end.min(self.bytes.len()), self.line);
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'@') || byte >= 0x80
}
