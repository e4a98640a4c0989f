//! The reference of the system file, from its schema.

use std::fmt::Write as _;

use coseal_core::system::schema;
use serde_json::Value;

/// The page of the keys of the system file.
pub(crate) fn page() -> String {
    let schema = schema();
    let mut out = String::from("# The system file, `coseal.toml`\n\n");
    let _ = writeln!(out, "{}\n", text_of(schema, "description"));
    let _ = writeln!(
        out,
        "The JSON Schema is `schemas/system-file.schema.json`; editors that know it complete and check as you type.\n"
    );
    for (name, property) in properties(schema) {
        let target = resolve(schema, property);
        let inner = target
            .get("additionalProperties")
            .filter(|inner| inner.is_object())
            .map(|inner| resolve(schema, inner));
        let (heading, table) = match inner {
            Some(inner) if name != "x" => (format!("[{name}.ID]"), inner),
            _ if target.get("properties").is_some() => (format!("[{name}]"), target),
            _ => (name.to_owned(), target),
        };
        let description = if text_of(property, "description").is_empty() {
            text_of(target, "description")
        } else {
            text_of(property, "description")
        };
        let _ = writeln!(out, "## `{heading}`\n\n{description}\n");
        let rows = fields(schema, table);
        if !rows.is_empty() {
            let _ = writeln!(out, "| key | what it says | values |\n|---|---|---|\n{rows}");
        }
    }
    out
}

fn fields(schema: &Value, table: &Value) -> String {
    let required: Vec<&str> = table
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut out = String::new();
    for (name, property) in properties(table) {
        let must = if required.contains(&name) { " (needed)" } else { "" };
        let _ = writeln!(
            out,
            "| `{name}`{must} | {} | {} |",
            text_of(property, "description").replace('\n', " "),
            values(schema, property)
        );
    }
    out
}

fn values(schema: &Value, property: &Value) -> String {
    let target = resolve(schema, property);
    if let Some(words) = target.get("oneOf").and_then(Value::as_array) {
        let words: Vec<_> = words.iter().filter_map(|word| word.get("const")?.as_str()).collect();
        return words.join(", ");
    }
    if let Some(items) = target.get("items") {
        return format!("list of: {}", values(schema, items));
    }
    if target.get("properties").is_some() {
        let keys: Vec<_> = properties(target).map(|(name, _)| name).collect();
        return format!("table of: {}", keys.join(", "));
    }
    match target.get("pattern").and_then(Value::as_str) {
        Some(pattern) if pattern.starts_with("^sha256") => return "`sha256:…`".to_owned(),
        Some(pattern) if pattern.starts_with("^(path") => {
            return "`path:` `api:` `hf:` `s3:` `oci:` `mlflow:` `https:` `command:`".to_owned();
        }
        Some(pattern) if pattern.starts_with("^(mailto") => {
            return "`mailto:` `tel:` `https:`".to_owned();
        }
        _ => {}
    }
    if target.get("format").and_then(Value::as_str) == Some("date") {
        return "day, `\"2026-01-31\"`".to_owned();
    }
    let kind = target
        .get("type")
        .map(|kind| kind.as_str().unwrap_or_else(|| kind[0].as_str().unwrap_or_default()));
    match kind {
        Some("string") => "text".to_owned(),
        Some("boolean") => "true, false".to_owned(),
        Some("integer") => "whole number".to_owned(),
        _ => String::new(),
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let mut schema = schema;
    for _ in 0..4 {
        let reference = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/$defs/"));
        let first =
            schema.get("anyOf").and_then(Value::as_array).and_then(|options| options.first());
        schema = match (reference, first) {
            (Some(name), _) => root.get("$defs").and_then(|defs| defs.get(name)).unwrap_or(schema),
            (None, Some(first)) => first,
            (None, None) => break,
        };
    }
    schema
}

fn text_of<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
