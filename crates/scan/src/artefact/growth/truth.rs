//! What is known of conditions: that they are decided, or how long they hold.

use super::{arithmetic::Arithmetic, value::Value};

/// The argument that a value counts on, and what is added to it.
type Counts = Option<(usize, f64)>;
/// The argument, and the numbers between which it is.
type Until = Option<(usize, f64, f64)>;

/// What one input decides alone.
pub(super) fn decided(arithmetic: Arithmetic, inputs: &[&Value]) -> Option<Vec<f64>> {
    let known = |wanted: bool| {
        inputs.iter().filter_map(|value| value.number()).any(|number| (number != 0.0) == wanted)
    };
    match arithmetic {
        Arithmetic::And if known(false) => Some(vec![0.0]),
        Arithmetic::Or if known(true) => Some(vec![1.0]),
        _ => None,
    }
}

/// What a value counts on, and how long it holds true.
pub(super) fn of(arithmetic: Arithmetic, inputs: &[&Value]) -> (Counts, Until) {
    let Some((first, rest)) = inputs.split_first() else { return (None, None) };
    let second = rest.first().copied();
    if matches!(arithmetic, Arithmetic::Same | Arithmetic::Whole) {
        return (first.counts, first.until);
    }
    let pair = second.map(|second| {
        let left = first.counts.zip(second.number());
        let right = second.counts.zip(first.number());
        (left, right)
    });
    let counts = match (arithmetic, pair) {
        (
            Arithmetic::Add,
            Some((Some(((at, more), number)), _) | (_, Some(((at, more), number)))),
        ) => Some((at, more + number)),
        (Arithmetic::Subtract, Some((Some(((at, more), number)), _))) => Some((at, more - number)),
        _ => None,
    };
    let below = |((at, more), number): ((usize, f64), f64)| (at, f64::NEG_INFINITY, number - more);
    let above = |((at, more), number): ((usize, f64), f64)| (at, number - more, f64::INFINITY);
    let until = match (arithmetic, pair) {
        (Arithmetic::Less | Arithmetic::LessEqual, Some((Some(left), _))) => Some(below(left)),
        (Arithmetic::Less | Arithmetic::LessEqual, Some((_, Some(right)))) => Some(above(right)),
        (Arithmetic::Greater | Arithmetic::GreaterEqual, Some((Some(left), _))) => {
            Some(above(left))
        }
        (Arithmetic::Greater | Arithmetic::GreaterEqual, Some((_, Some(right)))) => {
            Some(below(right))
        }
        (Arithmetic::And, _) => both(inputs),
        (Arithmetic::Or, _) => inputs.iter().find_map(|value| value.until),
        _ => None,
    };
    (counts, until)
}

/// Where all of them hold.
fn both(inputs: &[&Value]) -> Until {
    let open = inputs.iter().filter(|value| value.number().is_none_or(|number| number == 0.0));
    let mut all = open.map(|value| value.until);
    let first = all.next()??;
    all.try_fold(first, |(at, from, to), next| {
        let (other, low, high) = next?;
        (other == at).then_some((at, from.max(low), to.min(high)))
    })
}
