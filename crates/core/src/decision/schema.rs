//! The JSON Schema of decision files: one object for each kind, and for each check that takes statements.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::{
    claims,
    types::{AttestTable, Choose, Decision, Exempt, Threat, Waive},
    words::DecisionKind,
};
use crate::system::word;

/// All kinds of decisions.
pub(super) const KINDS: [DecisionKind; 5] = [
    DecisionKind::Attest,
    DecisionKind::Waive,
    DecisionKind::Choose,
    DecisionKind::Threat,
    DecisionKind::Exempt,
];

static KIND_SCHEMAS: LazyLock<Vec<Value>> =
    LazyLock::new(|| KINDS.iter().map(|kind| merged(*kind)).collect());

static SCHEMA: LazyLock<Value> = LazyLock::new(published);

/// The JSON Schema (draft 2020-12) of a decision file.
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

/// The schema of one kind, that a file of this kind is compared with.
pub(super) fn schema_of(kind: DecisionKind) -> &'static Value {
    let index = KINDS.iter().position(|other| *other == kind).unwrap_or_default();
    KIND_SCHEMAS.get(index).unwrap_or(&Value::Null)
}

/// The schema that tells only which kind it is.
pub(super) fn kind_schema() -> Value {
    let words: Vec<String> = KINDS.iter().map(word).collect();
    json!({ "type": "object", "properties": { "kind": { "enum": words, "description": "what the decision does" } }, "required": ["kind"] })
}

/// What all decisions have, and what this kind has.
fn merged(kind: DecisionKind) -> Value {
    let mut common = schemars::schema_for!(Decision).to_value();
    let own = match kind {
        DecisionKind::Attest => schemars::schema_for!(AttestTable),
        DecisionKind::Waive => schemars::schema_for!(Waive),
        DecisionKind::Choose => schemars::schema_for!(Choose),
        DecisionKind::Threat => schemars::schema_for!(Threat),
        DecisionKind::Exempt => schemars::schema_for!(Exempt),
    };
    let mut own = own.to_value();
    for part in ["properties", "$defs"] {
        extend(&mut common, part, take(&mut own, part));
    }
    common["properties"]["kind"] = json!({ "const": word(&kind) });
    let needed = own.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let expires = !matches!(kind, DecisionKind::Choose | DecisionKind::Threat);
    if let Some(common) = common.get_mut("required").and_then(Value::as_array_mut) {
        common.push("kind".into());
        common.extend(needed);
        common.extend(expires.then(|| Value::from("expires")));
    }
    close(&mut common);
    if let Some(schema) = common.as_object_mut() {
        let own = own.get("description").cloned().unwrap_or_default();
        schema.insert("description".into(), own);
        schema.remove("title");
    }
    common
}

/// No other keys than those that are known, in the schema and in all parts of it.
fn close(schema: &mut Value) {
    let closed = |schema: &mut Value| {
        if let Some(schema) = schema.as_object_mut().filter(|s| s.contains_key("properties")) {
            schema.insert("additionalProperties".into(), false.into());
        }
    };
    closed(schema);
    if let Some(Value::Object(defs)) = schema.get_mut("$defs") {
        defs.values_mut().for_each(closed);
    }
}

/// Adds to a part of a schema that is an object of its own, such as its properties.
fn extend(schema: &mut Value, part: &str, more: Map<String, Value>) {
    match schema.get_mut(part) {
        Some(Value::Object(there)) => there.extend(more),
        _ if more.is_empty() => {}
        _ => schema[part] = more.into(),
    }
}

/// Takes such a part out.
fn take(schema: &mut Value, part: &str) -> Map<String, Value> {
    match schema.as_object_mut().and_then(|schema| schema.remove(part)) {
        Some(Value::Object(part)) => part,
        _ => Map::new(),
    }
}

/// All kinds in one schema.
fn published() -> Value {
    let mut defs = Map::new();
    let mut one_of = Vec::new();
    for (kind, schema) in KINDS.iter().zip(KIND_SCHEMAS.iter()) {
        let mut schema = schema.clone();
        defs.append(&mut take(&mut schema, "$defs"));
        take(&mut schema, "$schema");
        if *kind == DecisionKind::Attest {
            schema["allOf"] = claims(&mut defs);
        }
        one_of.push(schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coseal decision file",
        "description": "A decision of a person, in a role: a file under decisions/, with a detached signature beside it.",
        "oneOf": one_of,
        "$defs": defs,
    })
}

/// The claim of each check that takes statements.
fn claims(defs: &mut Map<String, Value>) -> Value {
    let takes = claims::takes_statements();
    let mut all = vec![json!({ "properties": { "check": { "enum": takes } } })];
    for check in takes {
        let mut claim = claims::schema_of(check);
        defs.append(&mut take(&mut claim, "$defs"));
        take(&mut claim, "$schema");
        all.push(json!({
            "if": { "properties": { "check": { "const": check } } },
            "then": { "properties": { "claim": claim } },
        }));
    }
    all.into()
}

#[cfg(test)]
mod tests {
    use super::{KINDS, schema, schema_of};
    use crate::{decision::claims, system::shape::assert_known};

    #[test]
    fn the_schemas_use_only_what_the_comparison_knows() {
        for kind in KINDS {
            assert_eq!(schema_of(kind)["additionalProperties"], false, "{kind:?}");
            assert_known(schema_of(kind));
        }
        for check in claims::takes_statements() {
            let claim = claims::schema_of(check);
            assert_eq!(claim["additionalProperties"], false, "{check}");
            assert_known(&claim);
        }
    }

    #[test]
    fn all_kinds_are_published() {
        assert_eq!(schema()["oneOf"].as_array().map(Vec::len), Some(KINDS.len()));
    }
}
