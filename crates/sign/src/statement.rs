//! In-toto Statements, version 1: something said (the predicate) of some artefacts (the subjects).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    canonical::canonical,
    json::{MAX_DEPTH, parse_object, take_array, take_string},
};

/// The type of an envelope that holds a Statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// What every Statement of version 1 says of itself.
const TYPE: &str = "https://in-toto.io/Statement/v1";

/// The most bytes of a Statement: more don't fit an envelope.
const MAX_STATEMENT: usize = crate::dsse::MAX_ENVELOPE;

/// The largest integer that every reader of JSON reads as itself (RFC 8785, appendix D).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Why a payload is not a Statement.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum StatementError {
    /// Longer than an envelope can hold.
    #[error("the statement is too large")]
    TooLarge,
    /// Not the JSON of a Statement: a member is missing, there twice, or not what it should be.
    #[error("not an in-toto statement")]
    Malformed,
    /// There is no subject, or one without a digest in lower-case hexadecimal digits.
    #[error("a subject of the statement has no digest, or there is no subject")]
    Subject,
    /// A number with a fraction or beyond 2^53 - 1, or nesting deeper than 32: not every reader reads these alike.
    #[error("the predicate holds a number that is no safe integer, or is nested too deeply")]
    Unsafe,
    /// Unknown members, white space, or another order than [`Statement::to_bytes`] writes.
    #[error("the statement is not written in its canonical form")]
    NotCanonical,
}

/// What is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// What it is called; empty where a foreign Statement gives no name.
    pub name: String,
    /// Its digests, by the name of the algorithm (`sha256`).
    pub digest: BTreeMap<String, String>,
}

/// A Statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What is spoken of.
    pub subjects: Vec<Subject>,
    /// What kind of thing is said: a URI.
    pub predicate_type: String,
    /// What is said: an object.
    pub predicate: Value,
}

impl Statement {
    /// Reads a Statement of our own: exactly the bytes that [`Statement::to_bytes`] writes.
    ///
    /// # Errors
    ///
    /// When the bytes are anything else.
    pub fn parse(bytes: &[u8]) -> Result<Self, StatementError> {
        let statement = Self::read(bytes)?;
        (statement.to_bytes()? == bytes).then_some(statement).ok_or(StatementError::NotCanonical)
    }

    /// Reads anybody's Statement: layout is free, and members that are not known are passed over, as in-toto wants.
    /// A member that is there twice is refused at any depth, and so is anything nested deeper than 32.
    ///
    /// # Errors
    ///
    /// When the bytes are not a Statement, or too large.
    pub fn read(bytes: &[u8]) -> Result<Self, StatementError> {
        if bytes.len() > MAX_STATEMENT {
            return Err(StatementError::TooLarge);
        }
        parse_object(bytes).and_then(from_members).ok_or(StatementError::Malformed)
    }

    /// The Statement as canonical JSON (RFC 8785).
    ///
    /// # Errors
    ///
    /// When a subject lacks name or digest or there is none, the predicate is no object, is nested too deeply
    /// or holds a number that is not a safe integer, or all of it is too large.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StatementError> {
        if self.subjects.is_empty() || !self.subjects.iter().all(is_whole) {
            return Err(StatementError::Subject);
        }
        if self.predicate_type.is_empty() || !self.predicate.is_object() {
            return Err(StatementError::Malformed);
        }
        if !is_readable(&self.predicate, 1) {
            return Err(StatementError::Unsafe);
        }
        let subjects: Vec<_> = self.subjects.iter().map(subject_json).collect();
        let value = json!({
            "_type": TYPE,
            "predicate": self.predicate,
            "predicateType": self.predicate_type,
            "subject": subjects,
        });
        let bytes = canonical(&value).into_bytes();
        (bytes.len() <= MAX_STATEMENT).then_some(bytes).ok_or(StatementError::TooLarge)
    }
}

fn from_members(mut members: Map<String, Value>) -> Option<Statement> {
    if take_string(&mut members, "_type")? != TYPE {
        return None;
    }
    let predicate_type = take_string(&mut members, "predicateType")?;
    let subjects = take_array(&mut members, "subject")?.into_iter().map(subject);
    let subjects = subjects.collect::<Option<_>>()?;
    let predicate = members.remove("predicate").unwrap_or_else(|| json!({}));
    predicate.is_object().then_some(Statement { subjects, predicate_type, predicate })
}

fn subject(value: Value) -> Option<Subject> {
    let Value::Object(mut members) = value else { return None };
    let name = match members.contains_key("name") {
        true => take_string(&mut members, "name")?,
        false => String::new(),
    };
    let digest = match members.remove("digest") {
        Some(Value::Object(digests)) => digests.into_iter().map(digest).collect::<Option<_>>()?,
        Some(_) => return None,
        None => BTreeMap::new(),
    };
    Some(Subject { name, digest })
}

fn digest((algorithm, value): (String, Value)) -> Option<(String, String)> {
    match value {
        Value::String(text) => Some((algorithm, text)),
        _ => None,
    }
}

fn subject_json(subject: &Subject) -> Value {
    json!({ "name": subject.name, "digest": subject.digest })
}

fn is_whole(subject: &Subject) -> bool {
    let hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let digest = |(algorithm, text): (&String, &String)| {
        let length = if algorithm == "sha256" { 64 } else { text.len() };
        !algorithm.is_empty() && !text.is_empty() && text.len() == length && hex(text)
    };
    !subject.name.is_empty() && !subject.digest.is_empty() && subject.digest.iter().all(digest)
}

