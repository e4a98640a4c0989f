//! Expressions as values.

use super::{Kind, MAX_DEPTH, Reader, Token};
use crate::code::ir::{Argument, Cause, Text, Value, path_of};

/// Operators behind which an expression goes on.
const OPERATORS: [&str; 22] = [
    "===",
    "!==",
    "==",
    "!=",
    "<=",
    ">",
    "<",
    "&&",
    "-",
    "*",
    "/",
    "%",
    "**",
    "|",
    "&",
    "^",
    "instanceof",
    "in",
    "+=",
    "-=",
    "=",
    "??=",
];

impl Reader<'_> {
    /// An expression up to `,`, `;`, a closing bracket, or a line that starts anew.
    pub(super) fn expression(&mut self) -> Value {
        self.depth += 1;
        self.facts += 1;
        let value = if self.depth > MAX_DEPTH || self.facts > super::MAX_FACTS {
            self.at += 1;
            Value::Unknown
        } else {
            self.choice()
        };
        self.depth -= 1;
        value
    }

    fn choice(&mut self) -> Value {
        let mut value = self.operand();
        for _ in 0..10_000 {
            let Some(token) = self.peek(0).copied() else { break };
            if token.is("?") {
                self.at += 1;
                let first = self.expression();
                let second = if self.take(":") { self.expression() } else { Value::Unknown };
                return Value::Choice(vec![first, second]);
            }
            if let Some(name) = set_by(&token, &value) {
                let cause = self.sets().unwrap_or(Cause::Set);
                let given = self.expression();
                self.bind(name, given.clone(), token.line, cause);
                return given;
            }
            if token.is("||") || token.is("??") {
                self.at += 1;
                let other = self.operand();
                value = match value {
                    Value::Choice(mut all) => {
                        all.push(other);
                        Value::Choice(all)
                    }
                    first => Value::Choice(vec![first, other]),
                };
            } else if token.is("+") {
                self.at += 1;
                let other = self.operand();
                value = match value {
                    Value::Join(mut parts) => {
                        parts.push(other);
                        Value::Join(parts)
                    }
                    first => Value::Join(vec![first, other]),
                };
            } else if token.is("as") || token.is("satisfies") {
                self.at += 1;
                self.skip_type();
            } else if token.is("!") && !self.breaks() {
                self.at += 1;
            } else if OPERATORS.iter().any(|operator| token.is(operator)) {
                self.at += 1;
                let other = self.operand();
                value = if token.is("&&") { other } else { Value::Unknown };
            } else {
                break;
            }
        }
        value
    }

    fn operand(&mut self) -> Value {
        const BEFORE: [&str; 11] =
            ["await", "new", "typeof", "void", "delete", "yield", "!", "-", "+", "~", "async"];
        for _ in 0..1_000 {
            let Some(token) = self.peek(0).copied() else { return Value::Unknown };
            let skip = BEFORE.iter().any(|mark| token.is(mark))
                || token.is("...")
                || token.is("++")
                || token.is("--");
            if !skip || token.is("async") && self.peek(1).is_some_and(|next| next.is("=>")) {
                break;
            }
            self.at += 1;
        }
        let first = self.primary();
        self.behind(first)
    }

    fn primary(&mut self) -> Value {
        let Some(token) = self.peek(0).copied() else { return Value::Unknown };
        match token.kind {
            Kind::Text => {
                self.at += 1;
                Value::Text(Text { text: unescaped(token.text), line: token.line })
            }
            Kind::Number => {
                self.at += 1;
                Value::Word(token.text.to_owned())
            }
            Kind::Pattern | Kind::Part => {
                self.at += 1;
                Value::Unknown
            }
            Kind::Word => self.named(token.text),
            Kind::Mark => match token.text {
                "`" => self.template(),
                "[" => self.list(),
                "{" => self.object(),
                "(" => self.group(),
                "<" => self.markup(),
                _ => Value::Unknown,
            },
        }
    }

    fn named(&mut self, word: &str) -> Value {
        if word == "function" {
            return self.function_value();
        }
        if word == "class" {
            self.class();
            return Value::Unknown;
        }
        self.at += 1;
        if self.take("=>") {
            return self.arrow_body(&[(word.to_owned(), Value::Unknown, self.line())]);
        }
        match word {
            "true" | "false" | "null" | "undefined" => Value::Word(word.to_owned()),
            _ => Value::Name(word.to_owned()),
        }
    }

    /// What follows a value: attributes, items, calls, templates.
    fn behind(&mut self, first: Value) -> Value {
        let mut value = first;
        for _ in 0..10_000 {
            let Some(token) = self.peek(0).copied() else { break };
            if token.is(".") || token.is("?.") {
                self.at += 1;
                if let Some(name) = self.take_word() {
                    value = match value {
                        Value::Name(base) => Value::Name(format!("{base}.{name}")),
                        Value::Unknown => Value::Unknown,
                        base => Value::Attribute(Box::new(base), name.to_owned()),
                    };
                }
            } else if token.is("(") {
                let line = self.name_line(token.line);
                let arguments = self.arguments();
                value = self.call(value, arguments, line);
            } else if token.is("[") && !self.breaks() {
                self.at += 1;
                let index = self.expression();
                self.skip_to_close("]");
                value = Value::Item(Box::new(value), Box::new(index));
            } else if token.is("<") && self.is_type_argument() {
                self.skip_angles();
            } else if token.is("`") && !self.breaks() {
                value = self.template();
            } else if token.is("!") && self.peek(1).is_some_and(|next| next.is(".") || next.is("["))
            {
                self.at += 1;
            } else {
                break;
            }
        }
        value
    }

    fn name_line(&self, line: u32) -> u32 {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(line, |token| token.line)
    }

    fn arguments(&mut self) -> Vec<Argument> {
        self.at += 1;
        let mut all = Vec::new();
        while self.peek(0).is_some() && !self.is(")") {
            let before = self.at;
            let name = self.is("...").then(|| "*".to_owned());
            let value = self.expression();
            all.push(Argument { name, value });
            self.past_comma_or(")", before);
        }
        self.at += 1;
        all
    }

    fn list(&mut self) -> Value {
        self.at += 1;
        let mut all = Vec::new();
        while self.peek(0).is_some() && !self.is("]") {
            let before = self.at;
            all.push(self.expression());
            self.past_comma_or("]", before);
        }
        self.at += 1;
        Value::List(all)
    }

    fn object(&mut self) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        while self.peek(0).is_some() && !self.is("}") {
            let before = self.at;
            if let Some(item) = self.property() {
                items.push(item);
            }
            self.past_comma_or("}", before);
        }
        self.at += 1;
        Value::Dict(items)
    }

    fn property(&mut self) -> Option<(Value, Value)> {
        if self.take("...") {
            return Some((Value::Name("**".into()), self.expression()));
        }
        while matches!(self.word(0), Some("async" | "get" | "set" | "static"))
            && self.peek(1).is_some_and(|next| matches!(next.kind, Kind::Word | Kind::Text))
        {
            self.at += 1;
        }
        let token = self.peek(0).copied()?;
        let key = match token.kind {
            Kind::Word | Kind::Text | Kind::Number => {
                self.at += 1;
                Value::Text(Text { text: unescaped(token.text), line: token.line })
            }
            _ if token.is("[") => {
                self.at += 1;
                let key = self.expression();
                self.skip_to_close("]");
                key
            }
            _ => return None,
        };
        if self.take(":") {
            return Some((key, self.expression()));
        }
        if self.is("(") || self.is("<") {
            let name = token.text.to_owned();
            self.method(&name, token.line);
            return Some((key, Value::Unknown));
        }
        let name = Value::Name(token.text.to_owned());
        Some((
            key,
            if self.take("=") { Value::Choice(vec![name, self.expression()]) } else { name },
        ))
    }

    /// `( … )`: parameters of an arrow function, or an expression.
    fn group(&mut self) -> Value {
        if let Some(end) = self.closing(self.at)
            && self.is_arrow_behind(end)
        {
            let parameters = self.parameters();
            if self.is(":") {
                self.at += 1;
                self.skip_type();
            }
            self.take("=>");
            return self.arrow_body(&parameters);
        }
        self.at += 1;
        let mut value = Value::Unknown;
        while self.peek(0).is_some() && !self.is(")") {
            let before = self.at;
            value = self.expression();
            self.past_comma_or(")", before);
        }
        self.at += 1;
        value
    }

    fn is_arrow_behind(&self, end: usize) -> bool {
        let next = |ahead: usize| self.tokens.get(end + ahead);
        match next(1) {
            Some(token) if token.is("=>") => true,
            // `(x): Type => …`
            Some(token) if token.is(":") => (2..30)
                .map_while(next)
                .take_while(|token| !token.is(";") && !token.is(","))
                .any(|token| token.is("=>")),
            _ => false,
        }
    }

    fn template(&mut self) -> Value {
        self.at += 1;
        let mut parts = Vec::new();
        while let Some(token) = self.peek(0).copied() {
            if token.kind == Kind::Part {
                self.at += 1;
                let text = Text { text: unescaped(token.text), line: token.line };
                parts.push(Value::Text(text));
            } else if token.is("${") {
                self.at += 1;
                parts.push(self.expression());
                self.skip_to_close("}");
            } else {
                self.at += usize::from(token.is("`"));
                break;
            }
        }
        match parts.as_slice() {
            [one @ Value::Text(_)] => one.clone(),
            _ => Value::Join(parts),
        }
    }

    /// Markup: only what stands in braces is code.
    fn markup(&mut self) -> Value {
        // `<T>(x) => …` and `<T,>(x) => …` are functions.
        if self.is_type_argument()
            || self.peek(2).is_some_and(|token| token.is(",") || token.is("extends"))
        {
            self.skip_angles();
            return if self.is("(") { self.group() } else { Value::Unknown };
        }
        let mut open = 0_i32;
        for _ in 0..200_000 {
            let Some(token) = self.peek(0).copied() else { break };
            if token.is("{") {
                self.at += 1;
                while self.peek(0).is_some() && !self.is("}") {
                    let before = self.at;
                    drop(self.expression());
                    self.past_comma_or("}", before);
                }
                self.at += 1;
            } else if token.is("<") {
                let closes = self.peek(1).is_some_and(|next| next.is("/"));
                open += if closes { -1 } else { 1 };
                self.at += if closes { 2 } else { 1 };
            } else if token.is(">") {
                let alone = self
                    .at
                    .checked_sub(1)
                    .and_then(|at| self.tokens.get(at))
                    .is_some_and(|token| token.is("/"));
                open -= i32::from(alone);
                self.at += 1;
                if open <= 0 {
                    break;
                }
            } else if open <= 0 && (token.is(";") || token.is(")")) {
                break;
            } else {
                self.at += 1;
            }
        }
        Value::Unknown
    }
}

