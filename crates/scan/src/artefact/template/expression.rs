//! Expressions, by the ranks that Jinja2 gives its operators.

use super::{
    lexer::{Lexeme, Token},
    syntax::{Arguments, Expression, Kind, Operator, Problem, Suffix},
};

/// Nested deeper than this is none that anybody writes.
const MAX_DEPTH: usize = 48;

/// Operators of each rank but comparison, the loosest first.
const RANKS: &[&[(&str, Operator)]] = &[
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("~", Operator::Join)],
    &[
        ("*", Operator::Multiply),
        ("/", Operator::Divide),
        ("//", Operator::Divide),
        ("%", Operator::Remainder),
    ],
];
const COMPARISONS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    ("<=", Operator::Less),
    ("<", Operator::Less),
    (">=", Operator::More),
    (">", Operator::More),
];

/// A place among tokens.
pub(super) struct Parser<'t> {
    tokens: std::iter::Peekable<std::slice::Iter<'t, Token>>,
    end: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(tokens: &'t [Token], end: usize) -> Self {
        Self { tokens: tokens.iter().peekable(), end, depth: 0 }
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        self.tokens.next().cloned()
    }

    pub(super) fn peek(&mut self) -> Option<&'t Lexeme> {
        self.tokens.peek().map(|token| &token.kind)
    }

    pub(super) fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |token| token.at)
    }

    pub(super) fn fail<T>(&mut self, what: &'static str) -> Result<T, Problem> {
        Err(Problem { at: self.at(), what, limit: false })
    }

    pub(super) fn deeper<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth >= MAX_DEPTH {
            return Err(Problem { at: self.at(), what: "nested deeper than is read", limit: true });
        }
        self.depth = self.depth.saturating_add(1);
        let answer = inner(self);
        self.depth = self.depth.saturating_sub(1);
        answer
    }

    pub(super) fn expect(&mut self, wanted: &Lexeme) -> Result<(), Problem> {
        if self.peek() == Some(wanted) {
            self.next();
            return Ok(());
        }
        self.fail("something else was expected here")
    }

    pub(super) fn peeks(&mut self, sign: &str) -> bool {
        matches!(self.peek(), Some(Lexeme::Sign(found)) if *found == sign)
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let found = self.peeks(sign);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn peeks_word(&mut self, word: &str) -> bool {
        matches!(self.peek(), Some(Lexeme::Name(found)) if found == word)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.peeks_word(word);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn word(&mut self) -> Option<String> {
        let Some(Lexeme::Name(name)) = self.peek() else { return None };
        self.next();
        Some(name.clone())
    }

    pub(super) fn name(&mut self) -> Result<String, Problem> {
        match self.word() {
            Some(name) => Ok(name),
            None => self.fail("a name was expected here"),
        }
    }

    /// Expressions with commas between, or one.
    pub(super) fn tuple(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        let first = self.expression()?;
        if !self.peeks(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.take(",") {
            if matches!(self.peek(), None | Some(Lexeme::BlockEnd | Lexeme::ShowEnd)) {
                break;
            }
            items.push(self.expression()?);
        }
        Ok(Expression { at, kind: Kind::List(items) })
    }

    /// A whole expression.
    pub(super) fn expression(&mut self) -> Result<Expression, Problem> {
        self.deeper(|parser| {
            let at = parser.at();
            let mut value = parser.any()?;
            while parser.take_word("if") {
                let condition = parser.any()?;
                let otherwise = if parser.take_word("else") {
                    Some(Box::new(parser.expression()?))
                } else {
                    None
                };
                value =
                    Expression { at, kind: Kind::Inline(Box::new([value, condition]), otherwise) };
            }
            Ok(value)
        })
    }

    /// An expression in which `if` has no place, as what a loop goes over.
    pub(super) fn without_inline(&mut self) -> Result<Expression, Problem> {
        self.deeper(|parser| {
            let at = parser.at();
            let first = parser.any()?;
            let mut items = vec![first];
            while parser.take(",") {
                items.push(parser.any()?);
            }
            match items.pop() {
                Some(only) if items.is_empty() => Ok(only),
                last => {
                    items.extend(last);
                    Ok(Expression { at, kind: Kind::List(items) })
                }
            }
        })
    }

    fn any(&mut self) -> Result<Expression, Problem> {
        self.words("or", Operator::Or, |parser| parser.words("and", Operator::And, Self::negated))
    }

    fn words(
        &mut self,
        word: &str,
        operator: Operator,
        inner: impl Fn(&mut Self) -> Result<Expression, Problem>,
    ) -> Result<Expression, Problem> {
        let at = self.at();
        let first = inner(self)?;
        let mut rest = Vec::new();
        while self.take_word(word) {
            rest.push((operator, inner(self)?));
        }
        Ok(chained(at, first, rest))
    }

    fn negated(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        if self.take_word("not") {
            let inner = self.deeper(Self::negated)?;
            return Ok(Expression { at, kind: Kind::Not(Box::new(inner)) });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        let first = self.rank(0)?;
        let mut rest = Vec::new();
        loop {
            let sign = COMPARISONS
                .iter()
                .find(|(sign, _)| self.peeks(sign))
                .map(|(_, operator)| *operator);
            let operator = match sign {
                Some(operator) => {
                    self.next();
                    operator
                }
                None if self.take_word("in") => Operator::In,
                None if self.peeks_word("not") => {
                    self.next();
                    if !self.take_word("in") {
                        return self.fail("`not` without `in`");
                    }
                    Operator::NotIn
                }
                None => return Ok(chained(at, first, rest)),
            };
            rest.push((operator, self.rank(0)?));
        }
    }

    fn rank(&mut self, rank: usize) -> Result<Expression, Problem> {
        let Some(signs) = RANKS.get(rank) else { return self.power() };
        let at = self.at();
        let next = rank.saturating_add(1);
        let first = self.rank(next)?;
        let mut rest = Vec::new();
        while let Some((_, operator)) = signs.iter().find(|(sign, _)| self.peeks(sign)) {
            self.next();
            rest.push((*operator, self.rank(next)?));
        }
        Ok(chained(at, first, rest))
    }

    fn power(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        let first = self.unary(true)?;
        let mut rest = Vec::new();
        while self.take("**") {
            rest.push((Operator::Power, self.unary(true)?));
        }
        Ok(chained(at, first, rest))
    }

    fn unary(&mut self, filters: bool) -> Result<Expression, Problem> {
        let at = self.at();
        let negative = self.peeks("-");
        let base = if negative || self.peeks("+") {
            self.next();
            let inner = self.deeper(|parser| parser.unary(false))?;
            if negative { Expression { at, kind: Kind::Negative(Box::new(inner)) } } else { inner }
        } else {
            self.primary()?
        };
        let mut suffixes = Vec::new();
        while let Some(suffix) = self.suffix(filters)? {
            suffixes.push(suffix);
        }
        if suffixes.is_empty() {
            return Ok(base);
        }
        Ok(Expression { at, kind: Kind::Followed(Box::new(base), suffixes) })
    }

    fn primary(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        let Some(token) = self.next() else {
            return self.fail("the template ends within an expression");
        };
        let kind = match token.kind {
            Lexeme::Name(name) => match name.as_str() {
                "true" | "True" => Kind::Bool(true),
                "false" | "False" => Kind::Bool(false),
                "none" | "None" => Kind::None,
                _ => Kind::Name(name),
            },
            Lexeme::Text(mut text) => {
                while let Some(Lexeme::Text(more)) = self.peek() {
                    text.push_str(more);
                    self.next();
                }
                Kind::Text(text)
            }
            Lexeme::Int(int) => Kind::Int(int),
            Lexeme::Float(_) => Kind::Float,
            Lexeme::Sign("(") => return self.bracketed(at),
            Lexeme::Sign("[") => Kind::List(self.items("]")?),
            Lexeme::Sign("{") => Kind::Map(self.entries()?),
            _ => return Err(Problem { at, what: "a value was expected here", limit: false }),
        };
        Ok(Expression { at, kind })
    }

    fn bracketed(&mut self, at: usize) -> Result<Expression, Problem> {
        if self.take(")") {
            return Ok(Expression { at, kind: Kind::List(Vec::new()) });
        }
        let first = self.expression()?;
        if self.take(")") {
            return Ok(first);
        }
        if !self.take(",") {
            return self.fail("a bracket has no end");
        }
        let mut items = vec![first];
        items.extend(self.items(")")?);
        Ok(Expression { at, kind: Kind::List(items) })
    }

    fn items(&mut self, end: &str) -> Result<Vec<Expression>, Problem> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.expression()?);
            if !self.take(",") && !self.peeks(end) {
                return self.fail("a bracket has no end");
            }
        }
        Ok(items)
    }

    fn entries(&mut self) -> Result<Vec<(Expression, Expression)>, Problem> {
        let mut entries = Vec::new();
        while !self.take("}") {
            let key = self.expression()?;
            if !self.take(":") {
                return self.fail("a key without a value");
            }
            entries.push((key, self.expression()?));
            if !self.take(",") && !self.peeks("}") {
                return self.fail("a bracket has no end");
            }
        }
        Ok(entries)
    }

    fn suffix(&mut self, filters: bool) -> Result<Option<Suffix>, Problem> {
        let at = self.at();
        if self.take(".") {
            return match self.next().map(|token| token.kind) {
                Some(Lexeme::Name(name)) => Ok(Some(Suffix::Attribute(at, name))),
                Some(Lexeme::Int(int)) => {
                    Ok(Some(Suffix::Item(Expression { at, kind: Kind::Int(int) })))
                }
                _ => self.fail("a name was expected here"),
            };
        }
        if self.take("[") {
            return Ok(Some(Suffix::Item(self.subscript()?)));
        }
        if self.take("(") {
            return Ok(Some(Suffix::Call(at, self.arguments()?)));
        }
        if filters && self.take("|") {
            return self.filter().map(Some);
        }
        if filters && self.take_word("is") {
            return self.test().map(Some);
        }
        Ok(None)
    }

    fn subscript(&mut self) -> Result<Expression, Problem> {
        let at = self.at();
        let mut parts: [Option<Expression>; 3] = [None, None, None];
        let mut part = 0_usize;
        while !self.take("]") {
            if self.take(":") {
                part = part.saturating_add(1);
                continue;
            }
            let value = Some(self.tuple()?);
            match parts.get_mut(part) {
                Some(held @ None) => *held = value,
                _ => return self.fail("a bracket has no end"),
            }
        }
        match (part, parts) {
            (0, [Some(only), _, _]) => Ok(only),
            (0, _) => self.fail("brackets around nothing"),
            (_, parts) => Ok(Expression { at, kind: Kind::Slice(Box::new(parts)) }),
        }
    }

    /// Arguments up to the bracket that ends them.
    pub(super) fn arguments(&mut self) -> Result<Arguments, Problem> {
        let mut arguments = Arguments::default();
        while !self.take(")") {
            if self.take("*") || self.take("**") {
                arguments.spread = true;
            }
            let value = self.expression()?;
            match value.kind {
                Kind::Name(name) if self.take("=") => {
                    arguments.named.push((name, self.expression()?));
                }
                _ => arguments.positional.push(value),
            }
            if !self.take(",") && !self.peeks(")") {
                return self.fail("arguments without an end");
            }
        }
        Ok(arguments)
    }

    fn test(&mut self) -> Result<Suffix, Problem> {
        let at = self.at();
        self.take_word("not");
        let mut name = self.name()?;
        while self.take(".") {
            name.push('.');
            name.push_str(&self.name()?);
        }
        if self.take("(") {
            return Ok(Suffix::Test(at, name, self.arguments()?));
        }
        let mut arguments = Arguments::default();
        let follows = match self.peek() {
            Some(Lexeme::Name(word)) => !matches!(
                word.as_str(),
                "else" | "or" | "and" | "is" | "if" | "in" | "not" | "recursive"
            ),
            Some(Lexeme::Text(_) | Lexeme::Int(_) | Lexeme::Float(_)) => true,
            Some(Lexeme::Sign(sign)) => matches!(*sign, "[" | "{"),
            _ => false,
        };
        if follows {
            let base = self.primary()?;
            let mut suffixes = Vec::new();
            while let Some(suffix) = self.suffix(false)? {
                suffixes.push(suffix);
            }
            let at = base.at;
            arguments
                .positional
                .push(Expression { at, kind: Kind::Followed(Box::new(base), suffixes) });
        }
        Ok(Suffix::Test(at, name, arguments))
    }
}

/// A chain, or its first where nothing follows.
fn chained(at: usize, first: Expression, rest: Vec<(Operator, Expression)>) -> Expression {
    if rest.is_empty() {
        return first;
    }
    Expression { at, kind: Kind::Chain(Box::new(first), rest) }
}
