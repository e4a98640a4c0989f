//! Expressions: folded as far as they are constant, and followed to where they come from.

use super::{
    danger::DOORS,
    judge::{Judge, MAX_VALUE},
    policy::{FUNCTIONS, GIVEN, ODD, TIMES, WRITTEN},
    syntax::{Expression, Kind, Suffix},
    value::{CONTENT, DATE, Data, MACROS, MADE, MESSAGES, TOOLS, TRIGGER, Value},
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
                Value::text(text.as_str(), 0)
            }
            Kind::Int(int) => Value::of(Data::Int(*int)),
            Kind::Float => Value::of(Data::Float),
            Kind::Bool(bool) => Value::of(Data::Bool(*bool)),
            Kind::None => Value::of(Data::None),
            Kind::Name(name) => self.named(at, name),
            Kind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                let taint = items.iter().fold(0, |taint, item| taint | item.taint | of_macro(item));
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
                Value { data: Data::Map(entries), taint }
            }
            Kind::Chain(first, rest) => self.chain(first, rest),
            Kind::Not(inner) => Value::other(self.value(inner).taint & TRIGGER),
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
        let taint = self.value(condition).taint & TRIGGER;
        let before = self.under;
        self.under |= taint;
        let value = self.value(value);
        let other = otherwise.map(|otherwise| self.value(otherwise));
        self.under = before;
        let other = other.unwrap_or_else(|| Value::text("", 0));
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
                (Suffix::Test(at, test, arguments), _) => self.tested(*at, &value, test, arguments),
            };
            first = false;
        }
        value
    }
}

/// Marks a macro among what is listed.
pub(super) const fn of_macro(value: &Value) -> u16 {
    if matches!(value.data, Data::Macro(_)) { MACROS } else { 0 }
}
