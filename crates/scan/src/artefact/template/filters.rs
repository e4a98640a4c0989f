//! Filters and tests.

use super::{
    chain::trigger,
    judge::Judge,
    policy::{BY_ATTRIBUTE, FILTERS, TESTS, WRITTEN},
    syntax::Arguments,
    text::{HOLE, percent},
    value::{CONTENT, COUNT, Data, MADE, MESSAGES, TRIGGER, Value},
};

/// Columns that a text may be stretched to.
const WIDE: i64 = 100_000;

impl<'t> Judge<'t, '_> {
    pub(super) fn filtered(
        &mut self,
        at: usize,
        base: Value,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        if !FILTERS.contains(&name) {
            self.outside(at, &format!("no known template uses the filter `{name}`"));
            return Value::other(base.taint | MADE);
        }
        if name == "attr" {
            return self.by_name(at, &base, values.first());
        }
        let through = self.attributes(at, name, arguments, &values);
        if matches!(name, "center" | "indent" | "wordwrap" | "truncate" | "batch" | "slice")
            && matches!(values.first().map(|value| &value.data), Some(Data::Int(width)) if *width > WIDE)
        {
            self.endless(at, "a text that is stretched without measure");
        }
        let taint = base.taint | through;
        match name {
            "length" | "count" | "wordcount" => {
                let many = if base.taint & (MESSAGES | COUNT) != 0 { COUNT } else { 0 };
                Value::other((taint & TRIGGER) | many)
            }
            "int" | "float" | "abs" | "round" => match base.data {
                Data::Int(_) => base,
                Data::Text(ref text) => match text.trim().parse() {
                    Ok(int) => Value { data: Data::Int(int), taint },
                    Err(_) => Value::other(taint),
                },
                _ => Value::other(taint),
            },
            "default" | "d" => {
                let held = values.first().map_or(0, |value| value.taint);
                match base.data {
                    Data::Other => Value::other(taint | held),
                    _ => base,
                }
            }
            "string" | "safe" | "e" | "escape" | "forceescape" => {
                let text = base.shown();
                Value::text(text, taint)
            }
            "list" | "reverse" | "first" | "last" | "join" => {
                self.of_list(at, &base, name, &values, taint)
            }
            "format" => match &base.data {
                Data::Text(format) => {
                    let words: Vec<String> = values.iter().map(Value::shown).collect();
                    let text = percent(format, &words);
                    Value::text(self.kept(at, text), taint)
                }
                _ => Value::other(taint | MADE),
            },
            "map" => self.mapped(at, base, arguments, &values, taint),
            "selectattr" | "rejectattr" | "select" | "reject" => {
                let of = if name.ends_with("attr") { through } else { base.taint };
                let matters = values
                    .iter()
                    .skip(1)
                    .fold(0, |matters, value| matters | trigger(&Value::other(of), value));
                Value::other((taint & !CONTENT) | matters)
            }
            "tojson" => Value::text(HOLE.to_string(), taint),
            _ => self.worked(at, &base, name, &values, taint),
        }
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

    /// Attributes that a filter reads of each element; gives what they hold.
    fn attributes(
        &mut self,
        at: usize,
        name: &str,
        arguments: &'t Arguments,
        values: &[Value],
    ) -> u16 {
        let Some((_, place)) = BY_ATTRIBUTE.iter().find(|(filter, _)| *filter == name) else {
            return 0;
        };
        let named = arguments.named.iter().find(|(name, _)| name == "attribute");
        let path = match named {
            Some((_, path)) => Some(self.value(path)),
            None => place.and_then(|place| values.get(place)).cloned(),
        };
        let path = match (path, values) {
            // `map('attr', name)`.
            (None, [first, rest @ ..]) if name == "map" && first.known() == Some("attr") => {
                Some(rest.first().cloned().unwrap_or_else(|| Value::other(MADE)))
            }
            (None, [second, rest @ ..]) if name == "join" && second.known().is_some() => {
                rest.first().cloned()
            }
            (path, _) => path,
        };
        let Some(path) = path else { return 0 };
        match (path.known(), &path.data) {
            (Some(path), _) => {
                path.split('.').for_each(|part| self.readable(at, part));
                let last = path.rsplit('.').next().unwrap_or_default();
                if WRITTEN.contains(&last) { CONTENT } else { 0 }
            }
            (None, Data::Int(_) | Data::None) => 0,
            _ => {
                self.escape(at, "it reads an attribute whose name is known only when it runs");
                MADE
            }
        }
    }

    fn of_list(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        values: &[Value],
        taint: u16,
    ) -> Value {
        let items = match &base.data {
            Data::List(items) => items.clone(),
            Data::Text(text) if !text.contains(HOLE) && text.len() < 4096 => {
                text.chars().map(|letter| Value::text(letter.to_string(), taint)).collect()
            }
            Data::Text(_) => return Value::other(taint | MADE),
            Data::Other if name == "join" => return Value::text(HOLE.to_string(), taint),
            _ => return Value::other(taint),
        };
        self.spend(items.len());
        let text = matches!(base.data, Data::Text(_));
        match name {
            "first" => items.into_iter().next().unwrap_or_else(|| Value::other(taint)),
            "last" => items.into_iter().next_back().unwrap_or_else(|| Value::other(taint)),
            "join" => {
                let between = values.first().map(Value::shown).unwrap_or_default();
                let text = items.iter().map(Value::shown).collect::<Vec<_>>().join(&between);
                Value::text(self.kept(at, text), taint)
            }
            "reverse" if text => {
                let text = items.iter().rev().map(Value::shown).collect();
                Value::text(self.kept(at, text), taint)
            }
            "reverse" => Value { data: Data::List(items.into_iter().rev().collect()), taint },
            _ => Value { data: Data::List(items), taint },
        }
    }

    fn mapped(
        &mut self,
        at: usize,
        base: Value,
        arguments: &'t Arguments,
        values: &[Value],
        taint: u16,
    ) -> Value {
        let by_attribute = arguments.named.iter().any(|(name, _)| name == "attribute");
        let filter = values.first().and_then(Value::known).filter(|_| !by_attribute);
        if !values.is_empty() && filter.is_none() && !by_attribute {
            self.outside(at, "the filter that it applies is not known");
        }
        if let Some(filter) = filter.filter(|filter| !FILTERS.contains(filter)) {
            self.outside(at, &format!("no known template uses the filter `{filter}`"));
        }
        let (Data::List(items), Some(filter)) = (base.data, filter) else {
            return Value::other(taint & !CONTENT | (taint & CONTENT));
        };
        let rest = values.get(1..).unwrap_or_default();
        let items =
            items.into_iter().map(|item| self.worked(at, &item, filter, rest, taint)).collect();
        Value { data: Data::List(items), taint }
    }

    pub(super) fn tested(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        let matters = values.iter().fold(base.taint & TRIGGER, |matters, value| {
            matters | trigger(base, value) | trigger(value, base)
        });
        if !TESTS.contains(&name) {
            self.outside(at, &format!("no known template uses the test `{name}`"));
        }
        Value::other(matters)
    }
}
