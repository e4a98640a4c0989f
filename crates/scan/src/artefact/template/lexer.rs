//! From text to pieces: plain text, and the tokens between delimiters. Jinja2's own delimiters, which hubs do not change.

use super::{syntax::Problem, text::unescaped};

/// A token, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: Lexeme,
}

/// Kinds of token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    /// Text outside delimiters.
    Plain(String),
    /// `{{`, `}}`, `{%`, `%}`.
    ShowBegin,
    ShowEnd,
    BlockBegin,
    BlockEnd,
    Name(String),
    Text(String),
    Int(i64),
    Float(f64),
    Sign(&'static str),
}

/// Signs, the longest first.
const SIGNS: &[&str] = &[
    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "|", ".", ",", ":", ";", "(",
    ")", "[", "]", "{", "}", "<", ">", "=",
];

/// Cuts a template into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), trim: false };
    while lexer.at < text.len() {
        lexer.outside()?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    /// Whether the blanks that follow go.
    trim: bool,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn problem<T>(&self, what: &'static str) -> Result<T, Problem> {
        Err(Problem { at: self.at, what, limit: false })
    }

    fn push(&mut self, kind: Lexeme) {
        self.tokens.push(Token { at: self.at, kind });
    }

    fn step(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn outside(&mut self) -> Result<(), Problem> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let opens =
            |at: &usize| matches!(bytes.get(at.saturating_add(1)), Some(b'{' | b'%' | b'#'));
        let cut = memchr::memchr_iter(b'{', bytes).find(opens).unwrap_or(rest.len());
        let (plain, rest) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        let stripped = matches!(rest.as_bytes(), [_, _, b'-', ..]);
        self.plain(plain, stripped);
        self.step(cut);
        match rest.as_bytes() {
            [] => Ok(()),
            [_, b'#', ..] => self.comment(),
            [_, b'{', ..] => self.inside(Lexeme::ShowBegin, Lexeme::ShowEnd, "}}"),
            _ if self.raw()? => Ok(()),
            _ => self.inside(Lexeme::BlockBegin, Lexeme::BlockEnd, "%}"),
        }
    }

    fn plain(&mut self, plain: &str, stripped: bool) {
        let plain = if self.trim { plain.trim_start() } else { plain };
        let plain = if stripped { plain.trim_end() } else { plain };
        self.trim = false;
        if !plain.is_empty() {
            self.push(Lexeme::Plain(plain.to_owned()));
        }
    }

    fn comment(&mut self) -> Result<(), Problem> {
        let inner = self.rest().get(2..).unwrap_or_default();
        let Some(end) = inner.find("#}") else { return self.problem("a comment has no end") };
        self.trim = inner.get(..end).is_some_and(|inner| inner.ends_with('-'));
        self.step(end.saturating_add(4));
        Ok(())
    }

    /// A block whose content is text, whatever it holds.
    fn raw(&mut self) -> Result<bool, Problem> {
        let Some(after) = block(self.rest(), "raw") else { return Ok(false) };
        let inner = self.rest().get(after..).unwrap_or_default();
        let ends = inner.match_indices("{%").find_map(|(start, _)| {
            let length = block(inner.get(start..)?, "endraw")?;
            Some((start, start.saturating_add(length)))
        });
        let Some((cut, end)) = ends else { return self.problem("a raw block has no end") };
        self.step(after);
        self.plain(inner.get(..cut).unwrap_or_default(), false);
        self.step(end);
        Ok(true)
    }

    fn inside(&mut self, begin: Lexeme, end: Lexeme, mark: &str) -> Result<(), Problem> {
        self.push(begin);
        self.step(2);
        if self.rest().starts_with(['-', '+']) {
            self.step(1);
        }
        let mut open = 0_usize;
        loop {
            let rest = self.rest();
            self.step(rest.len().saturating_sub(rest.trim_start().len()));
            let rest = self.rest();
            if open == 0 && self.ends(rest, mark) {
                self.push(end);
                self.step(mark.len());
                return Ok(());
            }
            match rest.as_bytes().first() {
                None => return self.problem("a block has no end"),
                Some(b'(' | b'[' | b'{') => open = open.saturating_add(1),
                Some(b')' | b']' | b'}') if open == 0 => {
                    return self.problem("a bracket closes nothing");
                }
                Some(b')' | b']' | b'}') => open = open.saturating_sub(1),
                Some(_) => {}
            }
            self.token(rest)?;
        }
    }

    /// Whether the block ends here; a sign of whitespace control is moved past.
    fn ends(&mut self, rest: &str, mark: &str) -> bool {
        if rest.starts_with(mark) {
            return true;
        }
        let signed = rest.strip_prefix(['-', '+']).is_some_and(|rest| rest.starts_with(mark));
        if signed {
            self.trim = rest.starts_with('-');
            self.step(1);
        }
        signed
    }

    fn token(&mut self, rest: &str) -> Result<(), Problem> {
        let Some(first) = rest.chars().next() else { return Ok(()) };
        match first {
            '\'' | '"' => self.text(rest, first),
            '0'..='9' => self.number(rest),
            _ if first == '_' || first.is_alphabetic() => {
                let end =
                    rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
                // Python reads several spellings of letters as one name.
                if !rest.get(..end).is_some_and(str::is_ascii) {
                    return self.problem("a name is not ASCII");
                }
                self.push(Lexeme::Name(rest.get(..end).unwrap_or_default().to_owned()));
                self.step(end);
                Ok(())
            }
            _ => {
                let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
                    return self.problem("a character has no meaning here");
                };
                self.push(Lexeme::Sign(sign));
                self.step(sign.len());
                Ok(())
            }
        }
    }

    fn text(&mut self, rest: &str, quote: char) -> Result<(), Problem> {
        let mut escaped = false;
        let inner = rest.get(1..).unwrap_or_default();
        let end = inner.char_indices().find(|(_, letter)| {
            let found = *letter == quote && !escaped;
            escaped = *letter == '\\' && !escaped;
            found
        });
        let Some((end, _)) = end else { return self.problem("a string has no end") };
        self.push(Lexeme::Text(unescaped(inner.get(..end).unwrap_or_default())));
        self.step(end.saturating_add(2));
        Ok(())
    }

    fn number(&mut self, rest: &str) -> Result<(), Problem> {
        let digits = |text: &str| {
            text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
        };
        let mut end = digits(rest);
        let mut float = false;
        let part = rest.get(end..).and_then(|rest| rest.strip_prefix('.'));
        if let Some(part) = part.filter(|part| part.starts_with(|c: char| c.is_ascii_digit())) {
            float = true;
            end = end.saturating_add(1).saturating_add(digits(part));
        }
        let word = rest.get(..end).unwrap_or_default().replace('_', "").to_ascii_lowercase();
        let radix = |prefix: &str, radix: u32| {
            word.strip_prefix(prefix).map(|word| i64::from_str_radix(word, radix).ok())
        };
        let int = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2));
        let kind = match int {
            Some(Some(int)) => Lexeme::Int(int),
            None if !float && word.bytes().all(|byte| byte.is_ascii_digit()) => {
                Lexeme::Int(word.parse().unwrap_or(i64::MAX))
            }
            _ => match word.parse() {
                Ok(float) => Lexeme::Float(float),
                Err(_) => return self.problem("a number is none"),
            },
        };
        self.push(kind);
        self.step(end);
        Ok(())
    }
}

/// The length of `{% word %}` at the beginning of `text`.
fn block(text: &str, word: &str) -> Option<usize> {
    let rest = text.strip_prefix("{%")?;
    let rest = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(word)?.trim_start();
    let rest = rest.strip_prefix(['-', '+']).unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len().saturating_sub(rest.len()))
}
