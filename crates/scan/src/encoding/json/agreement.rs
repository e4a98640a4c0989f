//! Against another reader of the same grammar.

use proptest::prelude::*;
use serde_json::Value;

use super::{Json, tests::strict};

/// Values that any loader writes.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e300_f64..1e300).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn same(json: &Json, value: &Value) -> bool {
    match (json, value) {
        (Json::True, Value::Bool(truth)) => *truth,
        (Json::Plain, Value::Bool(truth)) => !truth,
        (Json::Plain, Value::Null) => true,
        (Json::True | Json::Plain, Value::Number(number)) => {
            (*json == Json::True) == (number.as_f64() != Some(0.0))
        }
        (Json::Text(text), Value::String(other)) => text == other,
        (Json::List(items), Value::Array(others)) => {
            items.len() == others.len()
                && items.iter().zip(others).all(|(item, other)| same(item, other))
        }
        (Json::Map(entries), Value::Object(others)) => {
            let last = |key: &String| json.at(key);
            entries.iter().all(|(key, _)| others.contains_key(key))
                && others
                    .iter()
                    .all(|(key, other)| last(key).is_some_and(|value| same(value, other)))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn it_agrees_with_another_reader(value in values(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let read = strict(text.unwrap().as_bytes());
        prop_assert!(read.is_ok_and(|json| same(&json, &value)));
    }

    #[test]
    fn it_accepts_what_another_reader_accepts(value in values(), at: usize, byte in "[\\[\\]{}:,\"\\\\ 0-9eE.+\\-untrfalse]", cut in 0..3_usize) {
        let mut text = serde_json::to_vec(&value).unwrap();
        let at = at % text.len();
        text.splice(at..(at + cut).min(text.len()), byte.bytes());
        let (ours, theirs) = (strict(&text), serde_json::from_slice::<Value>(&text));
        // The other has no numbers beyond its own.
        let beyond = theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
        prop_assert!(beyond || ours.is_ok() == theirs.is_ok(), "{ours:?} {theirs:?}");
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert!(same(&ours, &theirs));
        }
    }
}
