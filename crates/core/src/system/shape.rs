//! The shape of the system file: the published JSON Schema is generated from the types, and a file is
//! compared with that same schema, so that all its problems show at once and each knows the nearest name.
//! Decision files are compared in the same way, with theirs.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::{Map, Value, json};

use super::{problem::Problem, read::MAX_PROBLEMS, spans::Spans, types::System};
use crate::{nearest::nearest, plain::plain};

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(System).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), "coseal system file".into());
    }
    schema
});

/// The JSON Schema (draft 2020-12) of the system file.
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

/// Compares a file with a schema; gives the paths at which it differs.
pub(crate) fn compare(
    file: &Value,
    schema: &Value,
    spans: &Spans,
    problems: &mut Vec<Problem>,
) -> BTreeSet<String> {
    compare_at(file, schema, "", spans, problems)
}

/// Compares what stands at a path of a file with a schema of its own.
pub(crate) fn compare_at(
    value: &Value,
    schema: &Value,
    path: &str,
    spans: &Spans,
    problems: &mut Vec<Problem>,
) -> BTreeSet<String> {
    let mut comparison = Comparison { root: schema, spans, problems, broken: BTreeSet::new() };
    comparison.value(value, schema, path);
    comparison.broken
}

/// The file without its broken elements, so that the references of the others can be looked at too; and the names of
/// the elements that were taken out.
pub(super) fn sound(mut file: Value, broken: &BTreeSet<String>) -> (Value, BTreeSet<String>) {
    let mut taken = BTreeSet::new();
    let Some(tables) = file.as_object_mut() else { return (file, taken) };
    let environments = file_environments(tables);
    for path in broken {
        let mut parts = path.splitn(3, '.');
        let (kind, id) = (parts.next().unwrap_or_default(), parts.next());
        match (tables.get_mut(kind), id) {
            (Some(Value::Object(elements)), Some(id)) if kind != "system" => {
                elements.remove(id);
                taken.insert(format!("{kind}.{id}"));
            }
            _ => drop(tables.remove(kind)),
        }
    }
    tables.insert("schema".into(), 1.into());
    let about = tables.entry("system").or_insert_with(
        || json!({ "id": "x", "purpose": "x", "exposure": "offline", "impact": "low" }),
    );
    if let (Some(about), Some(environments)) = (about.as_object_mut(), environments) {
        about.insert("environments".into(), environments);
    }
    (file, taken)
}

/// `system.environments`, if it is what it should be.
fn file_environments(tables: &Map<String, Value>) -> Option<Value> {
    let environments = tables.get("system")?.get("environments")?;
    environments.as_array()?.iter().all(Value::is_string).then(|| environments.clone())
}

struct Comparison<'a> {
    root: &'a Value,
    spans: &'a Spans,
    problems: &'a mut Vec<Problem>,
    broken: BTreeSet<String>,
}

impl<'a> Comparison<'a> {
    fn value(&mut self, value: &Value, schema: &'a Value, path: &str) {
        // Names are compared with every name that could be meant: not without end.
        if self.problems.len() > 2 * MAX_PROBLEMS {
            return;
        }
        let schema = self.resolve(schema);
        if let Some(expected) = schema.get("const") {
            if value != expected {
                self.wrong(
                    path,
                    format!("`{}` must be {expected}", last(path)),
                    format!("write {} = {expected}", last(path)),
                );
            }
            return;
        }
        if let Some(words) = words_of(schema) {
            return self.word(value, &words, path);
        }
        match kind_of(schema) {
            Some("object") => self.object(value, schema, path),
            Some("array") => self.array(value, schema, path),
            Some("string") => self.string(value, schema, path),
            Some("boolean") if !value.is_boolean() => {
                self.wrong(
                    path,
                    format!("`{}` must be true or false", last(path)),
                    "write true or false, without quotes",
                );
            }
            Some("integer") if value.as_u64().is_none_or(|n| n > most(schema)) => {
                self.wrong(
                    path,
                    format!("`{}` must be a whole number", last(path)),
                    format!("write a number from 0 to {}, without quotes", most(schema)),
                );
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &Value, schema: &'a Value, path: &str) {
        let Some(object) = value.as_object() else {
            let hint = format!(
                "write [{}] on a line of its own, or {} = {{ … }}",
                shown(path),
                last(path)
            );
            return self.wrong(path, format!("`{}` must be a table", last(path)), hint);
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties");
        for (key, item) in object {
            if self.problems.len() > 2 * MAX_PROBLEMS {
                return;
            }
            let path = join(path, key);
            if let Some(known) = properties.and_then(|properties| properties.get(key)) {
                self.value(item, known, &path);
            } else if let Some(any) = others.filter(|others| others.is_object()) {
                if !self.is_own(any) {
                    self.id(key, &path);
                }
                self.value(item, any, &path);
            } else if others == Some(&Value::Bool(false)) {
                self.unknown_key(key, &path, properties, object);
            }
        }
        for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let Some(required) = required.as_str().filter(|name| !object.contains_key(*name))
            else {
                continue;
            };
            let property = properties.and_then(|properties| properties.get(required));
            let whose =
                if path.is_empty() { "the file".to_owned() } else { format!("`{}`", shown(path)) };
            let hint = self.how_to_add(required, property, path);
            let span = self.spans.key(path);
            let line = self.spans.line_at(span.start);
            self.broken.insert(if path.is_empty() { required.to_owned() } else { path.to_owned() });
            self.problems.push(Problem::error(
                "missing-key",
                line,
                span,
                format!("{whose} lacks `{required}`"),
                hint,
            ));
        }
    }

    /// What to write for a key that is missing.
    fn how_to_add(&self, name: &str, property: Option<&'a Value>, path: &str) -> String {
        let target = property.map(|property| self.resolve(property));
        let is_table = target.and_then(kind_of) == Some("object");
        if path.is_empty() && name == "schema" {
            return "add schema = 1 at the top".to_owned();
        }
        if path.is_empty() && is_table {
            return format!("add [{name}] at the top");
        }
        let description = property
            .and_then(|property| property.get("description"))
            .or_else(|| target.and_then(|target| target.get("description")))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let words = target.and_then(words_of).map(|words| format!(" ({})", words.join(", ")));
        format!("add {name} = …: {}{}", first_sentence(description), words.unwrap_or_default())
    }

    /// Follows `$ref` and looks through the null of an optional value.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..4 {
            let name = schema.get("$ref").and_then(Value::as_str);
            if let Some(name) = name.and_then(|name| name.strip_prefix("#/$defs/")) {
                let defined = self.root.get("$defs").and_then(|defs| defs.get(name));
                schema = defined.unwrap_or(schema);
            } else if let Some(first) =
                schema.get("anyOf").and_then(Value::as_array).and_then(|options| options.first())
            {
                schema = first;
            } else {
                break;
            }
        }
        schema
    }