/// What is set where an assignment stands within an expression: `a[0].content = …`, `b && (a += …)`.
fn set_by(token: &Token<'_>, value: &Value) -> Option<String> {
    let sets = match value {
        Value::Item(..) | Value::Attribute(..) => {
            ["=", "+=", "??=", "||=", "&&="].iter().any(|mark| token.is(mark))
        }
        Value::Name(_) => token.is("+="),
        _ => false,
    };
    if sets { path_of(value) } else { None }
}

/// A text with its escapes resolved.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('x') => out.extend(code_point(&mut letters, 2)),
            Some('u') if letters.as_str().starts_with('{') => {
                let (digits, rest) = letters.as_str().split_once('}').unwrap_or_default();
                let digits = digits.trim_start_matches('{');
                out.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
                letters = rest.chars();
            }
            Some('u') => out.extend(code_point(&mut letters, 4)),
            // The end of a line is left out, of two bytes too.
            Some('\r') => {
                let rest = letters.as_str();
                letters = rest.strip_prefix('\n').unwrap_or(rest).chars();
            }
            Some('\n' | '\u{2028}' | '\u{2029}') | None => {}
            Some(other) => out.push(other),
        }
    }
    out
}

/// The letter that so many hexadecimal digits stand for.
fn code_point(letters: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let written = letters.as_str().get(..digits)?;
    let code = u32::from_str_radix(written, 16).ok()?;
    *letters = letters.as_str().get(digits..).unwrap_or_default().chars();
    char::from_u32(code)
}
