//! Regular expressions of tokenizers, as Oniguruma reads them: what they match, and whether matching takes for ever.

use std::{iter::Peekable, str::Chars};

/// Groups within each other that are followed.
const MAX_DEPTH: usize = 64;
/// Repetitions from which a bounded one counts as one without end.
const MANY: u32 = 33;
/// Repetitions in a row that may share a text among them.
const IN_A_ROW: usize = 4;
/// Classes of letters and digits.
const WORDLY: &[&str] =
    &["L", "N", "Lu", "Ll", "Lt", "Lo", "Lm", "Nd", "Alphabetic", "Han", "Latin", "Any"];

/// What is known of an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Letters or digits stand in it to be matched as they are.
    pub(super) literal: bool,
    /// It matches letters or digits by their kind.
    pub(super) broad: bool,
    /// Something repeated repeats something within: matching may take exponential time.
    pub(super) endless: bool,
    /// It is written otherwise than is followed here.
    pub(super) odd: bool,
}

/// What is known of a part.
#[derive(Clone, Debug, Default)]
struct Part {
    /// Whether it may match the same text in several ways if it is repeated.
    varies: bool,
    /// Whether it begins with a letter that stands for itself.
    first: Option<char>,
}

impl Pattern {
    /// Reads an expression.
    pub(super) fn of(text: &str) -> Self {
        let mut reader =
            Reader { rest: text.chars().peekable(), found: Self::default(), ahead: false };
        reader.alternatives(0);
        if reader.rest.next().is_some() {
            reader.found.odd = true;
        }
        reader.found
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    found: Pattern,
    /// Within a condition on what stands around, of which nothing is matched.
    ahead: bool,
}

impl Reader<'_> {
    /// Alternatives up to the end of the group.
    fn alternatives(&mut self, depth: usize) -> Part {
        if depth > MAX_DEPTH {
            self.found.odd = true;
            return Part::default();
        }
        let mut firsts = Vec::new();
        let mut varies = false;
        loop {
            let part = self.sequence(depth);
            varies |= part.varies;
            firsts.push(part.first);
            if self.rest.peek() != Some(&'|') {
                break;
            }
            self.rest.next();
        }
        if let [only] = firsts.as_slice() {
            return Part { varies, first: *only };
        }
        let count = firsts.len();
        firsts.sort_unstable();
        firsts.dedup();
        let overlap = firsts.len() < count || firsts.contains(&None);
        Part { varies: varies || overlap, first: None }
    }

    fn sequence(&mut self, depth: usize) -> Part {
        let mut whole = Part::default();
        let (mut row, mut begun) = (0_usize, false);
        while let Some(letter) = self.rest.next_if(|letter| !matches!(letter, '|' | ')')) {
            let before = self.ahead;
            let (mut part, mut atomic) = (Part::default(), false);
            match letter {
                '(' => {
                    atomic = self.opened();
                    part = self.alternatives(depth.saturating_add(1));
                    if self.rest.next_if_eq(&')').is_none()
                        && !(atomic && self.rest.peek().is_none())
                    {
                        self.found.odd = true;
                    }
                    part.varies &= !atomic;
                    self.ahead = before;
                }
                '[' => self.class(depth),
                '\\' => {
                    self.escape();
                }
                '.' => self.found.broad |= !self.ahead,
                letter => {
                    self.literal(letter);
                    part.first = Some(letter);
                }
            }
            let (many, counted, optional) = self.quantifier();
            if many && part.varies && !atomic {
                self.found.endless = true;
            }
            whole.varies |= part.varies || many || counted;
            row = if many {
                row.saturating_add(1)
            } else if optional {
                row
            } else {
                0
            };
            if row > IN_A_ROW {
                self.found.endless = true;
            }
            if !begun && !optional && !many {
                whole.first = part.first;
            }
            begun = true;
        }
        whole
    }