    /// A schema that takes anything, as that of `[x.…]`.
    fn is_own(&self, schema: &Value) -> bool {
        schema.get("type").is_none()
            && schema.get("$ref").is_none_or(|r| r.as_str() == Some("#/$defs/Own"))
    }

    fn unknown_key(
        &mut self,
        key: &str,
        path: &str,
        known: Option<&Map<String, Value>>,
        present: &Map<String, Value>,
    ) {
        let names: Vec<&str> = known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let hint = match nearest(key, names.iter().copied()) {
            Some(name) if present.contains_key(name) => {
                format!("`{name}` is there already; remove this line")
            }
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let free = names.iter().filter(|name| !present.contains_key(**name)).copied();
                let free = free.collect::<Vec<_>>().join(", ");
                let own = self
                    .root
                    .pointer("/properties/x")
                    .map(|_| "; tables of your own go under [x.…]");
                format!("what may stand here: {free}{}", own.unwrap_or_default())
            }
        };
        let span = self.spans.key(path);
        let line = self.spans.line_at(span.start);
        self.broken.insert(path.to_owned());
        self.problems.push(Problem::error(
            "unknown-key",
            line,
            span,
            format!("unknown key `{}`", shown(key)),
            hint,
        ));
    }

    fn id(&mut self, id: &str, path: &str) {
        let good = id.len() <= 64
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !good {
            let span = self.spans.key(path);
            let line = self.spans.line_at(span.start);
            let plain: String = id
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
                .collect();
            let plain = plain.trim_matches(|c: char| !c.is_ascii_lowercase());
            // Only words are given back: anything else could be a secret in the wrong place.
            let words = id.len() <= 24
                && id.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '_'));
            let suggestion = if words && !plain.is_empty() { plain } else { "chat-model" };
            self.broken.insert(path.to_owned());
            self.problems.push(Problem::error(
                "bad-id",
                line,
                span,
                "an id is lower-case letters, digits and `-`, a letter first, at most 64 long",
                format!(
                    "write an id such as {suggestion}; it stays the same when the thing is renamed"
                ),
            ));
        }
    }

    fn array(&mut self, value: &Value, schema: &'a Value, path: &str) {
        let Some(items) = value.as_array() else {
            return self.wrong(
                path,
                format!("`{}` must be a list", last(path)),
                format!("write {} = [\"…\"]", last(path)),
            );
        };
        if let Some(item_schema) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.value(item, item_schema, &format!("{path}.{index}"));
            }
        }
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            for (index, item) in items.iter().enumerate() {
                if items.iter().take(index).any(|earlier| earlier == item) {
                    self.wrong(
                        &format!("{path}.{index}"),
                        format!("`{}` lists the same thing twice", last(path)),
                        "remove one of the two",
                    );
                }
            }
        }
    }

    fn string(&mut self, value: &Value, schema: &Value, path: &str) {
        let name = last(path);
        let Some(text) = value.as_str() else {
            return self.wrong(
                path,
                format!("`{name}` must be text"),
                format!("put it between double quotes: {name} = \"…\""),
            );
        };
        if text.trim().is_empty() {
            return self.wrong(
                path,
                format!("`{name}` is empty"),
                "say something, or leave the line out if it may be left out",
            );
        }
        if schema.get("format").and_then(Value::as_str) == Some("date")
            && text.parse::<jiff::civil::Date>().is_err()
        {
            return self.wrong(
                path,
                format!("`{name}` must be a day"),
                format!("write the day as {name} = \"2026-01-31\""),
            );
        }
        let Some(pattern) = schema.get("pattern").and_then(Value::as_str) else { return };
        if pattern.starts_with("^sha256") {
            if let Err(error) = text.parse::<crate::digest::Digest>() {
                self.wrong(
                    path,
                    format!("`{name}` is not a digest"),
                    format!("{error}: `sha256sum FILE` prints them"),
                );
            }
        } else if pattern.starts_with("^(path") {
            if let Err(error) = text.parse::<super::location::Location>() {
                let hint = match error {
                    super::NotALocation::Scheme => {
                        format!("{error}; for a file below this one write path:…")
                    }
                    super::NotALocation::Leaves => format!(
                        "{error}; for a file elsewhere give its scheme (hf:, s3:, oci:, https:) and where it is here in coseal.local.toml"
                    ),
                    _ => error.to_string(),
                };
                self.wrong(path, format!("`{name}` is not a location"), hint);
            }
        } else if pattern.starts_with("^(mailto")
            && !["mailto:", "tel:", "https:"]
                .iter()
                .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
        {
            self.wrong(
                path,
                format!("`{name}` is not an address"),
                "write mailto:…, tel:… or https:…, a group rather than a person",
            );
        }
    }

    fn word(&mut self, value: &Value, words: &[&str], path: &str) {
        let name = item_name(path);
        let all = words.join(", ");
        let Some(text) = value.as_str() else {
            return self.wrong(
                path,
                format!("`{name}` must be one of: {all}"),
                "write one of them between double quotes",
            );
        };
        if words.contains(&text) {
            return;
        }
        match nearest(text, words.iter().copied()) {
            Some(word) => self.wrong(
                path,
                format!("`{}` is not a value of `{name}`", plain(text, 40)),
                format!("did you mean \"{word}\"? It is one of: {all}"),
            ),
            None => self.wrong(
                path,
                format!("this is not a value of `{name}`"),
                format!("it is one of: {all}"),
            ),
        }
    }

    fn wrong(&mut self, path: &str, message: String, hint: impl Into<String>) {
        let span = self.spans.value(path);
        let line = self.spans.line_at(span.start);
        self.broken.insert(path.to_owned());
        self.problems.push(Problem::error("wrong-value", line, span, message, hint));
    }
}

