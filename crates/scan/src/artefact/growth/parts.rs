//! Values that are put together of others, or are parts of them.

use super::{
    arithmetic::Arithmetic,
    shapes::f64_of,
    value::{MAX_HELD, Value, size_of},
};

pub(super) fn joined(inputs: &[&Value], axis: i64) -> Value {
    let least = inputs.iter().fold(0_u64, |sum, value| sum.saturating_add(value.least));
    let mut value = Value::flat(least);
    let ranks: Option<Vec<_>> = inputs.iter().map(|value| value.sizes.as_ref()).collect();
    if let Some((first, rest)) = ranks.as_deref().and_then(<[_]>::split_first)
        && rest.iter().all(|sizes| sizes.len() == first.len())
    {
        let place = usize::try_from(axis)
            .ok()
            .or_else(|| first.len().checked_sub(usize::try_from(axis.unsigned_abs()).ok()?));
        let sum = inputs.iter().try_fold(0_u64, |sum, value| sum.checked_add(value.size(axis)?));
        let sizes = first.iter().enumerate();
        let sizes = sizes.map(|(at, size)| if Some(at) == place { sum } else { *size });
        if place.is_some_and(|place| place < first.len()) {
            value = Value { least, ..Value::sized(sizes.collect()) };
        }
    }
    let lists =
        || inputs.iter().all(|value| value.sizes.as_ref().is_none_or(|sizes| sizes.len() <= 1));
    let held: Option<Vec<_>> = inputs.iter().map(|value| value.held.as_deref()).collect();
    value.held =
        held.filter(|_| lists()).map(|held| held.concat()).filter(|held| held.len() <= MAX_HELD);
    value.whole = inputs.iter().all(|value| value.whole);
    value
}

pub(super) fn packed(inputs: &[&Value]) -> Value {
    let least = inputs.iter().fold(0_u64, |sum, value| sum.saturating_add(value.least));
    let mut value = Value::flat(least);
    if let Some(sizes) = inputs.first().and_then(|first| first.sizes.as_ref()) {
        let all = std::iter::once(Some(inputs.len() as u64)).chain(sizes.iter().copied());
        value = Value { least, ..Value::sized(all.collect()) };
    }
    let held: Option<Vec<_>> = inputs.iter().map(|value| value.number()).collect();
    value.held = held.filter(|held| held.len() <= MAX_HELD);
    value.whole = inputs.iter().all(|value| value.whole);
    value
}

/// In another shape it has as many elements as before: what is not known of that is taken from the shape.
pub(super) fn reshaped(first: &Value, shape: Option<&[f64]>) -> Value {
    let mut value = Value::flat(first.least);
    if let Some(shape) = shape {
        let mut wanted: Vec<Option<u64>> = Vec::new();
        for (at, number) in shape.iter().enumerate() {
            wanted.push(match number {
                0.0 => first.sizes.as_ref().and_then(|sizes| sizes.get(at).copied().flatten()),
                number => size_of(*number),
            });
        }
        let sized = Value::sized(wanted);
        value = Value { least: sized.least.max(first.least), base: sized.least, ..sized };
    }
    Value { held: first.held.clone(), whole: first.whole, ..value }
}

pub(super) fn shape_of(first: &Value) -> Value {
    let Some(sizes) = &first.sizes else { return Value::flat(1) };
    let all: Option<Vec<f64>> = sizes.iter().map(|size| size.map(f64_of)).collect();
    let value = Value::sized(vec![Some(sizes.len() as u64)]);
    Value { held: all, whole: true, ..value }
}

pub(super) fn counted(first: &Value) -> Value {
    let all = first.sizes.as_ref().filter(|sizes| sizes.iter().all(Option::is_some));
    let held = all.map(|_| vec![f64_of(first.least)]);
    Value { held, whole: true, ..Value::sized(Vec::new()) }
}

