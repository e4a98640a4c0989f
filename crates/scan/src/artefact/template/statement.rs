//! Statements.

use super::{
    expression::Parser,
    lexer::{Lexeme, tokens},
    syntax::{Arguments, For, Macro, Problem, Statement, Suffix, Target},
};

/// Parses a template.
pub(super) fn parse(text: &str) -> Result<Vec<Statement>, Problem> {
    let tokens = tokens(text)?;
    let mut parser = Parser::new(&tokens, text.len());
    let (body, _) = parser.body(&[])?;
    Ok(body)
}

impl Parser<'_> {
    /// Statements up to one of `ends`, whose word was read when this returns.
    fn body(&mut self, ends: &[&str]) -> Result<(Vec<Statement>, String), Problem> {
        self.deeper(|parser| {
            let mut body = Vec::new();
            while let Some(token) = parser.next() {
                match token.kind {
                    Lexeme::Plain(text) => body.push(Statement::Text(token.at, text)),
                    Lexeme::ShowBegin => {
                        let shown = parser.tuple()?;
                        parser.expect(&Lexeme::ShowEnd)?;
                        body.push(Statement::Show(shown));
                    }
                    _ => {
                        let word = parser.name()?;
                        if ends.contains(&word.as_str()) {
                            return Ok((body, word));
                        }
                        parser.statement(&word, &mut body)?;
                    }
                }
            }
            if ends.is_empty() {
                Ok((body, String::new()))
            } else {
                parser.fail("a statement has no end")
            }
        })
    }

    fn block_end(&mut self) -> Result<(), Problem> {
        self.expect(&Lexeme::BlockEnd)
    }

    /// The body of a statement whose head was read, to its end.
    fn closed(&mut self, end: &str) -> Result<Vec<Statement>, Problem> {
        self.block_end()?;
        let (body, _) = self.body(&[end])?;
        // A block may repeat its name at its end.
        if end == "endblock" || end == "endmacro" {
            self.word();
        }
        self.block_end()?;
        Ok(body)
    }

    fn statement(&mut self, word: &str, body: &mut Vec<Statement>) -> Result<(), Problem> {
        let at = self.at();
        let made = match word {
            "if" => self.conditional()?,
            "for" => self.looped()?,
            "set" => self.set()?,
            "macro" => self.define()?,
            "call" => self.call_block()?,
            "filter" => {
                let filters = self.filter_names()?;
                Statement::Capture(None, filters, self.closed("endfilter")?)
            }
            "generation" => Statement::Body(Vec::new(), self.closed("endgeneration")?),
            "with" => {
                let names = self.assignments()?;
                Statement::Body(names, self.closed("endwith")?)
            }
            "block" => {
                self.up_to_block_end();
                Statement::Body(Vec::new(), self.closed("endblock")?)
            }
            "autoescape" => {
                self.up_to_block_end();
                Statement::Body(Vec::new(), self.closed("endautoescape")?)
            }
            "break" | "continue" => {
                self.block_end()?;
                return Ok(());
            }
            "do" => {
                let done = self.tuple()?;
                self.block_end()?;
                Statement::Do(done)
            }
            "include" | "import" | "extends" | "from" => {
                let held =
                    ["include", "import", "extends", "from"].into_iter().find(|held| *held == word);
                self.up_to_block_end();
                self.block_end()?;
                Statement::Reads(at, held.unwrap_or_default())
            }
            _ => {
                self.up_to_block_end();
                self.block_end()?;
                Statement::Odd(at, word.to_owned())
            }
        };
        body.push(made);
        Ok(())
    }

    fn conditional(&mut self) -> Result<Statement, Problem> {
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

    fn looped(&mut self) -> Result<Statement, Problem> {
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
        self.take_word("recursive");
        self.block_end()?;
        let (body, end) = self.body(&["else", "endfor"])?;
        let otherwise = if end == "else" {
            self.closed("endfor")?
        } else {
            self.block_end()?;
            Vec::new()
        };
        Ok(Statement::For(Box::new(For { targets, over, only, body, otherwise })))
    }

    fn set(&mut self) -> Result<Statement, Problem> {
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
    fn filter_names(&mut self) -> Result<Vec<Suffix>, Problem> {
        let mut filters = Vec::new();
        loop {
            filters.push(self.filter()?);
            if !self.take("|") {
                return Ok(filters);
            }
        }
    }

    fn assignments(&mut self) -> Result<Vec<(String, super::syntax::Expression)>, Problem> {
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

    fn parameters(&mut self) -> Result<Vec<(String, Option<super::syntax::Expression>)>, Problem> {
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

    fn define(&mut self) -> Result<Statement, Problem> {
        let name = self.name()?;
        let parameters = if self.take("(") { self.parameters()? } else { Vec::new() };
        let body = self.closed("endmacro")?;
        Ok(Statement::Macro(Box::new(Macro { name, parameters, body })))
    }

    fn call_block(&mut self) -> Result<Statement, Problem> {
        if self.take("(") {
            self.parameters()?;
        }
        let called = self.expression()?;
        let body = self.closed("endcall")?;
        Ok(Statement::CallWith(called, body))
    }

    fn up_to_block_end(&mut self) {
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