    /// Behind a parenthesis: whether the group gives nothing back once it has matched.
    fn opened(&mut self) -> bool {
        if self.rest.next_if_eq(&'?').is_none() {
            return false;
        }
        match self.rest.next() {
            Some('=' | '!') => {
                self.ahead = true;
                false
            }
            Some('>') => true,
            Some('<') => {
                if self.rest.next_if(|letter| matches!(letter, '=' | '!')).is_some() {
                    self.ahead = true;
                } else {
                    self.skip_to('>');
                }
                false
            }
            Some('P') => {
                self.skip_to('>');
                false
            }
            Some(':') => false,
            Some('i' | 'm' | 's' | 'x' | '-' | 'u') => {
                while self
                    .rest
                    .next_if(|letter| letter.is_ascii_lowercase() || *letter == '-')
                    .is_some()
                {}
                self.rest.next_if_eq(&':');
                false
            }
            _ => {
                self.found.odd = true;
                false
            }
        }
    }

    fn skip_to(&mut self, end: char) {
        while self.rest.next().is_some_and(|letter| letter != end) {}
    }

    fn literal(&mut self, letter: char) {
        self.found.literal |= letter.is_alphanumeric() && !self.ahead;
    }

    fn wordly(&mut self) {
        self.found.broad |= !self.ahead;
    }

    /// A set of letters, up to its end.
    fn class(&mut self, depth: usize) {
        if depth > MAX_DEPTH {
            self.found.odd = true;
            return;
        }
        let negated = self.rest.next_if_eq(&'^').is_some();
        let outer = self.ahead;
        // What a set leaves out is not matched.
        self.ahead |= negated;
        if negated && !outer {
            self.found.broad = true;
        }
        self.rest.next_if_eq(&']');
        let mut before: Option<char> = None;
        loop {
            match self.rest.next() {
                None => {
                    self.found.odd = true;
                    break;
                }
                Some(']') => break,
                Some('[') => self.class(depth.saturating_add(1)),
                Some('\\') => {
                    before = self.escape();
                    continue;
                }
                Some('-') if before.is_some() && self.rest.peek() != Some(&']') => {
                    let end = match self.rest.next() {
                        Some('\\') => self.escape(),
                        end => end,
                    };
                    if let (Some(from), Some(to)) = (before, end) {
                        let none = to < '0' || from > '9' && to < 'A' || from > 'Z' && to < 'a';
                        if from <= 'z' && !none && !self.ahead {
                            self.found.broad = true;
                        }
                    }
                }
                Some(letter) => {
                    let single = self.rest.peek() != Some(&'-');
                    if single {
                        self.literal(letter);
                    } else if letter.is_ascii_alphanumeric() {
                        self.wordly();
                    }
                    before = Some(letter);
                    continue;
                }
            }
            before = None;
        }
        self.ahead = outer;
    }

    /// What stands behind a backslash: the letter, if it is one by its number.
    fn escape(&mut self) -> Option<char> {
        match self.rest.next() {
            Some('p' | 'P') => {
                let mut name = String::new();
                if self.rest.next_if_eq(&'{').is_some() {
                    while let Some(letter) = self.rest.next().filter(|letter| *letter != '}') {
                        name.push(letter);
                    }
                } else {
                    name.extend(self.rest.next());
                }
                if WORDLY.contains(&name.trim_start_matches(['^', '='])) {
                    self.wordly();
                }
            }
            Some('w' | 'd' | 'S' | 'X' | 'N' | 'O') => self.wordly(),
            Some('u') => return self.coded(4),
            Some('x') => return self.coded(2),
            // Behind a group, the same text again.
            Some('1'..='9' | 'k' | 'g') => self.found.odd = true,
            Some(
                's' | 'n' | 'r' | 't' | 'f' | 'v' | 'a' | 'e' | 'h' | 'b' | 'B' | 'A' | 'z' | 'Z'
                | 'D' | 'W' | 'G' | 'R' | 'K' | '0',
            ) => {}
            Some(letter) if letter.is_alphanumeric() => self.found.odd = true,
            Some(_) => {}
            None => self.found.odd = true,
        }
        None
    }

