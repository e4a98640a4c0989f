//! Operators, by the ranks that Jinja2 gives them.

use super::{
    parser::Parser,
    syntax::{Expression, Kind, Operator, Problem},
};

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

impl Parser<'_> {
    pub(super) fn any(&mut self) -> Result<Expression, Problem> {
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
}

/// A chain, or its first where nothing follows.
fn chained(at: usize, first: Expression, rest: Vec<(Operator, Expression)>) -> Expression {
    if rest.is_empty() {
        return first;
    }
    Expression { at, kind: Kind::Chain(Box::new(first), rest) }
}
