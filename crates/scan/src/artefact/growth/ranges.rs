//! Between which numbers a value is, whatever the model is given.
//!
//! What is no number, and what wraps around when it gets too large, is left out: an input may hold it, but none has to.

use super::{arithmetic::Arithmetic, value::Value};

/// The least and the largest number.
pub(super) type Range = (f64, f64);

const ALL: Range = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: Range = (0.0, f64::INFINITY);

/// What is known of the numbers of a value.
pub(super) fn known(value: &Value) -> Range {
    let Some(held) = value.held.as_ref().filter(|held| !held.is_empty()) else {
        return value.range.unwrap_or(ALL);
    };
    hull(held.iter().copied())
}

/// What comes of these values, element by element.
pub(super) fn of(arithmetic: Arithmetic, inputs: &[&Value]) -> Option<Range> {
    let first = known(inputs.first()?);
    let rest = inputs.get(1..).unwrap_or_default();
    let second = || rest.first().map(|value| known(value));
    let all = |join: fn(Range, Range) -> Range| {
        rest.iter().fold(first, |range, value| join(range, known(value)))
    };
    let range = match arithmetic {
        Arithmetic::Add => all(|a, b| (a.0 + b.0, a.1 + b.1)),
        Arithmetic::Subtract => second().map(|b| (first.0 - b.1, first.1 - b.0))?,
        Arithmetic::Multiply => all(product),
        Arithmetic::Maximum => all(|a, b| (a.0.max(b.0), a.1.max(b.1))),
        Arithmetic::Minimum => all(|a, b| (a.0.min(b.0), a.1.min(b.1))),
        Arithmetic::Negate => (-first.1, -first.0),
        Arithmetic::Square => (least(first).powi(2), first.0.abs().max(first.1.abs()).powi(2)),
        Arithmetic::Absolute => (least(first), first.0.abs().max(first.1.abs())),
        Arithmetic::Root => (first.0.max(0.0).sqrt(), first.1.max(0.0).sqrt()),
        Arithmetic::Exponential | Arithmetic::Positive => POSITIVE,
        Arithmetic::Share => (0.0, 1.0),
        Arithmetic::Signed => (-1.0, 1.0),
        Arithmetic::Same => first,
        Arithmetic::Floor | Arithmetic::Whole => (first.0.floor(), first.1.ceil()),
        Arithmetic::Ceiling => (first.0.floor(), first.1.ceil()),
        Arithmetic::Divide => second()
            .filter(|b| b.0 > 0.0 || b.1 < 0.0)
            .map(|b| product(first, (b.1.recip(), b.0.recip())))?,
        Arithmetic::Choose => {
            let (yes, no) = (known(rest.first()?), known(rest.get(1)?));
            (yes.0.min(no.0), yes.1.max(no.1))
        }
        Arithmetic::Less => truth(first, second()?, |a, b| a.1 < b.0, |a, b| a.0 >= b.1),
        Arithmetic::LessEqual => truth(first, second()?, |a, b| a.1 <= b.0, |a, b| a.0 > b.1),
        Arithmetic::Greater => truth(first, second()?, |a, b| a.0 > b.1, |a, b| a.1 <= b.0),
        Arithmetic::GreaterEqual => truth(first, second()?, |a, b| a.0 >= b.1, |a, b| a.1 < b.0),
        Arithmetic::Equal => truth(first, second()?, |_, _| false, apart),
        Arithmetic::NotEqual => truth(first, second()?, apart, |_, _| false),
        Arithmetic::And => all(|a, b| (truths(a).0.min(truths(b).0), truths(a).1.min(truths(b).1))),
        Arithmetic::Or => all(|a, b| (truths(a).0.max(truths(b).0), truths(a).1.max(truths(b).1))),
        Arithmetic::Not => (1.0 - truths(first).1, 1.0 - truths(first).0),
        Arithmetic::Power | Arithmetic::Modulo | Arithmetic::Shift | Arithmetic::Other => {
            return None;
        }
    };
    sound(range)
}

/// What comes of all elements of a value together.
pub(super) fn reduced(arithmetic: Arithmetic, first: &Value) -> Option<Range> {
    let range = known(first);
    let range = match arithmetic {
        Arithmetic::Maximum | Arithmetic::Minimum | Arithmetic::Same => range,
        Arithmetic::And | Arithmetic::Or => truths(range),
        Arithmetic::Add | Arithmetic::Multiply if range.0 >= 0.0 => POSITIVE,
        Arithmetic::Add if range.1 <= 0.0 => (f64::NEG_INFINITY, 0.0),
        _ => return None,
    };
    sound(range)
}

/// What holds before a turn and after it: a bound that moves is none.
pub(super) fn widened(before: Range, after: Range) -> Range {
    let low = if after.0 < before.0 { f64::NEG_INFINITY } else { before.0 };
    let high = if after.1 > before.1 { f64::INFINITY } else { before.1 };
    (low, high)
}

fn sound(range: Range) -> Option<Range> {
    (range.0 <= range.1 && range != ALL).then_some(range)
}

fn hull(numbers: impl Iterator<Item = f64>) -> Range {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
        if number.is_nan() { ALL } else { (low.min(number), high.max(number)) }
    })
}

fn product(a: Range, b: Range) -> Range {
    // Nothing of what is without end is nothing here.
    let times = |one: f64, other: f64| if one == 0.0 || other == 0.0 { 0.0 } else { one * other };
    hull([times(a.0, b.0), times(a.0, b.1), times(a.1, b.0), times(a.1, b.1)].into_iter())
}

/// The least distance from zero.
fn least(range: Range) -> f64 {
    if range.0 > 0.0 {
        range.0
    } else if range.1 < 0.0 {
        -range.1
    } else {
        0.0
    }
}

fn apart(a: Range, b: Range) -> bool {
    a.1 < b.0 || a.0 > b.1
}

fn truth(a: Range, b: Range, yes: fn(Range, Range) -> bool, no: fn(Range, Range) -> bool) -> Range {
    if yes(a, b) {
        (1.0, 1.0)
    } else if no(a, b) {
        (0.0, 0.0)
    } else {
        (0.0, 1.0)
    }
}

/// A range as a truth.
fn truths(range: Range) -> Range {
    if range == (0.0, 0.0) {
        range
    } else if apart(range, (0.0, 0.0)) {
        (1.0, 1.0)
    } else {
        (0.0, 1.0)
    }
}
