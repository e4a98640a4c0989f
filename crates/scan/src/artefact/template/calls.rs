//! Calls of functions and macros.

use super::{
    danger::DOORS,
    judge::Judge,
    policy::FUNCTIONS,
    syntax::{Arguments, Macro, Statement},
    text::HOLE,
    value::{COUNT, DATE, Data, MADE, TRIGGER, Value},
};

/// Macros called within each other.
const MAX_CALLS: usize = 6;
/// Numbers that a constant range may have.
const MANY: u64 = 100_000;

impl<'t> Judge<'t, '_> {
    /// All of a template, macros first: they may be called before they are made.
    pub(super) fn walk(&mut self, body: &'t [Statement]) {
        self.macros_of(body);
        self.body(body);
    }

    fn macros_of(&mut self, body: &'t [Statement]) {
        for statement in body {
            match statement {
                Statement::Macro(made) => {
                    self.macros.insert(made.at, made);
                    self.first_macros.entry(&made.name).or_insert(made.at);
                    self.macros_of(&made.body);
                }
                Statement::If(branches, otherwise) => {
                    branches.iter().for_each(|(_, body)| self.macros_of(body));
                    self.macros_of(otherwise);
                }
                Statement::For(made) => {
                    self.macros_of(&made.body);
                    self.macros_of(&made.otherwise);
                }
                Statement::Body(_, body)
                | Statement::Capture(_, _, body)
                | Statement::CallWith(_, _, body) => self.macros_of(body),
                _ => {}
            }
        }
    }

    /// The macro of a name that is not set yet.
    pub(super) fn macro_of(&self, name: &str) -> Option<usize> {
        self.first_macros.get(name).copied()
    }

    pub(super) fn arguments(&mut self, arguments: &'t Arguments) -> Vec<Value> {
        for (_, value) in &arguments.named {
            self.value(value);
        }
        arguments.positional.iter().map(|argument| self.value(argument)).collect()
    }

    /// A named argument.
    pub(super) fn argument(&mut self, arguments: &'t Arguments, name: &str) -> Option<Value> {
        let (_, value) = arguments.named.iter().find(|(found, _)| found == name)?;
        Some(self.value(value))
    }

    pub(super) fn function(&mut self, at: usize, name: &'t str, arguments: &'t Arguments) -> Value {
        // A name stands for what it was last set to.
        let named = match self.names.find(name).map(|value| value.data.clone()) {
            Some(Data::Macro(made)) => return self.called(made, arguments),
            Some(Data::Function(function)) => function,
            Some(_) => {
                self.arguments(arguments);
                self.outside(at, &format!("it calls `{name}`, which it set to something else"));
                return Value::other(MADE);
            }
            None => match self.macro_of(name) {
                Some(made) => return self.called(made, arguments),
                None => name.to_owned(),
            },
        };
        let quiet = self.quiet;
        if named == "raise_exception" {
            self.quiet = true;
            self.errors = self.errors.saturating_add(1);
        }
        let values = self.arguments(arguments);
        self.quiet = quiet;
        if arguments.spread {
            self.outside(arguments.at, "it spreads the arguments of a call");
        }
        self.known(at, &named, arguments, &values)
    }

    fn known(
        &mut self,
        at: usize,
        name: &str,
        arguments: &'t Arguments,
        values: &[Value],
    ) -> Value {
        match name {
            "range" => self.range(at, values),
            "namespace" => self.space(at, arguments, values),
            "dict" => {
                let named: Vec<(String, Value)> = arguments
                    .named
                    .iter()
                    .map(|(name, value)| (name.clone(), self.value(value)))
                    .collect();
                self.made_up(at, &named.iter().map(|(name, value)| (Some(name.as_str()), value)));
                Value::other(values.iter().fold(MADE, |taint, value| taint | value.taint))
            }
            "strftime_now" => Value::text(HOLE.to_string(), DATE),
            "caller" => match self.callers.last() {
                Some(Some(said)) => said.clone(),
                _ => Value::text(HOLE.to_string(), MADE),
            },
            _ if FUNCTIONS.contains(&name) => Value::text(HOLE.to_string(), 0),
            _ if DOORS.contains(&name) || name.starts_with("__") => {
                self.escape(at, &format!("it calls `{name}`"));
                Value::other(MADE)
            }
            _ => {
                self.outside(at, &format!("no known template calls `{name}`"));
                Value::other(MADE)
            }
        }
    }

    fn space(&mut self, at: usize, arguments: &'t Arguments, values: &[Value]) -> Value {
        if !values.is_empty() {
            self.outside(at, "it makes a namespace of something else");
        }
        let space = at.to_string();
        for (name, value) in &arguments.named {
            let mut value = self.value(value);
            value.taint |= self.under;
            self.bind(format!("{space}.{name}"), value);
        }
        Value::of(Data::Space(space))
    }

    fn range(&mut self, at: usize, values: &[Value]) -> Value {
        let numbers: Option<Vec<i64>> = values
            .iter()
            .map(|value| match value.data {
                Data::Int(int) => Some(int),
                _ => None,
            })
            .collect();
        let count = match numbers.as_deref() {
            Some([stop]) => u64::try_from(*stop).unwrap_or(0),
            Some([start, stop]) => u64::try_from(stop.saturating_sub(*start)).unwrap_or(0),
            Some([start, stop, step]) => stop
                .saturating_sub(*start)
                .unsigned_abs()
                .checked_div(step.unsigned_abs())
                .unwrap_or(0)
                .saturating_add(1),
            _ => return self.unknown_range(at, values),
        };
        if count > MANY {
            self.endless(at, &format!("a range of {count} numbers"));
        }
        let taint = values.iter().fold(0, |taint, value| taint | (value.taint & TRIGGER));
        if let Some(numbers) = self.supposed_range(numbers.as_deref().unwrap_or_default()) {
            return numbers;
        }
        Value { data: Data::Range(count), taint }
    }

    /// A range of which a bound is not known: as long as what it is made of.
    fn unknown_range(&mut self, at: usize, values: &[Value]) -> Value {
        let taint =
            values.iter().fold(COUNT, |taint, value| taint | (value.taint & (TRIGGER | DATE)));
        if values.iter().any(|value| value.taint & MADE != 0) {
            self.outside(at, "a range whose length is put together");
        }
        let timed = if taint & DATE != 0 { TRIGGER } else { 0 };
        let long = values
            .iter()
            .any(|value| matches!(value.data, Data::Int(bound) if bound.unsigned_abs() > MANY));
        if long {
            self.endless(at, "a range of very many numbers");
        }
        // A range that begins behind the first of what it counts is there only for enough of it.
        let behind = values.len() > 1
            && matches!(values.first(), Some(Value { data: Data::Int(start), .. }) if *start > 1);
        Value::other(taint | timed | if behind { TRIGGER } else { 0 })
    }

    /// The text that a macro makes.
    fn called(&mut self, made: usize, arguments: &'t Arguments) -> Value {
        let caller = self.caller.take();
        let values = self.arguments(arguments);
        let taint = values.iter().fold(0, |taint, value| taint | value.taint);
        let Some(made) = self.macros.get(&made).copied() else { return Value::other(MADE) };
        if self.calls.contains(&made.at) {
            let numbers = values.iter().all(|value| matches!(value.data, Data::Int(_)));
            if numbers && !values.is_empty() {
                self.outside(arguments.at, "a macro that calls itself by a number");
            }
            return Value::text(HOLE.to_string(), taint | MADE);
        }
        if self.calls.len() >= MAX_CALLS {
            self.report.gap("a macro", "macros call each other deeper than is followed");
            return Value::text(HOLE.to_string(), taint | MADE);
        }
        self.calls.push(made.at);
        self.callers.push(caller);
        let said = self.captured(|judge| {
            judge.scoped(|judge| judge.called_with(made, arguments, values));
        });
        self.callers.pop();
        self.calls.pop();
        let shown = said.shown();
        let text = self.kept(0, shown);
        Value::text(text, said.taint)
    }

    fn called_with(&mut self, made: &'t Macro, arguments: &'t Arguments, values: Vec<Value>) {
        let mut values = values.into_iter();
        let mut bound = Vec::new();
        for (parameter, default) in &made.parameters {
            let named = self.argument(arguments, parameter);
            let value = match (values.next(), named, default) {
                _ if arguments.spread => Value::other(MADE),
                (Some(value), ..) | (None, Some(value), _) => value,
                (None, None, Some(value)) => self.value(value),
                _ => Value::other(0),
            };
            bound.push((parameter.clone(), value));
        }
        // A macro sees what is set around it where it was made, not where it is called.
        let then = self.root.map(|root| self.names.then(root)).unwrap_or_default();
        self.spend(then.len());
        for (name, value) in then {
            match value {
                Some(value) => self.bind(name, value),
                None => self.names.forget(&name),
            }
        }
        bound.into_iter().for_each(|(name, value)| self.bind(name, value));
        self.body(&made.body);
    }
}
