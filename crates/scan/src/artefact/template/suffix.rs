//! What follows a value: attributes, items, calls, filters, tests.

use super::{
    lexer::Lexeme,
    parser::Parser,
    syntax::{Arguments, Expression, Kind, Problem, Suffix},
};

impl Parser<'_> {
    pub(super) fn suffix(&mut self, filters: bool) -> Result<Option<Suffix>, Problem> {
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
        let mut arguments = Arguments { at: self.at(), ..Arguments::default() };
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
        let not = self.take_word("not");
        let mut name = self.name()?;
        while self.take(".") {
            name.push('.');
            name.push_str(&self.name()?);
        }
        if self.take("(") {
            return Ok(Suffix::Test(at, name, self.arguments()?, not));
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
        Ok(Suffix::Test(at, name, arguments, not))
    }
}
