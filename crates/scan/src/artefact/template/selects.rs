//! Filters that read attributes of each element, choose among elements, or apply another filter to each.

use super::{
    judge::Judge,
    policy::{BY_ATTRIBUTE, MAPPED, TESTS, WRITTEN},
    sources::asks,
    syntax::Arguments,
    value::{CONTENT, Data, MADE, MESSAGES, NAME, TRIGGER, Value},
};

impl<'t> Judge<'t, '_> {
    /// Attributes that a filter reads of each element; gives what they hold.
    pub(super) fn attributes(
        &mut self,
        at: usize,
        name: &str,
        arguments: &'t Arguments,
        values: &[Value],
    ) -> u16 {
        let Some((_, place)) = BY_ATTRIBUTE.iter().find(|(filter, _)| *filter == name) else {
            return 0;
        };
        let path = match self.argument(arguments, "attribute") {
            Some(path) => Some(path),
            None => place.and_then(|place| values.get(place)).cloned(),
        };
        let Some(path) = path else { return 0 };
        match (path.known(), &path.data) {
            (Some(path), _) => {
                path.split(['.', ',']).for_each(|part| self.readable(at, part));
                let last = path.rsplit('.').next().unwrap_or_default();
                match last {
                    _ if WRITTEN.contains(&last) => CONTENT,
                    "name" => NAME,
                    _ => 0,
                }
            }
            (None, Data::Int(_) | Data::None) => 0,
            _ => {
                self.escape(at, "it reads an attribute whose name is known only when it runs");
                MADE
            }
        }
    }

    pub(super) fn selected(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        through: u16,
        values: &[Value],
    ) -> Value {
        let by_attribute = name.ends_with("attr");
        let of = if by_attribute { through } else { base.taint & !MESSAGES };
        let rest = values.get(usize::from(by_attribute)..).unwrap_or_default();
        let test = rest.first();
        if let Some(test) = test
            && !test.known().is_some_and(|test| TESTS.contains(&test))
        {
            self.outside(at, "the test that it applies is not known");
        }
        if let Some(chosen) = self.supposed_choice(base, name, values) {
            return chosen;
        }
        let one = Value::other(of);
        let depends = rest.iter().skip(1).fold(0, |depends, value| {
            depends | asks(&one, value) | asks(value, &one) | (value.taint & TRIGGER)
        });
        let by = rest.iter().skip(1).fold(0, |by, value| by | value.taint);
        self.chosen(at, base, by);
        let asked = of & CONTENT != 0
            && test.is_some_and(|test| matches!(test.known(), Some("upper" | "lower")));
        let depends = depends | if asked { TRIGGER } else { 0 };
        Value::other((base.taint & !through) | (base.taint & CONTENT) | depends).made_of(&[base])
    }

    pub(super) fn mapped(
        &mut self,
        at: usize,
        base: &Value,
        arguments: &'t Arguments,
        values: &[Value],
        taint: u16,
    ) -> Value {
        let by_attribute = arguments.named.iter().any(|(name, _)| name == "attribute");
        let filter = values.first().and_then(Value::known).filter(|_| !by_attribute);
        if !values.is_empty() && filter.is_none() && !by_attribute {
            self.outside(at, "the filter that it applies is not known");
        }
        if by_attribute || filter.is_none() {
            let of_messages = taint & MESSAGES != 0;
            let kept = if of_messages { taint & !MESSAGES } else { taint };
            return Value::other(kept).made_of(&[base]);
        }
        let filter = filter.unwrap_or_default();
        let rest = values.get(1..).unwrap_or_default();
        if filter == "attr" {
            match rest.first().and_then(Value::known) {
                Some(name) => self.readable(at, name),
                None => {
                    self.escape(at, "it reads an attribute whose name is known only when it runs");
                }
            }
        } else if !MAPPED.contains(&filter) {
            self.outside(at, &format!("no known template applies the filter `{filter}` to each"));
        }
        self.stretched(at, base, filter, rest);
        let Data::List(items) = &base.data else {
            return Value::other(super::alters::worked(base, filter, rest, taint)).made_of(&[base]);
        };
        let items = items.iter().map(|item| self.worked(at, item, filter, rest, taint)).collect();
        Value { data: Data::List(items), taint }
    }
}
