//! From the text of a system file to a [`System`], or to every problem in it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::{
    problem::Problem, problem::Weight, shape, spans::Spans, syntax, types::System,
    unconfirmed::Unconfirmed, validate,
};

/// Name of the system file in its folder.
pub const FILE_NAME: &str = "coseal.toml";

/// Problems told at most.
pub(super) const MAX_PROBLEMS: usize = 100;
/// Elements that one system may have: more are several systems.
const MAX_ELEMENTS: usize = 2_000;

/// Deeper tables and arrays than this are refused.
const MAX_DEPTH: usize = 12;

/// A system file as read.
#[derive(Clone, Debug)]
pub struct SystemFile {
    /// The system, if the file has no error.
    pub system: Option<System>,
    /// Errors and warnings, in the order of their lines.
    pub problems: Vec<Problem>,
    /// Where each element stands.
    pub spans: Spans,
    /// What nobody has confirmed.
    pub unconfirmed: Unconfirmed,
}

/// Reads the text of a system file.
#[must_use]
pub fn read(text: &str) -> SystemFile {
    let Parsed { value, spans, mut problems } = parse(text);
    let mut system = None;
    let elements: usize = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, table)| table.as_object().map_or(0, Map::len))
        .sum();
    if elements > MAX_ELEMENTS {
        problems.push(Problem::error(
            "too-many",
            1,
            0..0,
            format!("the file has {elements} elements; {MAX_ELEMENTS} is the most"),
            "describe each system in a folder of its own",
        ));
    }
    if problems.is_empty() {
        let broken = shape::compare(&value, shape::schema(), &spans, &mut problems);
        let whole = broken.is_empty();
        let (sound, taken) =
            if whole { (value, BTreeSet::new()) } else { shape::sound(value, &broken) };
        match serde_json::from_value::<System>(sound) {
            Ok(read) => {
                validate::validate(&read, &taken, whole, &spans, &mut problems);
                system = Some(read);
            }
            // What is broken was told above.
            Err(_) if !whole => {}
            Err(error) => problems.push(Problem::error(
                "unreadable",
                1,
                0..0,
                "the file does not fit the types of the system file",
                format!("this is a bug of ours; please report it ({:?})", error.classify()),
            )),
        }
    }
    // What is asked already is an open question, and no fault of the file.
    let unconfirmed = Unconfirmed::of(text);
    problems.retain(|problem| problem.weight == Weight::Error || !unconfirmed.asks(problem.line));
    settle(&mut problems);
    if problems.iter().any(|problem| problem.weight == Weight::Error) {
        system = None;
    }
    SystemFile { system, problems, spans, unconfirmed }
}

/// A file as a value, before it is compared with any type.
pub(crate) struct Parsed {
    /// Its tables and keys.
    pub(crate) value: Value,
    /// Where each stands.
    pub(crate) spans: Spans,
    /// What is wrong with its syntax.
    pub(crate) problems: Vec<Problem>,
}

/// Parses TOML.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut spans = Spans::of(text);
    let (table, syntax) = DeTable::parse_recoverable(text);
    let mut problems = syntax::problems(&syntax, text, &spans);
    let mut value = Map::new();
    for (key, entry) in table.get_ref() {
        let read = plain_value(entry, key.get_ref(), 1, &mut spans, &mut problems);
        spans.note(key.get_ref(), key.span(), entry.span());
        value.insert(key.get_ref().to_string(), read);
    }
    Parsed { value: Value::Object(value), spans, problems }
}

/// Problems in the order of their lines, each once, and not without end.
pub(crate) fn settle(problems: &mut Vec<Problem>) {
    problems.sort();
    problems.dedup();
    if problems.len() > MAX_PROBLEMS {
        let more = problems.len() - MAX_PROBLEMS;
        problems.truncate(MAX_PROBLEMS);
        if let Some(last) = problems.last_mut() {
            last.hint.push_str(&format!("; and {more} more problems after this one"));
        }
    }
}

fn plain_value(
    entry: &toml::Spanned<DeValue<'_>>,
    path: &str,
    depth: usize,
    spans: &mut Spans,
    problems: &mut Vec<Problem>,
) -> Value {
    if depth > MAX_DEPTH {
        let span = entry.span();
        let line = spans.line_at(span.start);
        if !problems.iter().any(|problem| problem.kind == "too-deep") {
            problems.push(Problem::error(
                "too-deep",
                line,
                span,
                format!("tables and lists may nest {MAX_DEPTH} deep"),
                "keep deep data in a file of its own and name it here",
            ));
        }
        return Value::Null;
    }
    match entry.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::from(f64::INFINITY), Value::from),
        DeValue::Float(float) => float.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(boolean) => Value::Bool(*boolean),
        DeValue::Datetime(datetime) => Value::String(datetime.to_string()),
        DeValue::Array(items) => {
            let read = |(index, item): (usize, &toml::Spanned<DeValue<'_>>)| {
                let path = format!("{path}.{index}");
                let value = plain_value(item, &path, depth + 1, spans, problems);
                spans.note(&path, item.span(), item.span());
                value
            };
            Value::Array(items.iter().enumerate().map(read).collect())
        }
        DeValue::Table(table) => {
            let mut object = Map::new();
            for (key, item) in table {
                let path = format!("{path}.{}", key.get_ref());
                let value = plain_value(item, &path, depth + 1, spans, problems);
                spans.note(&path, key.span(), item.span());
                object.insert(key.get_ref().to_string(), value);
            }
            Value::Object(object)
        }
    }
}
