//! Strings, and the expressions within them.

use super::{Kind, Lexer, MAX_DEPTH, MAX_TOKENS};

impl Lexer<'_> {
    /// A string, from its first quote.
    pub(super) fn string(&mut self, prefix: &str, depth: u8) {
        let at = self.at;
        let rest = self.rest();
        let quote = rest.get(..1).unwrap_or_default();
        let long = rest.get(..3).filter(|three| *three == quote.repeat(3));
        let quote = long.unwrap_or(quote);
        self.skip(quote.len());
        let code = prefix.contains(['f', 't']) && depth < MAX_DEPTH;
        let mut value = String::new();
        while self.letter(quote, prefix, &mut value) {
            if code && self.rest().starts_with('{') {
                if self.rest().starts_with("{{") {
                    self.skip(2);
                } else {
                    self.expression(quote, depth.saturating_add(1));
                }
            }
        }
        self.push(Kind::Text(value), at);
    }

    /// Reads a string up to its next brace; false at its end.
    fn letter(&mut self, quote: &str, prefix: &str, value: &mut String) -> bool {
        let code = prefix.contains(['f', 't']);
        loop {
            let rest = self.rest();
            if rest.starts_with(quote) {
                self.skip(quote.len());
                return false;
            }
            let Some(letter) = rest.chars().next() else { return false };
            if quote.len() == 1 && matches!(letter, '\n' | '\r') {
                return false;
            }
            if letter == '\\' {
                let taken = escape(rest, prefix.contains('r'), value);
                self.skip(taken);
            } else if code && letter == '{' {
                return true;
            } else {
                value.push(letter);
                self.skip(letter.len_utf8());
            }
        }
    }

    /// An expression in a string, with its braces.
    fn expression(&mut self, quote: &str, depth: u8) {
        let (outer, at) = (self.brackets, self.at);
        let inner = outer.saturating_add(1);
        self.skip(1);
        self.brackets = inner;
        self.push(Kind::Mark("("), at);
        while self.brackets > outer && self.tokens.len() < MAX_TOKENS {
            let last = self.tokens.last();
            if self.brackets == inner && last.is_some_and(|last| last.is(":") || last.is(":=")) {
                self.layout(quote, depth);
                break;
            }
            if !self.word(depth) {
                break;
            }
        }
        self.brackets = outer;
        self.push(Kind::Mark(")"), self.at);
    }

    /// What says how an expression is laid out, to its brace; it may hold others.
    fn layout(&mut self, quote: &str, depth: u8) {
        loop {
            let rest = self.rest();
            let Some(letter) = rest.chars().next().filter(|_| !rest.starts_with(quote)) else {
                return;
            };
            if letter == '{' && depth < MAX_DEPTH {
                self.expression(quote, depth.saturating_add(1));
                continue;
            }
            self.skip(letter.len_utf8());
            if letter == '}' {
                return;
            }
        }
    }
}

/// Adds what an escape stands for to `value`; gives how many bytes it has.
fn escape(text: &str, raw: bool, value: &mut String) -> usize {
    let Some(letter) = text.chars().nth(1) else { return 1 };
    let two = letter.len_utf8().saturating_add(1);
    let (from, most, radix) = match letter {
        // An expression begins all the same.
        '{' => {
            value.push('\\');
            return 1;
        }
        _ if raw => (0, 0, 0),
        '\n' => return two,
        '\r' => return if text.starts_with("\\\r\n") { 3 } else { two },
        'x' => (2, 2, 16),
        'u' => (2, 4, 16),
        'U' => (2, 8, 16),
        '0'..='7' => (1, 3, 8),
        _ => (0, 0, 0),
    };
    let digits = text.get(from..).unwrap_or_default();
    let held = digits.chars().take(most).take_while(|digit| digit.is_digit(radix.max(2))).count();
    let number =
        digits.get(..held).and_then(|digits| u32::from_str_radix(digits, radix.max(2)).ok());
    match number.and_then(char::from_u32).filter(|_| held > 0) {
        Some(found) => {
            value.push(found);
            held.saturating_add(from)
        }
        None => {
            value.extend(['\\', letter]);
            two
        }
    }
}
