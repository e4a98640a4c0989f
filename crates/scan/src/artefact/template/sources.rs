//! When a condition depends on what was said, when, or how often, and not only on whether there is something.

use super::{
    marks::{is_mark, is_switch},
    value::{CONTENT, COUNT, DATE, Data, MADE, NAME, OPERATOR, STEPPED, TRIGGER, Value},
};

/// What a comparison depends on.
pub(super) fn compared(left: &Value, right: &Value) -> u16 {
    ((left.taint | right.taint) & TRIGGER) | asks(left, right) | asks(right, left)
}

/// [`TRIGGER`] if `value` is asked for more than its shape by being compared with `other`.
pub(super) fn asks(value: &Value, other: &Value) -> u16 {
    let switch = value.taint & OPERATOR != 0 && other.known().is_some_and(is_switch);
    let said = value.taint & (CONTENT | NAME) != 0 && !is_shape(other) && !switch;
    let timed = value.taint & DATE != 0 && !is_nothing(other);
    let counted = value.taint & COUNT != 0 && !is_end(value, other);
    if said || timed || counted { TRIGGER } else { 0 }
}

/// Nothing, or a mark of a format: what tells thoughts from answers, not one question from another.
fn is_shape(other: &Value) -> bool {
    match &other.data {
        Data::List(items) => items.iter().all(is_shape),
        Data::Text(_) => other.known().is_some_and(is_mark),
        _ => is_nothing(other),
    }
}

const fn is_nothing(other: &Value) -> bool {
    match &other.data {
        Data::None | Data::Bool(_) => true,
        Data::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The first, the last, none, or another count.
const fn is_end(value: &Value, other: &Value) -> bool {
    match other.data {
        Data::Int(-1..=1) => value.taint & STEPPED == 0 || matches!(other.data, Data::Int(0)),
        Data::Other => other.taint & MADE == 0,
        Data::None | Data::Bool(_) => true,
        _ => false,
    }
}