/// The words of an enumeration, whether or not its variants are documented.
fn words_of(schema: &Value) -> Option<Vec<&str>> {
    let from_enum = schema
        .get("enum")
        .and_then(Value::as_array)
        .map(|words| words.iter().filter_map(Value::as_str).collect());
    from_enum.or_else(|| {
        let options = schema.get("oneOf").and_then(Value::as_array)?;
        options.iter().map(|option| option.get("const").and_then(Value::as_str)).collect()
    })
}

fn kind_of(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn last(path: &str) -> String {
    shown(path.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or(path))
}

fn item_name(path: &str) -> String {
    last(path)
}

/// A name of the file as a message may show it: not at all if it could be a secret or an address in the wrong place.
fn shown(name: &str) -> String {
    if name.split('.').all(is_plain_name) { name.to_owned() } else { "…".to_owned() }
}

fn is_plain_name(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.len() <= 40
        && digits <= 4
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

/// The largest whole number that a schema allows; TOML has none above that of `i64`.
fn most(schema: &Value) -> u64 {
    if schema.get("format").is_some_and(|format| format == "uint64") {
        i64::MAX as u64
    } else {
        u64::from(u32::MAX)
    }
}

fn first_sentence(text: &str) -> String {
    let sentence = text.split(['.', ';', ':']).next().unwrap_or_default();
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The comparison knows a part of JSON Schema; the generated schemas must stay within it.
#[cfg(test)]
pub(crate) fn assert_known(schema: &Value) {
    const KNOWN: [&str; 17] = [
        "$ref",
        "$defs",
        "$schema",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "oneOf",
        "anyOf",
        "const",
        "pattern",
        "format",
        "default",
    ];
    const IGNORED: [&str; 3] = ["uniqueItems", "minimum", "maximum"];
    for (key, item) in schema.as_object().into_iter().flatten() {
        assert!(KNOWN.contains(&key.as_str()) || IGNORED.contains(&key.as_str()), "{key}");
        match key.as_str() {
            "properties" | "$defs" => item.as_object().unwrap().values().for_each(assert_known),
            "items" | "additionalProperties" => assert_known(item),
            "oneOf" => assert!(words_of(schema).is_some(), "{schema}"),
            "anyOf" => assert_eq!(item.as_array().unwrap().len(), 2),
            "type" => assert!(kind_of(schema).is_some()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{assert_known, schema};

    #[test]
    fn the_schema_uses_only_what_the_comparison_knows() {
        assert_known(schema());
    }
}