    /// A letter by its number.
    fn coded(&mut self, digits: usize) -> Option<char> {
        let mut code = 0_u32;
        let braced = self.rest.next_if_eq(&'{').is_some();
        for _ in 0..if braced { 8 } else { digits } {
            let Some(digit) = self.rest.peek().and_then(|letter| letter.to_digit(16)) else {
                break;
            };
            self.rest.next();
            code = code.saturating_mul(16).saturating_add(digit);
        }
        if braced {
            self.rest.next_if_eq(&'}');
        }
        let letter = char::from_u32(code);
        if let Some(letter) = letter.filter(char::is_ascii) {
            self.literal(letter);
        }
        letter
    }

    /// Whether what stands before may be repeated without end, a changing number of times, or be left out.
    fn quantifier(&mut self) -> (bool, bool, bool) {
        let found = match self.rest.peek() {
            Some('*') => (true, false, true),
            Some('+') => (true, false, false),
            Some('?') => (false, false, true),
            Some('{') => {
                self.rest.next();
                let mut text = String::new();
                while let Some(letter) = self.rest.next_if(|letter| *letter != '}') {
                    text.push(letter);
                    if text.len() > 24 {
                        break;
                    }
                }
                let (least, most) = text.split_once(',').unwrap_or((&text, &text));
                let (low, high) =
                    (least.parse().unwrap_or(0_u32), most.parse().unwrap_or(u32::MAX));
                let many = low != high && high >= MANY || low >= MANY;
                (many, low != high, low == 0)
            }
            _ => return (false, false, false),
        };
        self.rest.next();
        let possessive = self.rest.next_if_eq(&'+').is_some();
        self.rest.next_if_eq(&'?');
        (found.0 && !possessive, found.1, found.2)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// As published models have them.
    const PUBLISHED: &[&str] = &[
        r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+",
        r"\p{N}{1,3}(?=(?:\p{N}{3})*(?:\P{N}|$))",
        r"(?:\r?\n)+(?!\r?\n)",
        r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{M}&&[^\p{Han}]]+",
        " ?[^(\\s|[.,!?…。，、।۔،])]+",
        r"(?=(\d{3})+(?!\d))",
        r"[一-龥ࠀ-一가-퟿]+",
    ];

    #[test]
    fn published_expressions_end() {
        for text in PUBLISHED {
            let found = Pattern::of(text);
            assert!(!found.endless && !found.odd, "{text} {found:?}");
        }
    }

    #[test]
    fn nested_repetition_does_not() {
        for text in [
            r"(?=(a+)+$)b",
            r"(?:(?:a|aa)+)+b",
            r"(\w*)*x",
            r"(?:a|a)*$",
            r"(\p{N}{1,3})+x",
            r"([^x]+\s?)+!",
            r"(.*)(.*)(.*)(.*)(.*)x".replace("(.*)", ".*").as_str(),
            r"(a{1,40}){2,40}b",
        ] {
            assert!(Pattern::of(text).endless, "{text}");
        }
        assert!(!Pattern::of(r"(?>a+)+b").endless);
    }

    #[test]
    fn letters_are_told_from_signs() {
        for (text, literal, broad) in [
            ("account", true, false),
            (r"\s+", false, false),
            (" {2,}", false, false),
            (r"\x61", true, false),
            (r"[a-z]", false, true),
            (r"\p{L}", false, true),
            (r"\p{M}+", false, false),
            ("[!\"#$%]", false, false),
            (r"[^\s]", false, true),
            (r"[\u0000-\u001f]", false, false),
            (r"[\x21-\x7e]", false, true),
        ] {
            let found = Pattern::of(text);
            assert_eq!((found.literal, found.broad), (literal, broad), "{text}");
        }
    }
}
