//! Filters and tests.

use super::{
    judge::Judge,
    methods::texted,
    policy::{FILTERS, TESTS},
    sources::asks,
    syntax::Arguments,
    text::{HOLE, percent},
    value::{CHANGED, CONTENT, COUNT, DATE, Data, MADE, MESSAGES, TRIGGER, Value},
};

impl<'t> Judge<'t, '_> {
    pub(super) fn filtered(
        &mut self,
        at: usize,
        base: Value,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        if arguments.spread {
            self.outside(at, "it spreads the arguments of a call");
        }
        if !FILTERS.contains(&name) {
            self.outside(at, &format!("no known template uses the filter `{name}`"));
            return Value::other(base.taint | MADE);
        }
        if name == "attr" {
            return self.by_name(at, &base, values.first());
        }
        let through = self.attributes(at, name, arguments, &values);
        let named: Vec<Value> =
            arguments.named.iter().map(|(_, value)| self.value(value)).collect();
        self.stretched(at, &base, name, &values);
        self.stretched(at, &base, name, &named);
        let taint = values.iter().fold(base.taint | through, |taint, value| {
            taint | (value.taint & (TRIGGER | DATE | MADE))
        });
        if !arguments.named.is_empty() && base.known().is_some_and(|text| !text.is_empty()) {
            // What named arguments do to a constant is not followed.
            let by = values.iter().chain(&named).fold(0, |by, value| by | value.taint);
            self.chosen(at, &base, by);
            return Value::text(HOLE.to_string(), taint | MADE);
        }
        match name {
            "length" | "count" | "wordcount" => self.length(&base, taint),
            "int" | "float" | "abs" | "round" => match base.data {
                Data::Int(_) => base,
                Data::Text(ref text) if text.is_ascii() => match text.trim().parse() {
                    Ok(int) => Value { data: Data::Int(int), taint },
                    Err(_) => self.worked(at, &base, name, &values, taint),
                },
                _ => self.worked(at, &base, name, &values, taint),
            },
            "default" | "d" => {
                if base.taint & TRIGGER != 0 {
                    values.iter().chain(&named).for_each(|value| self.chosen(at, value, TRIGGER));
                }
                defaulted(base, &values, &named)
            }
            "string" | "safe" | "e" | "escape" | "forceescape" => {
                let plain = name == "string" || name == "safe";
                let text = if plain { base.written() } else { HOLE.to_string() };
                Value::text(text, texted(taint)).made_of(&[&base])
            }
            "join" => {
                let between = values.first().cloned().or_else(|| self.argument(arguments, "d"));
                let between = between.unwrap_or_else(|| Value::text("", 0));
                if through == 0 || base.taint & MESSAGES == 0 {
                    self.strung(at, &base, &between, taint)
                } else {
                    Value::text(HOLE.to_string(), taint)
                }
            }
            "list" | "reverse" | "first" | "last" => self.of_list(at, &base, name, taint),
            "format" => match &base.data {
                Data::Text(format) => {
                    self.widths(at, format, &values);
                    let words: Vec<String> = values.iter().map(Value::written).collect();
                    let text = percent(format, &words);
                    let mut parts: Vec<&Value> = vec![&base];
                    parts.extend(&values);
                    Value::text(self.kept(at, text), texted(taint)).made_of(&parts)
                }
                _ => Value::other(taint | MADE),
            },
            "map" => self.mapped(at, &base, arguments, &values, taint),
            "selectattr" | "rejectattr" | "select" | "reject" => {
                self.selected(at, &base, name, through, &values)
            }
            "sort" | "groupby" | "unique" | "max" | "min"
                if through == 0 && arguments.named.iter().any(|(name, _)| name == "attribute") =>
            {
                Value::other(taint).made_of(&[&base])
            }
            "tojson" => Value::text(HOLE.to_string(), texted(taint)).made_of(&[&base]),
            _ => self.worked(at, &base, name, &values, taint),
        }
    }

    fn length(&mut self, base: &Value, taint: u16) -> Value {
        let known = match &base.data {
            Data::Text(text) if !text.contains(HOLE) => Some(text.chars().count()),
            Data::List(items) => Some(items.len()),
            Data::Map(entries) => Some(entries.len()),
            _ => None,
        };
        if let Some(length) = known.and_then(|length| i64::try_from(length).ok()) {
            let counted = self.supposed.is_some() && base.taint & MESSAGES != 0;
            let count = if counted { COUNT } else { 0 };
            return Value { data: Data::Int(length), taint: (taint & TRIGGER) | count };
        }
        let many = if base.taint & (MESSAGES | COUNT | CONTENT) != 0 { COUNT } else { 0 };
        Value::other((taint & (TRIGGER | MADE)) | many).made_of(&[base])
    }

    /// `attr`, by which attributes are read and never items.
    fn by_name(&mut self, at: usize, base: &Value, name: Option<&Value>) -> Value {
        match name.and_then(Value::known) {
            Some(name) => self.attribute(at, base, name, false),
            None => {
                self.escape(at, "it reads an attribute whose name is known only when it runs");
                Value::other(base.taint | MADE)
            }
        }
    }

    fn of_list(&mut self, at: usize, base: &Value, name: &str, taint: u16) -> Value {
        let items = match &base.data {
            Data::List(items) => items.clone(),
            Data::Text(text) if !text.contains(HOLE) && text.len() < 4096 => {
                text.chars().map(|letter| Value::text(letter.to_string(), taint)).collect()
            }
            Data::Text(_) => {
                return Value::other(super::alters::worked(base, name, &[], taint))
                    .made_of(&[base]);
            }
            Data::Map(_) => return Value::other(taint | MADE),
            _ => {
                let one = matches!(name, "first" | "last") && taint & MESSAGES != 0;
                let more = if one { super::value::MESSAGE } else { 0 };
                let turned = name == "reverse" && taint & CONTENT != 0 && taint & MESSAGES == 0;
                let more = more | if turned { CHANGED } else { 0 };
                let kept = if one { taint & !MESSAGES } else { taint };
                return Value::other(kept | more).made_of(&[base]);
            }
        };
        self.spend(base.weight());
        let text = matches!(base.data, Data::Text(_));
        match name {
            "first" => items.into_iter().next().unwrap_or_else(|| Value::other(taint)),
            "last" => items.into_iter().next_back().unwrap_or_else(|| Value::other(taint)),
            "reverse" if text => {
                let text = items.iter().rev().map(Value::written).collect();
                Value::text(self.kept(at, text), taint)
            }
            "reverse" => Value { data: Data::List(items.into_iter().rev().collect()), taint },
            _ => Value { data: Data::List(items), taint },
        }
    }

    pub(super) fn tested(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        let depends = values.iter().fold(base.taint & TRIGGER, |depends, value| {
            depends | (value.taint & TRIGGER) | asks(base, value) | asks(value, base)
        });
        if !TESTS.contains(&name) {
            self.outside(at, &format!("no known template uses the test `{name}`"));
        }
        let asked = matches!(name, "upper" | "lower" | "divisibleby")
            && base.taint & (CONTENT | COUNT | DATE) != 0
            || matches!(name, "even" | "odd") && base.taint & (CONTENT | DATE) != 0;
        Value::other(depends | if asked { TRIGGER } else { 0 })
    }
}

/// A value, or another one where there is none.
fn defaulted(base: Value, values: &[Value], named: &[Value]) -> Value {
    let Some(default) = values.first().or_else(|| named.first()) else { return base };
    if values.len() < 2 && named.is_empty() && !matches!(base.data, Data::Other) {
        return base;
    }
    let empty = matches!(&default.data, Data::Text(text) if text.is_empty());
    let made = base.taint & MADE;
    let constant = base.holds_text();
    let mut either = base.or(default);
    if empty && !constant {
        either.taint = (either.taint & !MADE) | made;
    }
    either
}
