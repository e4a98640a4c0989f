//! Expressions: folded as far as they are constant, and followed to where they come from.

use super::{
    judge::{Judge, MAX_VALUE},
    policy::{DOORS, FUNCTIONS, INNER, INSIDES, ODD, WRITTEN},
    syntax::{Arguments, Expression, Kind, Suffix},
    text::{HOLE, sliced},
    value::{CONTENT, COUNT, DATE, Data, MACROS, MADE, MESSAGES, NAME, TRIGGER, Value},
};

/// Macros called within each other.
const MAX_CALLS: usize = 6;
/// Numbers that a constant range may have.
const MANY: u64 = 100_000;

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
            Kind::Float => Value::other(0),
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
                let taint = entries.iter().fold(0, |taint, (_, value)| taint | value.taint);
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
            Kind::Inline(parts, otherwise) => self.inline(parts, otherwise.as_deref()),
            Kind::Followed(base, suffixes) => self.followed(base, suffixes),
            Kind::Slice(_) => Value::other(0),
        }
    }

    fn named(&mut self, at: usize, name: &str) -> Value {
        if let Some(value) = self.names.get(name) {
            let weight = value.weight();
            if weight > MAX_VALUE {
                return Value::other(value.taint | MADE);
            }
            let value = value.clone();
            self.spend(weight);
            return value;
        }
        if self.macros.contains_key(name) {
            return Value::of(Data::Macro(name.to_owned()));
        }
        if name.starts_with("__") {
            self.escape(at, &format!("it reads {name}"));
        } else if DOORS.contains(&name) {
            self.escape(at, &format!("it reads `{name}`, which leads out of the sandbox"));
        } else if ODD.contains(&name) {
            self.outside(at, &format!("no known template reads `{name}`"));
        }
        match name {
            "messages" => Value::other(MESSAGES),
            _ if WRITTEN.contains(&name) => Value::other(CONTENT),
            _ => Value::other(0),
        }
    }

    fn inline(&mut self, parts: &'t [Expression; 2], otherwise: Option<&'t Expression>) -> Value {
        let [value, condition] = parts;
        let taint = self.value(condition).taint & TRIGGER;
        let before = self.under;
        self.under |= taint;
        let value = self.value(value);
        let other = otherwise.map(|otherwise| self.value(otherwise));
        self.under = before;
        let mut joined = match other {
            Some(other) => value.or(&other),
            None => value,
        };
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
        let mut first = true;
        while let Some(suffix) = rest.next() {
            value = match (suffix, rest.peek()) {
                (Suffix::Attribute(at, method), Some(Suffix::Call(_, arguments))) => {
                    rest.next();
                    let on = name.filter(|_| first);
                    self.method(*at, &value, on, method, arguments)
                }
                (Suffix::Attribute(at, attribute), _) => {
                    let of_loop = first && name == Some("loop");
                    self.attribute(*at, &value, attribute, of_loop)
                }
                (Suffix::Item(index), _) => self.item(&value, index),
                (Suffix::Call(at, arguments), _) => {
                    self.arguments(arguments);
                    if value.taint & MACROS == 0 {
                        self.outside(*at, "it calls what an expression gives");
                    }
                    Value::other(value.taint)
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

    /// Whether an attribute may be read by name.
    pub(super) fn readable(&mut self, at: usize, name: &str) {
        let inner = name.starts_with("__") || INSIDES.contains(&name);
        if inner || (name.starts_with('_') && INNER.contains(&name.trim_matches('_'))) {
            self.escape(at, &format!("it reads the attribute {name}, which leads inside Python"));
        } else if name.starts_with('_') && name.contains("__") {
            self.outside(at, &format!("it reads the private attribute {name}"));
        }
    }

    pub(super) fn attribute(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        of_loop: bool,
    ) -> Value {
        self.readable(at, name);
        let kept = base.taint & (TRIGGER | DATE | MADE);
        let found = match &base.data {
            Data::Space(space) => self.names.get(&format!("{space}.{name}")).cloned(),
            Data::Map(entries) => entries
                .iter()
                .rev()
                .find(|(key, _)| key.known() == Some(name))
                .map(|(_, value)| value.clone()),
            Data::Macro(_) => {
                self.outside(at, "it reads what a macro is made of");
                None
            }
            _ => None,
        };
        found.unwrap_or_else(|| {
            let more = match name {
                "index" | "index0" | "length" | "revindex" | "revindex0" if of_loop => COUNT,
                "name" => NAME,
                _ if WRITTEN.contains(&name) => CONTENT,
                _ => 0,
            };
            Value::other(kept | more)
        })
    }

    fn item(&mut self, base: &Value, index: &'t Expression) -> Value {
        if let Kind::Slice(parts) = &index.kind {
            return self.slice(base, parts);
        }
        let at = index.at;
        let key = self.value(index);
        if let Some(name) = key.known() {
            return self.attribute(at, base, name, false);
        }
        match (&base.data, &key.data) {
            (Data::List(items), Data::Int(place)) => sliced(items, Some(*place), None, 1)
                .into_iter()
                .next()
                .unwrap_or_else(|| Value::other(base.taint)),
            (Data::Text(text), Data::Int(place)) if !text.contains(HOLE) => {
                let letters: Vec<char> = text.chars().collect();
                let letter = sliced(&letters, Some(*place), None, 1).into_iter().next();
                Value::text(letter.map(String::from).unwrap_or_default(), base.taint)
            }
            (Data::Map(entries), data) => {
                if key.taint & CONTENT != 0 {
                    self.outside(at, "what is read depends on what somebody wrote");
                }
                let found = entries.iter().find(|(held, _)| held.data == *data);
                match found {
                    Some((_, value)) => value.clone(),
                    None => Value::other(base.taint),
                }
            }
            (_, Data::Int(_)) => Value::other(base.taint & !MESSAGES),
            (data, _) => {
                self.odd_index(at, data, &key);
                Value::other(base.taint & (CONTENT | TRIGGER | DATE | MACROS))
            }
        }
    }

    /// An index that is known only when rendering. Jinja2 reads attributes by it where there is no such item.
    fn odd_index(&mut self, at: usize, base: &Data, key: &Value) {
        let made = match &key.data {
            Data::Text(text) => text.chars().any(|letter| letter != HOLE),
            _ => false,
        };
        if key.taint & CONTENT != 0 && key.taint & COUNT == 0 {
            self.outside(at, "what is read depends on what somebody wrote");
        } else if made || key.taint & MADE != 0 {
            self.outside(at, "the name of what is read is put together");
        } else if matches!(base, Data::Text(_) | Data::Macro(_) | Data::Space(_))
            && key.taint & COUNT == 0
        {
            self.outside(at, "the name of what is read of a constant is not known");
        }
    }

    fn slice(&mut self, base: &Value, parts: &'t [Option<Expression>; 3]) -> Value {
        let mut known = true;
        let places: Vec<Option<i64>> = parts
            .iter()
            .map(|part| match part.as_ref().map(|part| self.value(part).data) {
                Some(Data::Int(int)) => Some(int),
                None | Some(Data::None) => None,
                Some(_) => {
                    known = false;
                    None
                }
            })
            .collect();
        let [start, stop, step] = places.as_slice() else { return Value::other(base.taint) };
        let step = step.unwrap_or(1);
        match &base.data {
            Data::Text(text) if known && !text.contains(HOLE) => {
                let letters: Vec<char> = text.chars().collect();
                let text: String = sliced(&letters, *start, *stop, step).into_iter().collect();
                self.heard(0, &text);
                Value::text(text, base.taint)
            }
            Data::List(items) if known => {
                Value { data: Data::List(sliced(items, *start, *stop, step)), taint: base.taint }
            }
            Data::Text(_) => Value::text(HOLE.to_string(), base.taint | MADE),
            _ => Value::other(base.taint),
        }
    }

    pub(super) fn arguments(&mut self, arguments: &'t Arguments) -> Vec<Value> {
        for (_, value) in &arguments.named {
            self.value(value);
        }
        arguments.positional.iter().map(|argument| self.value(argument)).collect()
    }

    fn function(&mut self, at: usize, name: &'t str, arguments: &'t Arguments) -> Value {
        let aliased = match self.names.get(name).map(|value| &value.data) {
            Some(Data::Macro(made)) => {
                self.macros.get_key_value(made.as_str()).map(|(name, _)| *name)
            }
            _ => None,
        };
        if let Some(called) =
            aliased.or_else(|| self.macros.get_key_value(name).map(|(name, _)| *name))
        {
            return self.called(called, arguments);
        }
        let quiet = self.quiet;
        self.quiet |= name == "raise_exception";
        let values = self.arguments(arguments);
        self.quiet = quiet;
        match name {
            "range" => self.range(at, &values),
            "namespace" => self.space(at, arguments),
            "dict" => Value::other(MADE),
            "strftime_now" => Value::text(HOLE.to_string(), DATE),
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

    fn space(&mut self, at: usize, arguments: &'t Arguments) -> Value {
        let space = at.to_string();
        for (name, value) in &arguments.named {
            let value = self.value(value);
            self.names.insert(format!("{space}.{name}"), value);
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
                .unwrap_or(0),
            _ => return Value::other(COUNT),
        };
        if count > MANY {
            self.endless(at, &format!("a range of {count} numbers"));
        }
        Value::of(Data::Range(count))
    }

    /// The text that a macro makes.
    fn called(&mut self, name: &'t str, arguments: &'t Arguments) -> Value {
        let mut values = self.arguments(arguments).into_iter();
        let Some(made) = self.macros.get(name).copied() else { return Value::other(0) };
        if self.calls.len() >= MAX_CALLS || self.calls.contains(&name) {
            return Value::text(HOLE.to_string(), 0);
        }
        let before = self.fork();
        for (parameter, default) in &made.parameters {
            let named =
                arguments.named.iter().find(|(name, _)| name == parameter).map(|(_, value)| value);
            let value = match (values.next(), named, default) {
                (Some(value), ..) => value,
                (None, Some(value), _) | (None, None, Some(value)) => self.value(value),
                _ => Value::other(0),
            };
            self.names.insert(parameter.clone(), value);
        }
        self.calls.push(name);
        let outer = std::mem::take(&mut self.output);
        self.body(&made.body);
        let text = std::mem::replace(&mut self.output, outer);
        self.calls.pop();
        let spaces = std::mem::replace(&mut self.names, before);
        self.names.extend(spaces.into_iter().filter(|(name, _)| name.contains('.')));
        let text = self.kept(0, text);
        Value::text(text, 0)
    }
}

/// Marks a macro among what is listed.
pub(super) const fn of_macro(value: &Value) -> u16 {
    if matches!(value.data, Data::Macro(_)) { MACROS } else { 0 }
}
