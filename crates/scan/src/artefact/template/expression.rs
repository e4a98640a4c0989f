//! Expressions, and the values that they begin with.

use super::{
    lexer::Lexeme,
    parser::Parser,
    syntax::{Expression, Kind, Problem},
};

impl Parser<'_> {
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

    pub(super) fn unary(&mut self, filters: bool) -> Result<Expression, Problem> {
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

    pub(super) fn primary(&mut self) -> Result<Expression, Problem> {
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
}
