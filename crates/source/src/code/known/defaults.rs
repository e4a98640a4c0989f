//! Calls that give a text through: a default where nothing else is set, or a text in another form.

use crate::code::ir::{Call, Text, Value};

/// How a call gives a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Its second argument, or the keyword `default`, where nothing is set.
    Second,
    /// Its first argument, or the keywords `default`, `value`.
    First,
    /// The text that it is called on.
    Receiver,
    /// Its arguments joined by `/`.
    Path,
    /// One of a list of choices.
    OneOf,
    /// The third argument.
    Third,
}

/// By the last part of what is called.
const CALLS: &[(&str, Gives)] = &[
    ("get", Gives::Second),
    ("getenv", Gives::Second),
    ("get_env", Gives::Second),
    ("env", Gives::Second),
    ("str", Gives::Second),
    ("config", Gives::Second),
    ("setdefault", Gives::Second),
    ("pop", Gives::Second),
    ("cast", Gives::Second),
    ("getattr", Gives::Third),
    ("Field", Gives::First),
    ("field", Gives::First),
    ("Option", Gives::First),
    ("Argument", Gives::First),
    ("Query", Gives::First),
    ("Body", Gives::First),
    ("Form", Gives::First),
    ("mapped_column", Gives::First),
    ("SecretStr", Gives::First),
    ("Path", Gives::First),
    ("PurePath", Gives::First),
    ("dedent", Gives::First),
    ("cleandoc", Gives::First),
    ("String", Gives::First),
    ("text_input", Gives::Second),
    ("text_area", Gives::Second),
    ("default", Gives::First),
    ("format", Gives::Receiver),
    ("strip", Gives::Receiver),
    ("lstrip", Gives::Receiver),
    ("rstrip", Gives::Receiver),
    ("replace", Gives::Receiver),
    ("lower", Gives::Receiver),
    ("trim", Gives::Receiver),
    ("open", Gives::First),
    ("as_posix", Gives::Receiver),
    ("resolve", Gives::Receiver),
    ("absolute", Gives::Receiver),
    ("join", Gives::Path),
    ("joinpath", Gives::Path),
    ("selectbox", Gives::OneOf),
    ("radio", Gives::OneOf),
    ("Dropdown", Gives::OneOf),
    ("multiselect", Gives::OneOf),
    ("choice", Gives::OneOf),
];

/// How a call of this name gives a text.
pub(crate) fn given(name: &str) -> Option<Gives> {
    CALLS.iter().find(|(known, _)| *known == name).map(|(_, gives)| *gives)
}

/// The values of which the call gives one.
pub(crate) fn values(gives: Gives, call: &Call) -> Vec<Value> {
    let one = |value: Option<&Value>| value.cloned().into_iter().collect();
    let default = call.keyword("default").or_else(|| call.keyword("value"));
    match gives {
        Gives::Second => one(default.or_else(|| call.place(1))),
        Gives::Third => one(call.place(2)),
        Gives::First => one(default.or_else(|| call.place(0))),
        Gives::Receiver => match &call.callee {
            Value::Attribute(base, _) => vec![(**base).clone()],
            Value::Name(name) => {
                let base = name.rsplit_once('.').map(|(base, _)| Value::Name(base.to_owned()));
                base.into_iter().collect()
            }
            _ => Vec::new(),
        },
        Gives::Path => path(call),
        Gives::OneOf => {
            let list = call.keyword("options").or_else(|| call.keyword("choices"));
            let list = list.or_else(|| call.place(1)).or_else(|| call.place(0));
            list.cloned().into_iter().collect()
        }
    }
}

fn path(call: &Call) -> Vec<Value> {
    let mut parts = Vec::new();
    for argument in call.arguments.iter().filter(|argument| argument.name.is_none()) {
        if matches!(argument.value, Value::List(_)) {
            return Vec::new();
        }
        if !parts.is_empty() {
            parts.push(Value::Text(Text { text: "/".into(), line: call.line }));
        }
        parts.push(argument.value.clone());
    }
    if parts.len() > 1 { vec![Value::Join(parts)] } else { Vec::new() }
}
