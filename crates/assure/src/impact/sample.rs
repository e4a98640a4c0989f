//! Values that a field of the system file may have, from its schema.

use coseal_core::system::schema;
use serde_json::{Map, Value, json};

/// Deeper than any table of the system file.
const MAX_DEPTH: usize = 8;

/// The schema of the elements of a table, or of the single table `system`.
pub(super) fn of_table(table: &str) -> Option<&'static Value> {
    let property = resolved(schema().get("properties")?.get(table)?);
    match property.get("additionalProperties") {
        Some(element) if element.is_object() => Some(resolved(element)),
        _ if property.get("properties").is_some() => Some(property),
        _ => None,
    }
}

/// The fields of a table's elements, each with its schema.
pub(super) fn fields(table: &str) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let properties = of_table(table).and_then(|element| element.get("properties")?.as_object());
    properties.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema))
}

/// Values that fit a schema: enough of them that one differs from any given one in what follows from it.
pub(super) fn values(schema: &Value) -> Vec<Value> {
    at(schema, 0)
}

fn at(schema: &Value, depth: usize) -> Vec<Value> {
    let target = resolved(schema);
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let mut values = if let Some(words) = words(target) {
        words
    } else if let Some(items) = target.get("items") {
        let items = at(items, depth + 1);
        std::iter::once(json!([]))
            .chain(items.into_iter().take(2).map(|item| json!([item])))
            .collect()
    } else if target.get("properties").is_some() {
        (0..2).filter_map(|which| table(target, which, depth)).collect()
    } else {
        match kind(target) {
            Some("boolean") => vec![json!(true), json!(false)],
            Some("integer") => vec![json!(1), json!(2)],
            Some("string") => texts(target),
            _ => Vec::new(),
        }
    };
    // What need not be there may be gone.
    values.push(Value::Null);
    values
}

fn table(schema: &Value, which: usize, depth: usize) -> Option<Value> {
    let properties = schema.get("properties")?.as_object()?;
    let needed = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let mut table = Map::new();
    for name in needed.filter_map(Value::as_str) {
        let values = at(properties.get(name)?, depth + 1);
        table.insert(name.to_owned(), values.get(which).or(values.first())?.clone());
    }
    Some(table.into())
}

fn words(schema: &Value) -> Option<Vec<Value>> {
    let listed = schema.get("enum").and_then(Value::as_array).cloned();
    listed.or_else(|| {
        let options = schema.get("oneOf").and_then(Value::as_array)?;
        options.iter().map(|option| option.get("const").cloned()).collect()
    })
}

fn texts(schema: &Value) -> Vec<Value> {
    let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or_default();
    if schema.get("format").and_then(Value::as_str) == Some("date") {
        vec![json!("2001-02-03"), json!("2001-02-04")]
    } else if pattern.starts_with("^sha256") {
        ["0", "1"].map(|digit| json!(format!("sha256:{}", digit.repeat(64)))).to_vec()
    } else if pattern.starts_with("^(path") {
        // A file that nobody has, and a hosted model: other facts follow from them.
        vec![json!("path:another/place"), json!("api:other/other-1")]
    } else {
        vec![json!("\u{1}other"), json!("\u{1}another")]
    }
}

fn kind(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        _ => None,
    }
}

fn resolved(of: &Value) -> &Value {
    let mut of = of;
    for _ in 0..MAX_DEPTH {
        let name =
            of.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/"));
        let first = of.get("anyOf").and_then(Value::as_array).and_then(|options| options.first());
        of = match (name, first) {
            (Some(name), _) => match schema().get("$defs").and_then(|defs| defs.get(name)) {
                Some(target) => target,
                None => return of,
            },
            (None, Some(first)) => first,
            (None, None) => return of,
        };
    }
    of
}
