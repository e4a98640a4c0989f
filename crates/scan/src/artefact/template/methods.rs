//! Methods of strings, lists and dictionaries, folded where all is known.

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::{
    chain::trigger,
    evaluate::of_macro,
    judge::Judge,
    policy::{CHANGING, METHODS},
    rules::ALTERS,
    syntax::Arguments,
    text::{HOLE, braces},
    value::{CONTENT, COUNT, DATE, Data, MADE, TRIGGER, Value, is_word},
};

impl<'t> Judge<'t, '_> {
    pub(super) fn method(
        &mut self,
        at: usize,
        base: &Value,
        on: Option<&str>,
        name: &str,
        arguments: &'t Arguments,
    ) -> Value {
        let values = self.arguments(arguments);
        if !METHODS.contains(&name) {
            self.readable(at, name);
            self.outside(at, &format!("no known template calls the method `{name}`"));
            return Value::other(base.taint | MADE);
        }
        let taint = values.iter().fold(base.taint, |taint, value| taint | (value.taint & !COUNT));
        if CHANGING.contains(&name) {
            if let Some(on) = on.filter(|on| self.names.contains_key(*on)) {
                let macros = values.iter().fold(0, |macros, value| macros | of_macro(value));
                self.names.insert(on.to_owned(), Value::other(taint | macros | MADE));
            }
            return Value::other(base.taint);
        }
        match name {
            "format" => self.formatted(at, base, &values, taint),
            "get" => match values.first().and_then(Value::known) {
                Some(key) => {
                    let found = self.attribute(at, base, key, false);
                    match values.get(1) {
                        Some(default) if found.data == Data::Other => {
                            Value::other(found.taint | default.taint)
                        }
                        _ => found,
                    }
                }
                None => {
                    if values.first().is_some_and(|key| key.taint & CONTENT != 0)
                        && matches!(base.data, Data::Map(_))
                    {
                        self.outside(at, "what is read depends on what somebody wrote");
                    }
                    Value::other(taint)
                }
            },
            "strftime" => Value::text(HOLE.to_string(), DATE),
            "startswith" | "endswith" | "find" | "rfind" | "index" | "count" => {
                let matters = values.first().map_or(0, |value| trigger(base, value));
                Value::other(
                    (taint & TRIGGER) | matters | if name.ends_with("with") { 0 } else { COUNT },
                )
            }
            "items" | "keys" | "values" => listed(base, name),
            _ => self.worked(at, base, name, &values, taint),
        }
    }

    fn formatted(&mut self, at: usize, base: &Value, values: &[Value], taint: u16) -> Value {
        let Data::Text(format) = &base.data else {
            self.outside(at, "the text that it formats is not known");
            return Value::other(taint | MADE);
        };
        let words: Vec<String> = values.iter().map(Value::shown).collect();
        let (text, paths) = braces(format, &words);
        for part in paths.iter().flat_map(|path| path.split(['.', '[', ']', '!', ':'])) {
            if part.starts_with('_') || super::policy::INSIDES.contains(&part) {
                self.escape(at, &format!("it reads {part} by a format"));
            }
        }
        Value::text(self.kept(at, text), taint)
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
            (Data::Text(text), Some(words)) if name == "join" => text_of(text, name, &words),
            _ => None,
        };
        if let Some(data) = made {
            if let Data::Text(text) = &data {
                let text = self.kept(at, text.clone());
                return Value::text(text, taint);
            }
            return Value { data, taint };
        }
        if let ("join", Some(Data::List(items)), Some(between)) =
            (name, values.first().map(|value| &value.data), base.known())
        {
            let text = items.iter().map(Value::shown).collect::<Vec<_>>().join(between);
            return Value::text(self.kept(at, text), taint);
        }
        match &base.data {
            // What is put together here is not followed.
            Data::Text(text) if !text.chars().all(|letter| letter == HOLE) => {
                Value::other(taint | MADE)
            }
            _ => Value::other(taint),
        }
    }

    fn replaced(&mut self, at: usize, base: &Value, values: &[Value]) {
        let [from, to, ..] = values else { return };
        if let (Some(from), Some(to)) = (from.known(), to.known()) {
            let of_people = base.taint & CONTENT != 0 && is_word(from) && is_word(to);
            if of_people && from.to_lowercase() != to.to_lowercase() {
                self.find(
                    &ALTERS,
                    Malicious,
                    at,
                    &format!("it writes {to:?} where somebody wrote {from:?}"),
                );
            }
        }
    }
}

fn listed(base: &Value, name: &str) -> Value {
    let Data::Map(entries) = &base.data else { return Value::other(base.taint) };
    let items = entries.iter().map(|(key, value)| match name {
        "keys" => key.clone(),
        "values" => value.clone(),
        _ => Value { data: Data::List(vec![key.clone(), value.clone()]), taint: value.taint },
    });
    Value { data: Data::List(items.collect()), taint: base.taint }
}

/// What Python makes of a known text.
fn text_of(text: &str, name: &str, words: &[&str]) -> Option<Data> {
    let first = words.first().copied();
    let set = |letter: char| first.map_or(letter.is_whitespace(), |set| set.contains(letter));
    let made = match name {
        "strip" | "trim" => text.trim_matches(set).to_owned(),
        "lstrip" => text.trim_start_matches(set).to_owned(),
        "rstrip" => text.trim_end_matches(set).to_owned(),
        "upper" => text.to_uppercase(),
        "lower" | "casefold" => text.to_lowercase(),
        "swapcase" => text
            .chars()
            .map(|letter| {
                if letter.is_lowercase() {
                    letter.to_ascii_uppercase()
                } else {
                    letter.to_ascii_lowercase()
                }
            })
            .collect(),
        "capitalize" => {
            let mut letters = text.chars();
            let head =
                letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            head + &letters.as_str().to_lowercase()
        }
        "title" => titled(text),
        "replace" => match words {
            [from, to, ..] => text.replace(from, to),
            _ => return None,
        },
        "removeprefix" => text.strip_prefix(first?).unwrap_or(text).to_owned(),
        "removesuffix" => text.strip_suffix(first?).unwrap_or(text).to_owned(),
        "join" if words.len() == 1 => {
            first?.chars().map(String::from).collect::<Vec<_>>().join(text)
        }
        "split" | "rsplit" => {
            let parts: Vec<&str> = match first {
                Some("") => return None,
                Some(mark) => text.split(mark).collect(),
                None => text.split_whitespace().collect(),
            };
            return Some(Data::List(parts.into_iter().map(|part| Value::text(part, 0)).collect()));
        }
        _ => return None,
    };
    Some(Data::Text(made))
}

fn titled(text: &str) -> String {
    let mut within = false;
    text.chars()
        .flat_map(|letter| {
            let made: Vec<char> = if within {
                letter.to_lowercase().collect()
            } else {
                letter.to_uppercase().collect()
            };
            within = letter.is_alphanumeric();
            made
        })
        .collect()
}