pub(super) fn picked(first: &Value, places: &Value, axis: i64) -> Value {
    if let (Some(held), Some(wanted)) = (&first.held, &places.held) {
        let pick = |number: &f64| {
            let back = f64_of(held.len() as u64);
            let at = size_of(if *number < 0.0 { number + back } else { *number })?;
            held.get(usize::try_from(at).ok()?).copied()
        };
        if let Some(numbers) = wanted.iter().map(pick).collect::<Option<Vec<_>>>() {
            let sizes = places.sizes.clone().unwrap_or_default();
            return Value { held: Some(numbers), whole: first.whole, ..Value::sized(sizes) };
        }
    }
    let (Some(sizes), Some(inner)) = (&first.sizes, &places.sizes) else {
        return Value::flat(places.least);
    };
    let place = usize::try_from(axis).ok();
    let place =
        place.or_else(|| sizes.len().checked_sub(usize::try_from(axis.unsigned_abs()).ok()?));
    let Some((before, behind)) = place.and_then(|at| sizes.split_at_checked(at)) else {
        return Value::flat(1);
    };
    let all = before.iter().chain(inner).chain(behind.get(1..).unwrap_or_default());
    Value::sized(all.copied().collect())
}

pub(super) fn sliced(first: &Value, [from, to, step]: [Option<&[f64]>; 3]) -> Value {
    let rank = first.sizes.as_ref().map(Vec::len);
    let open = rank.map_or_else(|| Value::flat(1), |rank| Value::sized(vec![None; rank]));
    let (Some(held), Some([from]), Some([to])) = (&first.held, from, to) else { return open };
    if rank.is_some_and(|rank| rank > 1) || step.is_some_and(|step| step != [1.0]) {
        return open;
    }
    let count = f64_of(held.len() as u64);
    let place = |number: f64| {
        let number = if number < 0.0 { number + count } else { number };
        usize::try_from(size_of(number.clamp(0.0, count)).unwrap_or(0)).unwrap_or(0)
    };
    let numbers = held.get(place(*from)..place(*to)).unwrap_or_default();
    Value::numbers(numbers.to_vec(), true, first.whole)
}

pub(super) fn unsqueezed(first: &Value, axes: Option<&[f64]>) -> Value {
    let kept = |value: Value| Value { held: first.held.clone(), whole: first.whole, ..value };
    let (Some(sizes), Some(axes)) = (&first.sizes, axes) else {
        return kept(Value::flat(first.least));
    };
    let rank = f64_of(sizes.len() as u64) + f64_of(axes.len() as u64);
    let mut axes: Vec<f64> =
        axes.iter().map(|axis| if *axis < 0.0 { axis + rank } else { *axis }).collect();
    axes.sort_by(f64::total_cmp);
    let mut all = sizes.clone();
    for axis in axes {
        let place = size_of(axis).and_then(|axis| usize::try_from(axis).ok());
        let Some(place) = place.filter(|place| *place <= all.len()) else {
            return kept(Value::flat(first.least));
        };
        all.insert(place, Some(1));
    }
    kept(Value::sized(all))
}

pub(super) fn transposed(first: &Value, order: Option<&[usize]>) -> Value {
    let Some(sizes) = &first.sizes else { return Value::flat(first.least) };
    let all = match order {
        Some(order) => order.iter().map(|at| sizes.get(*at).copied().flatten()).collect(),
        None => sizes.iter().rev().copied().collect(),
    };
    let value = Value::sized(all);
    let held = first.held.clone().filter(|_| sizes.len() <= 1);
    Value { least: value.least.max(first.least), held, whole: first.whole, ..value }
}

pub(super) fn reduced(first: &Value, arithmetic: Arithmetic) -> Value {
    let list = first.sizes.as_ref().is_some_and(|sizes| sizes.len() <= 1);
    let mut numbers = first.held.iter().filter(|_| list).flatten().copied();
    let Some(start) = numbers.next() else { return Value::flat(1) };
    let join = |before: Option<f64>, number: f64| {
        let pair =
            [Value::numbers(vec![before?], false, true), Value::numbers(vec![number], false, true)];
        let [one, other] = &pair;
        arithmetic.of(&[one, other])?.first().copied()
    };
    let all = numbers.fold(Some(start), join);
    all.map_or_else(|| Value::flat(1), |all| Value::numbers(vec![all], false, first.whole))
}
