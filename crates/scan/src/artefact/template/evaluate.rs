//! Expressions: folded as far as they are constant, and followed to where they come from.

use super::{
    danger::DOORS,
    judge::{Judge, MAX_VALUE},
    policy::{FUNCTIONS, GIVEN, ODD, TIMES, WRITTEN},
    roles::path,
    syntax::{Expression, Kind, Suffix},
    value::{CONTENT, DATE, Data, MACROS, MADE, MESSAGES, OPERATOR, TOOLS, TRIGGER, Value},
};

impl<'t> Judge<'t, '_> {
    pub(super) fn value(&mut self, expression: &'t Expression) -> Value {
        if !self.spend(1) {
            return Value::other(0);
        }
        let at = expression.at;
        match &expression.kind {
            Kind::Text(text) => {
                self.heard(at, text);
                Value::text(self.literal(text), 0)
            }
            Kind::Int(int) => Value::of(Data::Int(*int)),
            Kind::Float => Value::of(Data::Float),
            Kind::Bool(bool) => Value::of(Data::Bool(*bool)),
            Kind::None => Value::of(Data::None),
            Kind::Name(name) => self.named(at, name),
            Kind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                let taint = items.iter().fold(0, |taint, item| taint | item.taint | of_macro(item));
                self.numbered(at, &items);
                Value { data: Data::List(items), taint }
            }
            Kind::Map(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| (self.value(key), self.value(value)))
                    .collect();
                let taint = entries.iter().fold(0, |taint, (key, value)| {
                    taint | key.taint | value.taint | of_macro(value)
                });
                self.made_up(at, &entries.iter().map(|(key, value)| (key.known(), value)));
                Value { data: Data::Map(entries), taint }
            }
            Kind::Chain(first, rest) => self.chain(first, rest),
            Kind::Not(inner) => {
                let inner = self.value(inner);
                match self.holds(&inner) {
                    Some(holds) => Value::of(Data::Bool(!holds)),
                    None => Value::other(inner.taint & TRIGGER),
                }
            }
            Kind::Negative(inner) => match self.value(inner) {
                Value { data: Data::Int(int), taint } => {
                    Value { data: Data::Int(int.saturating_neg()), taint }
                }
                value => Value::other(value.taint),
            },
            Kind::Inline(parts, otherwise) => self.inline(at, parts, otherwise.as_deref()),
            Kind::Followed(base, suffixes) => self.followed(base, suffixes),
            Kind::Slice(_) => Value::other(MADE),
        }
    }

    fn named(&mut self, at: usize, name: &str) -> Value {
        if let Some(value) = self.names.find(name) {
            let weight = value.weight();
            if weight > MAX_VALUE {
                return Value::other(value.taint | MADE);
            }
            let value = value.clone();
            self.spend(weight);
            return value;
        }
        if let Some(made) = self.macro_of(name) {
            return Value::of(Data::Macro(made));
        }
        if name.starts_with("__") {
            self.escape(at, &format!("it reads {name}"));
        } else if DOORS.contains(&name) {
            self.escape(at, &format!("it reads `{name}`, which leads out of the sandbox"));
        } else if ODD.contains(&name) {
            self.outside(at, &format!("no known template reads `{name}`"));
        }
        if FUNCTIONS.contains(&name) && name != "loop" {
            return Value::of(Data::Function(name.to_owned()));
        }
        if let Some(supposed) = self.supposed_name(name) {
            return supposed;
        }
        let timed = name.split('_').any(|word| TIMES.contains(&word));
        Value::other(match name {
            "messages" => MESSAGES,
            _ if GIVEN.contains(&name) => TOOLS,
            _ if WRITTEN.contains(&name) => CONTENT,
            _ if timed => DATE,
            _ => 0,
        })
    }

    fn inline(
        &mut self,
        at: usize,
        parts: &'t [Expression; 2],
        otherwise: Option<&'t Expression>,
    ) -> Value {
        let [value, condition] = parts;
        let condition = self.value(condition);
        match self.holds(&condition) {
            Some(true) => return self.value(value),
            Some(false) => {
                return otherwise.map_or_else(|| Value::text("", 0), |other| self.value(other));
            }
            None => {}
        }
        let taint = condition.taint & TRIGGER;
        let before = self.under;
        self.under |= taint;
        let value = self.value(value);
        let other = otherwise.map(|otherwise| self.value(otherwise));
        self.under = before;
        let other = other.unwrap_or_else(|| Value::text("", 0));
        self.other_role(&value, &other);
        if let Some(either) = self.supposed_either(&value, &other) {
            return either;
        }
        if taint != 0 {
            self.chosen(at, &value, taint);
            self.chosen(at, &other, taint);
        }
        let mut joined = value.or(&other);
        joined.taint |= taint;
        joined
    }

    fn followed(&mut self, base: &'t Expression, suffixes: &'t [Suffix]) -> Value {
        let mut rest = suffixes.iter().peekable();
        let name = match &base.kind {
            Kind::Name(name) => Some(name.as_str()),
            _ => None,
        };
        let mut value = match (name, rest.peek()) {
            (Some(name), Some(Suffix::Call(_, arguments))) => {
                rest.next();
                self.function(base.at, name, arguments)
            }
            _ => self.value(base),
        };
        let of_loop = name == Some("loop") && self.names.find("loop").is_none();
        let mut first = true;
        while let Some(suffix) = rest.next() {
            value = match (suffix, rest.peek()) {
                (Suffix::Attribute(at, method), Some(Suffix::Call(_, arguments))) => {
                    rest.next();
                    self.method(*at, &value, method, arguments)
                }
                (Suffix::Attribute(at, attribute), _) => {
                    self.attribute(*at, &value, attribute, first && of_loop)
                }
                (Suffix::Item(index), _) => self.item(&value, index),
                (Suffix::Call(at, arguments), _) => {
                    self.arguments(arguments);
                    if value.taint & MACROS == 0 {
                        self.outside(*at, "it calls what an expression gives");
                    }
                    Value::other(value.taint | MADE)
                }
                (Suffix::Filter(at, filter, arguments), _) => {
                    self.filtered(*at, value, filter, arguments)
                }
                (Suffix::Test(at, test, arguments, not), _) => {
                    let tested = self.tested(*at, &value, test, arguments);
                    self.supposed_test(&value, test, *not).unwrap_or(tested)
                }
            };
            first = false;
        }
        value.taint |= self.of_operator(base, suffixes);
        value
    }

    /// [`OPERATOR`] for the content of a message that is known to be the system's.
    fn of_operator(&self, base: &Expression, suffixes: &[Suffix]) -> u16 {
        let Some(operator) = &self.operator else { return 0 };
        let Some((last, message)) = suffixes.split_last() else { return 0 };
        let content = match last {
            Suffix::Attribute(_, name) => name == "content",
            Suffix::Item(Expression { kind: Kind::Text(name), .. }) => name == "content",
            _ => false,
        };
        let own = content && path(base, message).as_ref() == Some(operator);
        if own { OPERATOR } else { 0 }
    }
}

/// Marks a macro among what is listed.
pub(super) const fn of_macro(value: &Value) -> u16 {
    if matches!(value.data, Data::Macro(_)) { MACROS } else { 0 }
}
