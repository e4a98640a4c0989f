//! Compiled functions: numbers, and constants that may be expressions of a form of their own.

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::{
    atoms::{BYTECODE, CALL, CALL_WITH, DEFINED, PAIRS, PAIRS_WITH, REPEATED},
    rules::FUNCTION,
    walk::{Place, Walk},
};
use crate::artefact::stop::Step;

impl Walk<'_, '_> {
    /// A compiled function.
    pub(super) fn bytecode(&mut self) -> Step {
        let at = self.stream.offset();
        self.report.find(&FUNCTION, Unknown, at, "a compiled function comes with the data");
        self.stream.integer()?;
        self.compiled()
    }

    fn compiled(&mut self) -> Step {
        self.deeper()?;
        let step = self.constants();
        self.shallower();
        step
    }

    fn constants(&mut self) -> Step {
        self.value(Place::Function)?;
        let count = self.stream.length(4)?;
        for _ in 0..count {
            let kind = self.stream.integer()?;
            match u8::try_from(kind) {
                Ok(BYTECODE) => self.compiled()?,
                Ok(kind) if is_expression(kind) => self.expression(kind)?,
                // The kind is said again where the value stands.
                _ => drop(self.value(Place::Function)?),
            }
        }
        Ok(())
    }

    fn expression(&mut self, kind: u8) -> Step {
        self.deeper()?;
        let step = self.chain(kind);
        self.shallower();
        step
    }

    /// An expression and those that follow it.
    fn chain(&mut self, first: u8) -> Step {
        let mut kind = first;
        loop {
            if kind == REPEATED {
                return self.stream.integer().map(drop);
            }
            if kind == DEFINED {
                self.stream.integer()?;
                kind = u8::try_from(self.stream.integer()?).unwrap_or(0);
            }
            if matches!(kind, PAIRS_WITH | CALL_WITH) {
                self.value(Place::Function)?;
            }
            self.value(Place::Function)?;
            let head = u8::try_from(self.stream.integer()?).unwrap_or(0);
            if is_expression(head) {
                self.expression(head)?;
            } else {
                self.value(Place::Function)?;
            }
            let rest = u8::try_from(self.stream.integer()?).unwrap_or(0);
            if !is_expression(rest) {
                return self.value(Place::Function).map(drop);
            }
            kind = rest;
        }
    }
}

const fn is_expression(kind: u8) -> bool {
    matches!(kind, CALL | PAIRS | REPEATED | DEFINED | CALL_WITH | PAIRS_WITH)
}
