//! The heads of statements, and their bodies.

use super::{
    lexer::Lexeme,
    parser::Parser,
    syntax::{Arguments, Expression, For, Macro, Problem, Statement, Suffix, Target},
};

impl Parser<'_> {
    pub(super) fn conditional(&mut self) -> Result<Statement, Problem> {
        let mut branches = Vec::new();
        let mut condition = self.tuple()?;
        loop {
            self.block_end()?;
            let (body, end) = self.body(&["elif", "else", "endif"])?;
            branches.push((condition, body));
            match end.as_str() {
                "elif" => condition = self.tuple()?,
                "else" => {
                    let otherwise = self.closed("endif")?;
                    return Ok(Statement::If(branches, otherwise));
                }
                _ => {
                    self.block_end()?;
                    return Ok(Statement::If(branches, Vec::new()));
                }
            }
        }
    }

    pub(super) fn looped(&mut self) -> Result<Statement, Problem> {
        let mut targets = Vec::new();
        let bracketed = self.take("(");
        loop {
            targets.push(self.name()?);
            if !self.take(",") {
                break;
            }
        }
        if bracketed && !self.take(")") {
            return self.fail("a bracket has no end");
        }
        if !self.take_word("in") {
            return self.fail("a loop without `in`");
        }
        let over = self.without_inline()?;
        let only = if self.take_word("if") { Some(self.expression()?) } else { None };
        let at = self.at();
        let recursive = self.take_word("recursive");
        self.block_end()?;
        let (body, end) = self.body(&["else", "endfor"])?;
        let otherwise = if end == "else" {
            self.closed("endfor")?
        } else {
            self.block_end()?;
            Vec::new()
        };
        let made = Statement::For(Box::new(For { targets, over, only, body, otherwise }));
        if recursive {
            let odd = Statement::Odd(at, "a loop that calls itself".to_owned());
            return Ok(Statement::Body(Vec::new(), vec![odd, made]));
        }
        Ok(made)
    }

    pub(super) fn set(&mut self) -> Result<Statement, Problem> {
        let mut targets = Vec::new();
        loop {
            let at = self.at();
            let name = self.name()?;
            let attribute = if self.take(".") { Some(self.name()?) } else { None };
            targets.push(Target { at, name, attribute });
            if !self.take(",") {
                break;
            }
        }
        if self.take("=") {
            let value = self.tuple()?;
            self.block_end()?;
            return Ok(Statement::Set(targets, value));
        }
        let filters = if self.peeks("|") {
            self.take("|");
            self.filter_names()?
        } else {
            Vec::new()
        };
        let body = self.closed("endset")?;
        Ok(Statement::Capture(targets.pop(), filters, body))
    }

    /// `name(arguments) | name …`.
    pub(super) fn filter_names(&mut self) -> Result<Vec<Suffix>, Problem> {
        let mut filters = Vec::new();
        loop {
            filters.push(self.filter()?);
            if !self.take("|") {
                return Ok(filters);
            }
        }
    }

    pub(super) fn assignments(&mut self) -> Result<Vec<(String, Expression)>, Problem> {
        let mut names = Vec::new();
        while let Some(name) = self.word() {
            if !self.take("=") {
                return self.fail("a name without a value");
            }
            names.push((name, self.expression()?));
            if !self.take(",") {
                break;
            }
        }
        Ok(names)
    }

    pub(super) fn parameters(&mut self) -> Result<Vec<(String, Option<Expression>)>, Problem> {
        let mut parameters = Vec::new();
        while !self.take(")") {
            let name = self.name()?;
            let default = if self.take("=") { Some(self.expression()?) } else { None };
            parameters.push((name, default));
            if !self.take(",") && !self.peeks(")") {
                return self.fail("parameters without an end");
            }
        }
        Ok(parameters)
    }

    pub(super) fn define(&mut self) -> Result<Statement, Problem> {
        let at = self.at();
        let name = self.name()?;
        let parameters = if self.take("(") { self.parameters()? } else { Vec::new() };
        let body = self.closed("endmacro")?;
        Ok(Statement::Macro(Box::new(Macro { at, name, parameters, body })))
    }

    pub(super) fn call_block(&mut self) -> Result<Statement, Problem> {
        let parameters = if self.take("(") { self.parameters()? } else { Vec::new() };
        let called = self.expression()?;
        let body = self.closed("endcall")?;
        Ok(Statement::CallWith(parameters, called, body))
    }

    pub(super) fn up_to_block_end(&mut self) {
        while !matches!(self.peek(), None | Some(Lexeme::BlockEnd)) {
            self.next();
        }
    }

    /// A filter's name and arguments.
    pub(super) fn filter(&mut self) -> Result<Suffix, Problem> {
        let at = self.at();
        let mut name = self.name()?;
        while self.take(".") {
            name.push('.');
            name.push_str(&self.name()?);
        }
        let arguments = if self.take("(") { self.arguments()? } else { Arguments::default() };
        Ok(Suffix::Filter(at, name, arguments))
    }
}
