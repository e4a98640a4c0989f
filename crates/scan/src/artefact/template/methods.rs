//! Methods of strings, lists and dictionaries, folded where all is known.

use super::{
    danger::INSIDES,
    evaluate::of_macro,
    judge::Judge,
    policy::{CHANGING, METHODS},
    sources::asks,
    strings::text_of,
    syntax::Arguments,
    text::{HOLE, braces},
    value::{
        CONTENT, COUNT, DATE, Data, MADE, MESSAGE, MESSAGES, NAME, STEPPED, TOOLS, TRIGGER, Value,
    },
};

impl<'t> Judge<'t, '_> {
    pub(super) fn method(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        if arguments.spread {
            self.outside(at, "it spreads the arguments of a call");
        }
        if !METHODS.contains(&name) {
            self.readable(at, name);
            self.outside(at, &format!("no known template calls the method `{name}`"));
            return Value::other(base.taint | MADE);
        }
        if matches!(base.data, Data::Function(_) | Data::Macro(_)) {
            self.outside(at, "it calls a method of a function");
        }
        self.stretched(at, base, name, &values);
        let mut parts: Vec<&Value> = vec![base];
        parts.extend(&values);
        let taint = values.iter().fold(base.taint, |taint, value| taint | (value.taint & !COUNT));
        if CHANGING.contains(&name) {
            return self.changed(at, base, name, &values);
        }
        if !arguments.named.is_empty() && base.holds_text() {
            // What named arguments do to a constant is not followed.
            if name == "format" {
                let values = [Value::other(MADE)];
                self.formatted(at, base, &values, taint);
            }
            self.chosen(at, base, taint & !(base.taint | NAME));
            return Value::other(taint | MADE);
        }
        match name {
            "format" => self.formatted(at, base, &values, taint),
            "get" => self.got(at, base, &values),
            "strftime" => Value::text(HOLE.to_string(), DATE),
            "startswith" | "endswith" => {
                let depends =
                    values.first().map_or(0, |value| asks(base, value) | asks(value, base));
                Value::other((taint & TRIGGER) | depends)
            }
            "cycle" => {
                values.iter().for_each(|value| self.chosen(at, value, COUNT));
                Value::text(HOLE.to_string(), taint).made_of(&parts)
            }
            "items" | "keys" | "values" => listed(base, name),
            _ => self.worked(at, base, name, &values, taint),
        }
    }

    /// A list or map is changed in place, under all its names.
    fn changed(&mut self, at: usize, base: &Value, name: &str, values: &[Value]) -> Value {
        let macros = values.iter().fold(0, |macros, value| macros | of_macro(value));
        let taint = values.iter().fold(macros | self.under, |taint, value| taint | value.taint);
        let itself = values.iter().any(|value| value.is_constant() && value.texts().is_empty());
        if name == "extend"
            && self.loops > 0
            && (itself || values.iter().any(|value| value == base))
        {
            self.endless(at, "a list that grows by itself in a loop");
        }
        self.spend(self.names.len());
        self.names.changed(taint & !MESSAGES);
        let mut parts: Vec<&Value> = vec![base];
        parts.extend(values);
        Value::other(base.taint | (taint & !MESSAGES)).made_of(&parts)
    }

    fn got(&mut self, at: usize, base: &Value, values: &[Value]) -> Value {
        let Some(key) = values.first() else { return Value::other(base.taint) };
        let found = match key.known() {
            Some(name) => self.attribute(at, base, name, false),
            None => {
                if key.taint & CONTENT != 0 && matches!(base.data, Data::Map(_)) {
                    self.outside(at, "what is read depends on what somebody wrote");
                }
                Value::other(base.taint | (key.taint & (TRIGGER | DATE))).made_of(&[base])
            }
        };
        if key.taint & (DATE | TRIGGER | CONTENT | COUNT | NAME) != 0 {
            self.chosen(at, base, key.taint);
            values.get(1).into_iter().for_each(|value| self.chosen(at, value, key.taint));
        }
        match values.get(1) {
            Some(default) if found.known().is_none() => {
                let empty = default.known().is_some_and(str::is_empty);
                let made = found.taint & MADE;
                let mut either = found.or(default);
                if empty {
                    either.taint = (either.taint & !MADE) | made;
                }
                either
            }
            _ => found,
        }
    }

    fn formatted(&mut self, at: usize, base: &Value, values: &[Value], taint: u16) -> Value {
        let Data::Text(format) = &base.data else {
            self.outside(at, "the text that it formats is not known");
            return Value::other(taint | MADE);
        };
        if format.contains(HOLE) {
            self.outside(at, "the text that it formats is not known");
        }
        let words: Vec<String> = values.iter().map(Value::shown).collect();
        let (text, paths) = braces(format, &words);
        for path in &paths {
            for part in path.split(['.', '[', ']', '!', ':']) {
                if part.starts_with('_') || INSIDES.contains(&part) {
                    self.escape(at, &format!("it reads {part} by a format"));
                }
            }
            if path.contains(['.', '[', '!', '{']) {
                self.outside(at, "it reads attributes by a format");
            }
        }
        self.widths(at, format, values);
        let plain = values
            .iter()
            .all(|value| value.known().is_some() || matches!(value.data, Data::Int(_)))
            && paths.iter().all(|path| path.bytes().all(|byte| byte.is_ascii_digit()));
        let text = self.kept(at, text);
        let mut parts: Vec<&Value> = vec![base];
        parts.extend(values);
        let text = if plain { text } else { format!("{HOLE}{text}") };
        Value::text(text, texted(taint)).made_of(&parts)
    }

    /// Methods and filters of the same name that make one text of another.
    pub(super) fn worked(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        values: &[Value],
        taint: u16,
    ) -> Value {
        if name == "replace" {
            self.replaced(at, base, values);
        }
        let words: Option<Vec<&str>> = values.iter().map(Value::known).collect();
        let made = match (&base.data, words) {
            (Data::Text(text), Some(words)) if !text.contains(HOLE) => text_of(text, name, &words),
            _ => None,
        };
        if let Some(data) = made {
            if let Data::Text(text) = &data {
                let text = self.kept(at, text.clone());
                return Value::text(text, taint);
            }
            return Value { data, taint };
        }
        if name == "join" {
            // `between.join(items)`.
            let items = values.first().cloned().unwrap_or_else(|| Value::other(MADE));
            return self.strung(at, &items, base, taint);
        }
        let by = values.iter().fold(0, |by, value| by | value.taint);
        if base.holds_text() {
            self.chosen(at, base, by);
        }
        let taint = super::alters::worked(base, name, values, taint);
        let mut parts: Vec<&Value> = vec![base];
        if base.holds_text() {
            parts.extend(values);
        }
        match &base.data {
            Data::Text(text) if self.supposed.is_some() && super::supposed::leaves(name) => {
                Value::text(text.clone(), taint)
            }
            Data::Text(_)
                if !matches!(
                    name,
                    "split" | "rsplit" | "partition" | "rpartition" | "splitlines"
                ) =>
            {
                Value::text(HOLE.to_string(), taint).made_of(&parts)
            }
            _ => Value::other(taint).made_of(&parts),
        }
    }

    /// Elements with a text between them.
    pub(super) fn strung(
        &mut self,
        at: usize,
        items: &Value,
        between: &Value,
        taint: u16,
    ) -> Value {
        let taint = texted(taint) | (between.taint & TRIGGER);
        self.rejoined(at, items, between);
        match (&items.data, &between.data) {
            (Data::List(list), Data::Text(text)) => {
                self.spend(items.weight());
                let texts: Vec<String> =
                    list.iter().map(|item| self.marked(item, item.written())).collect();
                let size = texts.len().saturating_mul(text.len());
                if size > 1 << 20 {
                    self.endless(at, "a text that is joined without measure");
                    return Value::other(taint | MADE);
                }
                let whole =
                    list.iter().all(|item| !matches!(item.data, Data::List(_) | Data::Map(_)));
                let text = self.kept(at, texts.join(text));
                if whole {
                    Value::text(text, taint)
                } else {
                    Value::text(HOLE.to_string(), taint | MADE)
                }
            }
            (Data::Range(count), _) => {
                let length =
                    if between.known().is_some() { between.shown().len() as u64 } else { *count };
                let size = count.saturating_mul(length);
                if size > 1 << 20 {
                    self.endless(at, "a text that is joined without measure");
                }
                Value::text(HOLE.to_string(), taint).made_of(&[items, between])
            }
            (Data::Text(text), Data::Text(mark))
                if !text.contains(HOLE) && !mark.contains(HOLE) =>
            {
                let letters = text.chars().map(String::from).collect::<Vec<_>>();
                if letters.len().saturating_mul(mark.len()) > 1 << 20 {
                    self.endless(at, "a text that is joined without measure");
                    return Value::other(taint | MADE);
                }
                Value::text(self.kept(at, letters.join(mark)), taint)
            }
            _ => {
                let parts: &[&Value] =
                    if between.known().is_some() { &[items] } else { &[items, between] };
                Value::text(HOLE.to_string(), taint).made_of(parts)
            }
        }
    }
}

/// What a text has of what it was made of: messages as a text hold what was written.
pub(super) const fn texted(taint: u16) -> u16 {
    let kept = taint & !(MESSAGES | MESSAGE | TOOLS | COUNT | STEPPED);
    if taint & (MESSAGES | MESSAGE | TOOLS) == 0 { kept } else { kept | CONTENT }
}

fn listed(base: &Value, name: &str) -> Value {
    let Data::Map(entries) = &base.data else {
        let values = if base.taint & MESSAGE == 0 { 0 } else { CONTENT };
        return Value::other(base.taint | values);
    };
    let items = entries.iter().map(|(key, value)| match name {
        "keys" => key.clone(),
        "values" => value.clone(),
        _ => Value { data: Data::List(vec![key.clone(), value.clone()]), taint: value.taint },
    });
    Value { data: Data::List(items.collect()), taint: base.taint }
}