/// Whether a value that stands at this depth reads back as itself: nested no deeper than is read, all numbers safe.
fn is_readable(value: &Value, depth: u8) -> bool {
    let inner = |item| is_readable(item, depth + 1);
    match value {
        Value::Number(number) => {
            let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            size.is_some_and(|size| size <= MAX_INTEGER)
        }
        Value::Array(items) => depth < MAX_DEPTH && items.iter().all(inner),
        Value::Object(members) => depth < MAX_DEPTH && members.values().all(inner),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Statement, StatementError, Subject};

    fn statement() -> Statement {
        let digest = [("sha256".to_owned(), "ab".repeat(32))].into();
        Statement {
            subjects: vec![Subject { name: "model.bin".to_owned(), digest }],
            predicate_type: "https://example.org/said/v1".to_owned(),
            predicate: json!({ "b": 1, "a": ["x", null] }),
        }
    }

    fn text() -> String {
        String::from_utf8(statement().to_bytes().unwrap()).unwrap()
    }

    #[test]
    fn writes_canonical_json() {
        let digest = "ab".repeat(32);
        assert_eq!(
            text(),
            format!(
                r#"{{"_type":"https://in-toto.io/Statement/v1","predicate":{{"a":["x",null],"b":1}},"predicateType":"https://example.org/said/v1","subject":[{{"digest":{{"sha256":"{digest}"}},"name":"model.bin"}}]}}"#
            )
        );
        assert_eq!(Statement::parse(text().as_bytes()), Ok(statement()));
    }

    #[test]
    fn reads_others_but_parses_only_its_own() {
        for (from, to) in [
            ("\"b\":1", "\"b\": 1"),
            ("\"a\":[\"x\",null],\"b\":1", "\"b\":1,\"a\":[\"x\",null]"),
            ("\"x\"", "\"\\u0078\""),
            ("\"name\":", "\"downloadLocation\":\"https://example.org\",\"name\":"),
            ("\"_type\"", "\"_future\":1,\"_type\""),
        ] {
            let text = text().replace(from, to);
            assert_eq!(Statement::read(text.as_bytes()), Ok(statement()), "{text}");
            assert_eq!(
                Statement::parse(text.as_bytes()),
                Err(StatementError::NotCanonical),
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_is_a_safe_integer() {
        for number in ["1.0", "1e2", "0.5", "9007199254740992", "-9007199254740992", "-0", "1e400"]
        {
            let text = text().replace("\"b\":1", &format!("\"b\":{number}"));
            assert!(Statement::parse(text.as_bytes()).is_err(), "{number}");
        }
        for number in ["0", "-1", "9007199254740991", "-9007199254740991"] {
            let text = text().replace("\"b\":1", &format!("\"b\":{number}"));
            assert!(Statement::parse(text.as_bytes()).is_ok(), "{number}");
        }
    }

    #[test]
    fn writes_no_deeper_than_it_reads() {
        let mut statement = statement();
        let nested = |depth| (1..depth).fold(json!({}), |inner, _| json!([inner]));
        statement.predicate = json!({ "a": nested(30) });
        assert_eq!(Statement::parse(&statement.to_bytes().unwrap()), Ok(statement.clone()));
        statement.predicate = json!({ "a": nested(31) });
        assert_eq!(statement.to_bytes(), Err(StatementError::Unsafe));
    }

    #[test]
    fn refuses_what_is_no_statement() {
        for (from, to) in [
            ("Statement/v1", "Statement/v0.1"),
            ("\"b\":1", "\"b\":1,\"b\":1"),
            ("\"sha256\"", "\"sha256\":\"\",\"sha256\""),
            ("[{", "[[{"),
            ("\"model.bin\"", "7"),
            ("\"predicateType\"", "\"predicatetype\""),
            ("{\"a\":[\"x\",null],\"b\":1}", "[]"),
        ] {
            let text = text().replace(from, to);
            assert_eq!(Statement::read(text.as_bytes()), Err(StatementError::Malformed), "{text}");
        }
        for change in [
            |it: &mut Statement| it.subjects.clear(),
            |it: &mut Statement| it.subjects[0].digest.clear(),
            |it: &mut Statement| it.subjects[0].name.clear(),
            |it: &mut Statement| {
                it.subjects[0].digest = [("sha256".to_owned(), "AB".repeat(32))].into();
            },
            |it: &mut Statement| {
                it.subjects[0].digest = [("sha256".to_owned(), "ab".to_owned())].into();
            },
        ] {
            let mut statement = statement();
            change(&mut statement);
            assert_eq!(statement.to_bytes(), Err(StatementError::Subject));
        }
        let mut large = statement();
        large.predicate = json!({ "a": "x".repeat(65_536) });
        assert_eq!(large.to_bytes(), Err(StatementError::TooLarge));
    }

    proptest! {
        #[test]
        fn any_predicate_reads_back(name in ".{1,9}", text: String, number in -9_000_i64..9_000) {
            let mut statement = statement();
            statement.subjects[0].name = name;
            statement.predicate = json!({ "text": text, "number": number });
            prop_assert_eq!(Statement::parse(&statement.to_bytes().unwrap()), Ok(statement));
        }
    }
}
