//! Words of Python source, without its comments.
//!
//! Source: The Python Language Reference, 3.14, "Lexical analysis". Expressions within f-strings are code, and read as such.

mod strings;

/// Words that are read of one file.
const MAX_TOKENS: usize = 400_000;
/// Strings within expressions within strings.
const MAX_DEPTH: u8 = 8;
/// Letters that name what a string is.
const PREFIXES: &[&str] = &["r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"];
/// Operators of more than one letter that matter: none of them assigns a name.
const OPERATORS: &[&str] = &[":=", "==", "!=", "<=", ">=", "->"];

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A logical line begins, so far in.
    Line(u32),
    /// A name or a keyword.
    Name(&'a str),
    /// A string without its quotes and escapes.
    Text(String),
    /// A number.
    Number,
    /// Anything else.
    Mark(&'a str),
}

/// A word and where it stands, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) at: usize,
}

impl<'a> Token<'a> {
    /// The name, if it is one.
    pub(super) const fn name(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it is this mark.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// All words of a text, as far as they are read.
pub(super) fn read(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, at: 0, brackets: 0, tokens: Vec::new() };
    lexer.line();
    while lexer.tokens.len() < MAX_TOKENS && lexer.word(0) {}
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    brackets: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn push(&mut self, kind: Kind<'a>, at: usize) {
        self.tokens.push(Token { kind, at });
    }

    /// Begins a logical line: its depth counts, unless nothing stands on it.
    fn line(&mut self) {
        let mut depth = 0_u32;
        for letter in self.rest().trim_start_matches('\u{feff}').chars() {
            match letter {
                ' ' => depth = depth.saturating_add(1),
                '\t' => depth = (depth | 7).saturating_add(1),
                '\u{c}' => depth = 0,
                '#' | '\n' | '\r' => return,
                _ => break,
            }
        }
        let at = self.at;
        self.push(Kind::Line(depth), at);
    }

    /// Reads one word; false at the end.
    fn word(&mut self, depth: u8) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let at = self.at;
        match first {
            '\n' | '\r' => {
                self.skip(1);
                if self.brackets == 0 {
                    self.line();
                }
            }
            '#' => self.skip(rest.find(['\n', '\r']).unwrap_or(rest.len())),
            '\\' => self.skip(if rest.starts_with("\\\r\n") { 3 } else { 2 }),
            '"' | '\'' => self.string("", depth),
            _ if first.is_whitespace() || first == '\u{feff}' => self.skip(first.len_utf8()),
            '0'..='9' => {
                self.skip(end_of_name(rest));
                self.push(Kind::Number, at);
            }
            _ if is_letter(first) => self.name(depth),
            _ => self.mark(),
        }
        true
    }

    fn name(&mut self, depth: u8) {
        let (rest, at) = (self.rest(), self.at);
        let (name, after) = rest.split_at_checked(end_of_name(rest)).unwrap_or((rest, ""));
        self.skip(name.len());
        let prefix = name.to_ascii_lowercase();
        if after.starts_with(['"', '\'']) && PREFIXES.contains(&&*prefix) {
            self.string(&prefix, depth);
        } else {
            self.push(Kind::Name(name), at);
        }
    }

    fn mark(&mut self) {
        let (rest, at) = (self.rest(), self.at);
        let length = match rest.chars().next() {
            _ if OPERATORS.iter().any(|mark| rest.starts_with(mark)) => 2,
            // `+=` gives a name another value of its own kind.
            Some(letter) if !"([{)]}.,:;=@".contains(letter) && rest.get(1..2) == Some("=") => 2,
            letter => letter.map_or(1, char::len_utf8),
        };
        let mark = rest.get(..length).unwrap_or_default();
        match mark {
            "(" | "[" | "{" => self.brackets = self.brackets.saturating_add(1),
            ")" | "]" | "}" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        self.skip(length);
        self.push(Kind::Mark(mark), at);
    }
}

/// Bytes of the name that a text begins with.
fn end_of_name(text: &str) -> usize {
    text.find(|letter: char| !is_letter(letter) && !letter.is_numeric()).unwrap_or(text.len())
}

fn is_letter(letter: char) -> bool {
    letter == '_' || letter.is_alphabetic() || !letter.is_ascii() && !letter.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::{Kind, read};

    fn words(text: &str) -> Vec<String> {
        let shown = |kind: Kind<'_>| match kind {
            Kind::Line(depth) => format!("|{depth}"),
            Kind::Name(name) => name.into(),
            Kind::Text(text) => format!("'{text}'"),
            Kind::Number => "0".into(),
            Kind::Mark(mark) => mark.into(),
        };
        read(text).into_iter().map(|token| shown(token.kind)).collect()
    }

    #[test]
    fn words_are_read_as_python_reads_them() {
        for (text, expected) in [
            ("a.b # os.system\nc", "|0 a . b |0 c"),
            ("# x\rc", "|0 c"),
            ("a(\n b)\n\tc", "|0 a ( b ) |8 c"),
            ("a = \\\n b", "|0 a = b"),
            ("x == y; z += 1", "|0 x == y ; z += 0"),
            ("'a\\x6fb' \"\"\"q'\nr\"\"\" rb'\\n'", "|0 'aob' 'q'\nr' '\\n'"),
            ("f'a{b.c!r:{d}}e{{f}}'", "|0 ( b . c ! r : ( d } ) ) 'aef}}'"),
            ("f'{'#'}'; c", "|0 ( '#' } ) '' ; c"),
            ("f'{x:#x}'; f'\\{y:=}'; c", "|0 ( x : ) '' ; ( y := ) '\\' ; c"),
            ("if a:\n  b", "|0 if a : |2 b"),
            ("'open\nb", "|0 'open' |0 b"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
