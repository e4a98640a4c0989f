//! Statements, each branch of them.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    judge::Judge,
    policy::WRITTEN,
    role_marks::Who,
    roles::{ANYBODY, role_where},
    rules::{ESCAPE, TRIGGER as TRIGGERED},
    syntax::{Expression, Kind, Macro, Operator, Statement, Suffix, Target},
    value::{Data, MADE, TRIGGER, Value},
};

impl<'t> Judge<'t, '_> {
    pub(super) fn body(&mut self, body: &'t [Statement]) {
        let before = self.under;
        for statement in body {
            if !self.spend(1) || self.stopped() {
                break;
            }
            self.statement(statement);
            self.under |= self.jumped;
        }
        self.under = before;
    }

    fn statement(&mut self, statement: &'t Statement) {
        match statement {
            Statement::Text(at, text) => {
                let text = self.literal(text);
                self.show(*at, &text, 0);
            }
            Statement::Show(shown) => {
                let value = self.value(shown);
                self.show_value(shown.at, &value);
            }
            Statement::If(branches, otherwise) if self.supposed.is_some() => {
                self.supposed_branches(branches, otherwise);
            }
            Statement::If(branches, otherwise) => self.branches(branches, otherwise),
            Statement::For(made) => self.repeat(made),
            Statement::Set(targets, value) => {
                let value = self.value(value);
                self.assign(targets, &value);
            }
            Statement::Capture(target, filters, body) => {
                self.capture(target.as_ref(), filters, body);
            }
            Statement::Macro(made) => self.define(made),
            Statement::CallWith(parameters, called, body) => {
                self.call_with(parameters, called, body);
            }
            Statement::Body(names, body) => self.scoped(|judge| {
                for (name, value) in names {
                    let value = judge.value(value);
                    judge.bind(name.clone(), value);
                }
                judge.body(body);
            }),
            Statement::Jump => {
                self.jumps = true;
                self.jumped |= self.under;
                self.stop();
            }
            Statement::Reads(at, word) => {
                let detail = format!("`{word}` reads another file");
                self.find(&ESCAPE, Malicious, *at, &detail);
            }
            Statement::Odd(at, word) => {
                self.outside(*at, &format!("no known template has {word}"));
            }
            Statement::Do(done) => {
                self.value(done);
            }
        }
    }

    pub(super) fn show_value(&mut self, at: usize, value: &Value) {
        self.altered(at, value);
        self.spoken(at, value);
        let text = self.marked(value, value.shown());
        self.show(at, &text, value.taint);
    }

    fn show(&mut self, at: usize, text: &str, taint: u16) {
        if !self.spend(text.len()) {
            return;
        }
        self.heard(at, text);
        self.piece(text);
        self.shown.push(text, taint | self.under);
    }

    /// What is set within is gone behind it, but in namespaces.
    pub(super) fn scoped(&mut self, inner: impl FnOnce(&mut Self)) {
        self.scoped_with(inner, |_, _, value| value);
    }

    /// With a last look at what stays: its name, and its new value.
    pub(super) fn scoped_with(
        &mut self,
        inner: impl FnOnce(&mut Self),
        kept: impl Fn(&Self, &str, Value) -> Value,
    ) {
        let mark = self.names.mark();
        let root = self.root;
        self.root = root.or(Some(mark));
        inner(self);
        self.root = root;
        let set = self.names.undo(mark);
        for (name, value) in set {
            if name.contains('.') {
                let value = kept(self, &name, value);
                self.bind(name, value);
            }
        }
    }

    /// What `inner` shows, as a value.
    pub(super) fn captured(&mut self, inner: impl FnOnce(&mut Self)) -> Value {
        let outer = std::mem::take(&mut self.shown);
        inner(self);
        std::mem::replace(&mut self.shown, outer).value()
    }

    /// Evaluates under a condition, and looks at all that was shown there.
    pub(super) fn under(&mut self, condition: u16, inner: impl FnOnce(&mut Self)) {
        let before = self.under;
        let start = self.shown.text.len();
        self.under |= condition & TRIGGER;
        inner(self);
        if self.under != 0 {
            let said = self.shown.since(start);
            self.conditional(0, &said);
        }
        self.under = before;
    }

    fn branches(
        &mut self,
        branches: &'t [(Expression, Vec<Statement>)],
        otherwise: &'t [Statement],
    ) {
        let mut conditions = 0;
        let mut sets = Vec::new();
        self.shown.doubt();
        for (condition, body) in branches {
            let value = self.value(condition);
            conditions |= value.taint & TRIGGER;
            let errors = self.errors;
            sets.push(self.branch(conditions, role_where(condition), body));
            if value.taint & TRIGGER != 0 && self.errors > errors && asks_word(condition) {
                let detail = "what was said decides whether it ends with an error";
                self.find(&TRIGGERED, Unknown, condition.at, detail);
            }
        }
        sets.push(self.branch(conditions, None, otherwise));
        self.join(sets, conditions);
    }

    pub(super) fn branch(
        &mut self,
        conditions: u16,
        role: Option<(&'t str, String)>,
        body: &'t [Statement],
    ) -> BTreeMap<String, Value> {
        let mark = self.names.mark();
        let outer = self.role;
        let operator = self.operator.clone();
        let role = role.map(|(role, message)| {
            self.operator = (role == "system").then_some(message);
            role
        });
        let start = self.shown.text.len();
        self.role = match (role, outer) {
            (Some(role), _) => Some((role, start)),
            (None, Some((ANYBODY, _))) => None,
            (None, outer) => outer,
        };
        self.under(conditions, |judge| judge.body(body));
        self.role = outer;
        self.operator = operator;
        self.names.undo(mark)
    }

    /// What is known after one of several branches.
    pub(super) fn join(&mut self, sets: Vec<BTreeMap<String, Value>>, conditions: u16) {
        let branches = sets.len();
        let mut joined: BTreeMap<String, (Value, usize)> = BTreeMap::new();
        for (name, value) in sets.into_iter().flatten() {
            self.spend(value.weight());
            let (value, count) = match joined.remove(&name) {
                Some((held, count)) => (self.either(held, &value, conditions), count),
                None => (value, 0),
            };
            joined.insert(name, (value, count.saturating_add(1)));
        }
        for (name, (value, count)) in joined {
            let held = self.names.find(&name).filter(|_| count < branches).cloned();
            let value = match held {
                Some(held) => self.either(value, &held, conditions),
                None => value,
            };
            self.bind(name, value);
        }
    }

    fn either(&mut self, one: Value, other: &Value, conditions: u16) -> Value {
        if one.data != other.data && conditions & TRIGGER != 0 {
            self.chosen(0, &one, TRIGGER);
            self.chosen(0, other, TRIGGER);
        }
        self.other_role(&one, other);
        let mut value = one.or(other);
        value.taint |= conditions & TRIGGER;
        value
    }

    fn capture(
        &mut self,
        target: Option<&'t Target>,
        filters: &'t [Suffix],
        body: &'t [Statement],
    ) {
        let mut value = self.captured(|judge| judge.scoped(|judge| judge.body(body)));
        for filter in filters {
            if let Suffix::Filter(at, name, arguments) = filter {
                value = self.filtered(*at, value, name, arguments);
            }
        }
        match target {
            Some(target) => self.set(target, value),
            None => self.show_value(0, &value),
        }
    }

    /// A call with a body: the body is what `caller()` gives.
    fn call_with(
        &mut self,
        parameters: &'t [(String, Option<Expression>)],
        called: &'t Expression,
        body: &'t [Statement],
    ) {
        let said = self.captured(|judge| {
            judge.scoped(|judge| {
                for (name, _) in parameters {
                    judge.bind(name.clone(), Value::other(MADE));
                }
                judge.body(body);
            });
        });
        self.caller = Some(said);
        let value = self.value(called);
        self.caller = None;
        self.show_value(called.at, &value);
    }

    /// A macro is looked at once as it is, whether or not it is called.
    fn define(&mut self, made: &'t Macro) {
        if self.loops > 0 || !self.calls.is_empty() {
            self.outside(made.at, "a macro is made within a loop or a macro");
        }
        self.bind(made.name.clone(), Value::of(Data::Macro(made.at)));
        self.calls.push(made.at);
        self.callers.push(None);
        let said = self.captured(|judge| {
            judge.scoped(|judge| {
                for (name, default) in &made.parameters {
                    if let Some(default) = default {
                        judge.value(default);
                    }
                    judge.bind(name.clone(), Value::other(0));
                }
                judge.body(&made.body);
            });
        });
        self.callers.pop();
        self.calls.pop();
        self.heard(0, &said.shown());
    }
}

/// Whether a condition looks for a word that is no role in a text.
fn asks_word(condition: &Expression) -> bool {
    let word = |one: &Expression| match &one.kind {
        Kind::Text(text) => {
            text.chars().count() > 2
                && text.chars().all(|letter| letter.is_alphabetic() || letter == ' ')
                && Who::of(text).is_none()
        }
        _ => false,
    };
    match &condition.kind {
        Kind::Not(inner) => asks_word(inner),
        Kind::Chain(first, rest) => {
            // A name may be that of a message, whose keys are asked for.
            let said = |part: &Expression| match &part.kind {
                Kind::Name(name) => WRITTEN.contains(&name.as_str()),
                _ => true,
            };
            let looks = rest.iter().any(|(operator, part)| *operator == Operator::In && said(part));
            looks && word(first) || asks_word(first) || rest.iter().any(|(_, part)| asks_word(part))
        }
        _ => false,
    }
}
