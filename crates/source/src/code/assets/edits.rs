//! A value that is made of what a name had before: `NAME + "…"`, `NAME.replace("…", "…")`, `f"{NAME} …"`.

use crate::code::{
    ir::{Call, Module, Value},
    resolve::called,
};

/// Edits of one value that are followed.
const MAX_EDITS: usize = 50;
/// Calls within calls.
const MAX_DEPTH: u32 = 10;

/// What is done to a text.
#[derive(Debug)]
pub(super) enum Edit<'a> {
    /// This is put in front.
    Before(&'a Value),
    /// This is put behind.
    Behind(&'a Value),
    /// The first is replaced by the second.
    Replace(&'a Value, &'a Value),
    /// Something that depends on nothing else, by its name.
    Other(String),
    /// Nothing that counts: spaces at its ends, and what is put in where it runs.
    None,
    /// It can't be told.
    Unclear,
}

/// What a value does to the text of `name`, in order; none if it is not made of it.
pub(super) fn edit<'a>(module: &'a Module, value: &'a Value, name: &str) -> Option<Vec<Edit<'a>>> {
    let mut edits = of(module, value, name, MAX_DEPTH)?;
    if edits.len() > MAX_EDITS {
        edits = vec![Edit::Unclear];
    }
    Some(edits)
}

fn of<'a>(module: &'a Module, value: &'a Value, name: &str, depth: u32) -> Option<Vec<Edit<'a>>> {
    let deeper = depth.checked_sub(1)?;
    match value {
        Value::Name(found) if is(found, name) => Some(Vec::new()),
        Value::Join(parts) => {
            let (at, mut edits) = parts
                .iter()
                .enumerate()
                .find_map(|(at, part)| Some((at, of(module, part, name, deeper)?)))?;
            edits.extend(parts.iter().take(at).rev().map(Edit::Before));
            edits.extend(parts.iter().skip(at + 1).map(Edit::Behind));
            Some(edits)
        }
        Value::Call(index) => of_call(module, module.calls.get(*index)?, name, deeper),
        Value::Choice(values) => {
            let mut found = values.iter().filter_map(|value| of(module, value, name, deeper));
            found.next().map(|mut edits| {
                edits.push(Edit::Unclear);
                edits
            })
        }
        Value::Item(base, _) => of(module, base, name, deeper).map(|mut edits| {
            edits.push(Edit::Unclear);
            edits
        }),
        Value::Attribute(base, _) => of(module, base, name, deeper),
        _ => None,
    }
}

/// A method of the text, or a function that is given it.
fn of_call<'a>(
    module: &'a Module,
    call: &'a Call,
    name: &str,
    depth: u32,
) -> Option<Vec<Edit<'a>>> {
    let method = called(&call.callee);
    let base = match &call.callee {
        Value::Name(found) => {
            found.rsplit_once('.').filter(|(base, _)| is(base, name)).map(|_| Vec::new())
        }
        Value::Attribute(base, _) => of(module, base, name, depth),
        _ => None,
    };
    if let Some(mut edits) = base {
        edits.push(by_method(method, call));
        return Some(edits);
    }
    let mut given = call.arguments.iter();
    let mut edits = given.find_map(|argument| of(module, &argument.value, name, depth))?;
    edits.push(match method {
        "str" | "String" | "dedent" | "cleandoc" | "strip" => Edit::None,
        _ => Edit::Unclear,
    });
    Some(edits)
}

fn by_method<'a>(method: &str, call: &'a Call) -> Edit<'a> {
    match (method, call.place(0), call.place(1)) {
        ("replace" | "replaceAll", Some(from), Some(to)) => Edit::Replace(from, to),
        ("concat", Some(added), None) => Edit::Behind(added),
        ("strip" | "lstrip" | "rstrip" | "trim" | "trimStart" | "trimEnd" | "toString", ..) => {
            Edit::None
        }
        ("format", ..) => filled(call),
        ("upper" | "lower" | "title" | "toUpperCase" | "toLowerCase" | "swapcase", ..) => {
            Edit::Other(format!(".{method}()"))
        }
        _ => Edit::Unclear,
    }
}

/// `NAME.format(…)`: what is put in as it runs does not count, and what stands in the code does.
fn filled(call: &Call) -> Edit<'static> {
    let texts: Vec<&str> =
        call.arguments.iter().filter_map(|argument| argument.value.text()).collect();
    if texts.is_empty() { Edit::None } else { Edit::Other(texts.join("\n")) }
}

fn is(found: &str, name: &str) -> bool {
    found == name
        || ["self.", "this.", "cls."].iter().any(|own| found.strip_prefix(own) == Some(name))
}

/// A text with one word replaced, as long as it does not grow beyond bounds.
pub(super) fn replaced(text: &str, from: &str, to: &str, most: usize) -> String {
    let times = if from.is_empty() { 0 } else { text.matches(from).count() };
    if times == 0 || times.saturating_mul(to.len()) > most {
        return text.to_owned();
    }
    text.replace(from, to)
}
