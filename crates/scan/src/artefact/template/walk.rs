//! Statements, each branch of them.

use super::{
    judge::Judge,
    rules::ESCAPE,
    syntax::{Expression, For, Macro, Statement, Suffix, Target},
    text::HOLE,
    value::{CONTENT, Data, MESSAGES, TRIGGER, Value},
};
use coseal_core::fact::ArtefactVerdict::Malicious;

/// Elements of a constant that a loop goes over one by one.
const MAX_ROUNDS: usize = 64;
/// Rounds of nested constant loops.
const MANY_ROUNDS: u64 = 1 << 20;

impl<'t> Judge<'t, '_> {
    /// All of a template, macros first: they may be called before they are made.
    pub(super) fn walk(&mut self, body: &'t [Statement]) {
        self.macros_of(body, 0);
        self.body(body);
    }

    fn macros_of(&mut self, body: &'t [Statement], depth: usize) {
        for statement in body {
            match statement {
                Statement::Macro(made) => {
                    self.macros.insert(&made.name, made);
                    self.macros_of(&made.body, depth.saturating_add(1));
                }
                Statement::If(branches, otherwise) => {
                    branches.iter().for_each(|(_, body)| self.macros_of(body, depth));
                    self.macros_of(otherwise, depth);
                }
                Statement::For(made) => self.macros_of(&made.body, depth),
                Statement::Body(_, body) | Statement::Capture(_, _, body) => {
                    self.macros_of(body, depth);
                }
                _ => {}
            }
        }
    }

    pub(super) fn body(&mut self, body: &'t [Statement]) {
        for statement in body {
            if !self.spend(1) {
                return;
            }
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'t Statement) {
        match statement {
            Statement::Text(at, text) => self.show(*at, text),
            Statement::Show(shown) => {
                let value = self.value(shown).shown();
                self.show(shown.at, &value);
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
            Statement::CallWith(called, body) => {
                self.value(called);
                self.body(body);
            }
            Statement::Body(names, body) => {
                for (name, value) in names {
                    let value = self.value(value);
                    self.names.insert(name.clone(), value);
                }
                self.body(body);
            }
            Statement::Reads(at, word) => {
                let detail = format!("`{word}` reads another file");
                self.find(&ESCAPE, Malicious, *at, &detail);
            }
            Statement::Odd(at, word) => {
                self.outside(*at, &format!("no known template has the statement `{word}`"));
            }
            Statement::Do(done) => {
                self.value(done);
            }
        }
    }

    fn show(&mut self, at: usize, text: &str) {
        if !self.spend(text.len()) || self.output.len() > 1 << 20 {
            return;
        }
        self.heard(at, text);
        self.output.push_str(text);
    }

    /// Evaluates under a condition, and looks at all that was shown there.
    fn under(&mut self, condition: u16, inner: impl FnOnce(&mut Self)) {
        let before = self.under;
        let start = self.output.len();
        self.under |= condition & TRIGGER;
        inner(self);
        if self.under != 0 {
            let said = self.output.get(start..).unwrap_or_default().to_owned();
            self.conditional(0, &said);
        }
        self.under = before;
    }

    fn branches(
        &mut self,
        branches: &'t [(Expression, Vec<Statement>)],
        otherwise: &'t [Statement],
    ) {
        let before = self.fork();
        let mut joined = None;
        let mut conditions = 0;
        for (condition, body) in branches {
            self.names = self.copy_of(&before);
            conditions |= self.value(condition).taint;
            self.under(conditions, |judge| judge.body(body));
            joined = Some(join(joined, std::mem::take(&mut self.names)));
        }
        self.names = before;
        self.under(conditions, |judge| judge.body(otherwise));
        let last = std::mem::take(&mut self.names);
        self.names = join(joined, last);
    }

    fn repeat(&mut self, made: &'t For) {
        let over = self.value(&made.over);
        let before = self.fork();
        self.loops = self.loops.saturating_add(1);
        let rounds = self.rounds;
        match &over.data {
            Data::List(items) if items.len() <= MAX_ROUNDS => {
                items.iter().for_each(|item| self.round(made, item));
            }
            Data::Text(text) if !text.contains(HOLE) && text.len() <= MAX_ROUNDS => {
                for letter in text.chars() {
                    self.round(made, &Value::text(letter.to_string(), over.taint));
                }
            }
            Data::Range(count) => {
                self.rounds = rounds.saturating_mul(*count);
                if self.rounds > MANY_ROUNDS {
                    self.endless(made.over.at, &format!("loops of {} rounds", self.rounds));
                }
                self.round(made, &Value::other(super::value::COUNT));
            }
            _ => {
                let item = Value::other(over.taint & !MESSAGES);
                self.round(made, &item);
                if self.loops <= 2 {
                    self.round(made, &item);
                }
            }
        }
        self.rounds = rounds;
        self.loops = self.loops.saturating_sub(1);
        // What a loop sets is gone behind it, but in namespaces.
        self.names.retain(|name, _| name.contains('.') || before.contains_key(name));
        for (name, value) in before {
            if !name.contains('.') {
                self.names.insert(name, value);
            }
        }
        self.body(&made.otherwise);
    }

    fn round(&mut self, made: &'t For, item: &Value) {
        if let [target] = made.targets.as_slice() {
            self.names.insert(target.clone(), item.clone());
        } else {
            for (place, target) in made.targets.iter().enumerate() {
                let part = match &item.data {
                    Data::List(parts) => parts.get(place).cloned(),
                    _ => None,
                };
                let part = part.unwrap_or_else(|| Value::other(item.taint & !CONTENT));
                self.names.insert(target.clone(), part);
            }
        }
        let condition = made.only.as_ref().map_or(0, |only| self.value(only).taint);
        self.under(condition, |judge| judge.body(&made.body));
    }

    fn assign(&mut self, targets: &[Target], value: &Value) {
        for (place, target) in targets.iter().enumerate() {
            let part = match &value.data {
                _ if targets.len() == 1 => value.clone(),
                Data::List(parts) => {
                    parts.get(place).cloned().unwrap_or_else(|| Value::other(value.taint))
                }
                _ => Value::other(value.taint),
            };
            self.set(target, part);
        }
    }

    fn set(&mut self, target: &Target, mut value: Value) {
        value.taint |= self.under;
        let Some(attribute) = &target.attribute else {
            self.names.insert(target.name.clone(), value);
            return;
        };
        if attribute.starts_with('_') {
            self.escape(target.at, &format!("it sets the attribute {attribute}"));
        }
        let space = match self.names.get(&target.name).map(|held| &held.data) {
            Some(Data::Space(space)) => space.clone(),
            _ => target.name.clone(),
        };
        let name = format!("{space}.{attribute}");
        // Another round may find either.
        let value = match self.names.get(&name) {
            Some(held) if self.loops > 0 => {
                Value { taint: value.taint | (held.taint & TRIGGER), ..value }
            }
            _ => value,
        };
        self.names.insert(name, value);
    }

    fn capture(
        &mut self,
        target: Option<&'t Target>,
        filters: &'t [Suffix],
        body: &'t [Statement],
    ) {
        let outer = std::mem::take(&mut self.output);
        self.body(body);
        let text = std::mem::replace(&mut self.output, outer);
        let mut value = Value::text(text, 0);
        for filter in filters {
            if let Suffix::Filter(at, name, arguments) = filter {
                value = self.filtered(*at, value, name, arguments);
            }
        }
        match target {
            Some(target) => self.set(target, value),
            None => self.show(0, &value.shown()),
        }
    }

    /// A macro is looked at once as it is, whether or not it is called.
    fn define(&mut self, made: &'t Macro) {
        self.names.insert(made.name.clone(), Value::of(Data::Macro(made.name.clone())));
        let outer = std::mem::take(&mut self.output);
        let before = self.fork();
        for (name, default) in &made.parameters {
            if let Some(default) = default {
                self.value(default);
            }
            self.names.insert(name.clone(), Value::other(0));
        }
        self.calls.push(&made.name);
        self.body(&made.body);
        self.calls.pop();
        self.names = before;
        let said = std::mem::replace(&mut self.output, outer);
        self.heard(0, &said);
    }
}

type Names = std::collections::BTreeMap<String, Value>;

/// What is known after either of two branches.
fn join(before: Option<Names>, mut after: Names) -> Names {
    let Some(before) = before else { return after };
    for (name, held) in before {
        match after.remove(&name) {
            Some(value) => after.insert(name, value.or(&held)),
            None => after.insert(name, held),
        };
    }
    after
}
