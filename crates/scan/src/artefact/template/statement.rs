//! Statements.

use super::{
    lexer::{Lexeme, tokens},
    parser::Parser,
    syntax::{Problem, Statement},
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
    pub(super) fn body(&mut self, ends: &[&str]) -> Result<(Vec<Statement>, String), Problem> {
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

    pub(super) fn block_end(&mut self) -> Result<(), Problem> {
        self.expect(&Lexeme::BlockEnd)
    }

    /// The body of a statement whose head was read, to its end.
    pub(super) fn closed(&mut self, end: &str) -> Result<Vec<Statement>, Problem> {
        self.block_end()?;
        let (body, _) = self.body(&[end])?;
        // A block may repeat its name at its end.
        if end == "endblock" || end == "endmacro" {
            self.word();
        }
        self.block_end()?;
        Ok(body)
    }

    pub(super) fn statement(
        &mut self,
        word: &str,
        body: &mut Vec<Statement>,
    ) -> Result<(), Problem> {
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
                Statement::Jump
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
                Statement::Odd(at, format!("the statement `{word}`"))
            }
        };
        body.push(made);
        Ok(())
    }
}
