//! Pairs, and what is built like them: calls, functions and promises.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    CALL, CALL_WITH, CLOSURE, DOTS, MAX_VALUES, PAIRS, PAIRS_WITH, PROMISE, Place, Step, Stop,
    Value, Walk, language,
};
use crate::artefact::registry::rdata::rules::{FUNCTION, PROMISE as RUNS};

impl Walk<'_, '_> {
    /// Pairs, one behind the other, and what is built like them.
    pub(super) fn pairs(&mut self, first: u8, flags: u32, place: Place) -> Step<Value> {
        let (mut kind, mut flags, mut place) = (first, flags, place);
        let mut names = Vec::new();
        loop {
            let at = self.stream.offset();
            let inner = match kind {
                CALL | CALL_WITH if place == Place::Data => Place::Expression,
                CLOSURE => Place::Function,
                PROMISE if place == Place::Variables => Place::Variables,
                _ => place,
            };
            if flags & 0x200 != 0 || matches!(kind, PAIRS_WITH | CALL_WITH) {
                // What formulas carry is evaluated with them.
                let call = matches!(kind, CALL | CALL_WITH) && place == Place::Data;
                self.value(if call { Place::Expression } else { place })?;
            }
            if flags & 0x400 != 0 {
                self.value(if kind == CLOSURE { Place::Variables } else { place })?;
            }
            if kind == CLOSURE {
                self.report.find(&FUNCTION, Unknown, at, "a function comes with the data");
            }
            let head = self.value(inner)?;
            match (kind, &head) {
                (CALL | CALL_WITH, _) => self.call(&head, place, at),
                (PROMISE, _) => self.promise(head == Value::Unbound, place, at),
                (_, Value::Name(name)) if names.len() < 4 => names.push(name.clone()),
                _ => {}
            }
            let rest = match (kind, &head) {
                (PROMISE, Value::Unbound) => Place::Expression,
                // What was evaluated is not evaluated again.
                (PROMISE, _) => Place::Function,
                _ => inner,
            };
            let next = self.stream.integer()?.cast_unsigned();
            let following = (next & 0xff) as u8;
            let goes_on = matches!(kind, PAIRS | CALL | DOTS | PAIRS_WITH | CALL_WITH)
                && matches!(following, PAIRS | PAIRS_WITH);
            if !goes_on {
                self.flagged(next, rest)?;
                break;
            }
            self.values = self.values.saturating_add(1);
            if self.values > MAX_VALUES {
                return Err(Stop::Limit("there are more values than are followed"));
            }
            // Arguments of a call are pairs within the expression.
            (kind, flags, place) = (following, next, inner);
        }
        Ok(match first {
            CALL | CALL_WITH => Value::Call(None),
            _ => Value::Names(names),
        })
    }

    /// A promise. One that is `open` R keeps as soon as it is looked at. Environments hold such, and so may calls that were kept.
    fn promise(&mut self, open: bool, place: Place, at: u64) {
        match place {
            Place::Data if open => {
                self.report.find(&RUNS, Malicious, at, "a promise stands where data do");
            }
            Place::Data => self.report.find(&FUNCTION, Unknown, at, "a promise that was kept"),
            Place::Expression if open => {
                self.report.find(&FUNCTION, Unknown, at, "a promise stands in a call");
            }
            Place::Expression | Place::Variables | Place::Function => {}
        }
    }

    fn call(&mut self, head: &Value, place: Place, at: u64) {
        if place == Place::Function {
            return;
        }
        match head {
            Value::Name(name) => {
                let outermost = place != Place::Expression;
                language::called(name, outermost, at, self.report);
            }
            // `package::function(…)`, whose name is judged where it stands.
            Value::Call(_) => {}
            _ => language::called("a function without a name", false, at, self.report),
        }
    }
}
