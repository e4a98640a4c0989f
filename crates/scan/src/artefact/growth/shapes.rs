//! What comes of one node.

use super::{
    arithmetic::Arithmetic,
    parts::{
        counted, joined, packed, picked, reduced, reshaped, shape_of, sliced, transposed,
        unsqueezed,
    },
    program::{Act, Pads},
    ranges, truth,
    value::{MAX_HELD, Value, size_of},
};

/// Times as many elements as its factors have that a product has: attention over a long text has 256.
const MAX_PRODUCT: u64 = 1024;

/// The value that comes of an act that is no loop, no branch and no call.
pub(super) fn of(act: &Act, inputs: &[&Value]) -> Value {
    let absent = Value::unknown(false);
    let input = |at: usize| inputs.get(at).copied().unwrap_or(&absent);
    let held = |at: usize| inputs.get(at).and_then(|value| value.held.as_deref());
    let first = input(0);
    let mut value = match act {
        Act::Stored(value) => return value.clone(),
        Act::Unknown => return Value::unknown(true),
        Act::Fill(shape, with) => {
            let other = || inputs.iter().skip(1).find_map(|value| value.number());
            filled(held(*shape), with.or_else(other))
        }
        Act::Broadcast => held(1).map_or_else(
            || Value::flat(first.least),
            |shape| each(&[first, &Value::sized(sizes(shape))]),
        ),
        Act::Tile => held(1).map_or_else(|| Value::flat(first.least), |times| tiled(first, times)),
        Act::Range => ranged(inputs),
        Act::Pad(pads) => padded(first, pads, inputs),
        Act::Resize { sizes, scales, first: axis } => {
            let scales = match scales {
                Ok(at) => held(*at),
                Err(scales) => Some(scales.as_slice()),
            };
            resized(first, sizes.and_then(held), scales, *axis)
        }
        Act::OneHot(depth) => {
            let depth = held(*depth).and_then(|depth| size_of(*depth.first()?));
            with_row(first, depth)
        }
        Act::Concat(axis) => joined(inputs, *axis),
        Act::Pack => packed(inputs),
        Act::Reshape => Value { range: first.range, ..reshaped(first, held(1)) },
        Act::Each(arithmetic) => {
            let mut value = each(inputs);
            value.held = arithmetic.of(inputs).or_else(|| truth::decided(*arithmetic, inputs));
            value.whole = arithmetic.keeps_whole() && inputs.iter().all(|value| value.whole)
                || *arithmetic == Arithmetic::Whole;
            (value.counts, value.until) = truth::of(*arithmetic, inputs);
            value.range = ranges::of(*arithmetic, inputs);
            value
        }
        Act::Shape => shape_of(first),
        Act::Count => counted(first),
        Act::Pick(axis) => Value { range: first.range, ..picked(first, input(1), *axis) },
        Act::Slice(step) => sliced(first, [held(1), held(2), held(*step)]),
        Act::Unsqueeze(axes) => {
            let axes = match axes {
                Ok(at) => held(*at),
                Err(axes) => Some(axes.as_slice()),
            };
            Value { range: first.range, ..unsqueezed(first, axes) }
        }
        Act::Transpose(order) => {
            Value { range: first.range, ..transposed(first, order.as_deref()) }
        }
        Act::Reduce(arithmetic) => {
            Value { range: ranges::reduced(*arithmetic, first), ..reduced(first, *arithmetic) }
        }
        Act::Norm => Value { range: Some((0.0, f64::INFINITY)), ..Value::flat(1) },
        Act::Product => return product(first, input(1)),
        Act::Rearrange => Value {
            held: first.held.clone(),
            whole: first.whole,
            counts: first.counts,
            until: first.until,
            range: first.range,
            ..Value::flat(first.least)
        },
        Act::Drawn(shape) => filled(held(*shape), None),
        Act::Sized(sizes) => Value::sized(sizes.clone()),
        Act::SizedBy(places) => {
            Value::sized(places.iter().map(|at| input(*at).number().and_then(size_of)).collect())
        }
        Act::Pure | Act::Loop(_) | Act::Branch(_) | Act::Call(..) => Value::unknown(false),
    };
    value.least = value.least.max(1);
    value.varies = matches!(act, Act::Drawn(_)) || inputs.iter().any(|value| value.varies);
    let base = inputs.iter().map(|value| value.base).max().unwrap_or(1);
    value.base = value.base.max(base).max(1);
    value
}

fn sizes(numbers: &[f64]) -> Vec<Option<u64>> {
    numbers.iter().map(|number| size_of(*number)).collect()
}

fn filled(shape: Option<&[f64]>, with: Option<f64>) -> Value {
    let Some(shape) = shape else { return Value::flat(1) };
    let mut value = Value::sized(sizes(shape));
    if value.least <= MAX_HELD as u64 {
        let count = usize::try_from(value.least).unwrap_or(0);
        value.held = with.map(|number| vec![number; count]);
        value.whole = with.is_some_and(|number| number.fract() == 0.0);
    }
    value
}

/// As large as all of them need along each dimension.
fn each(inputs: &[&Value]) -> Value {
    let least = inputs.iter().map(|value| value.least).max().unwrap_or(1);
    let Some(all) = inputs.iter().map(|value| value.sizes.as_deref()).collect::<Option<Vec<_>>>()
    else {
        return Value::flat(least);
    };
    let rank = all.iter().map(|sizes| sizes.len()).max().unwrap_or(0);
    let size = |back: usize| {
        let at = |sizes: &&[Option<u64>]| {
            sizes.len().checked_sub(back).and_then(|at| sizes.get(at).copied()).unwrap_or(Some(1))
        };
        let known = all.iter().filter_map(at).max();
        let open = all.iter().any(|sizes| at(sizes).is_none());
        known.filter(|size| !open || *size > 1)
    };
    let value = Value::sized((1..=rank).rev().map(size).collect());
    Value { least: value.least.max(least), ..value }
}

fn tiled(first: &Value, times: &[f64]) -> Value {
    let times = sizes(times);
    let all = times.iter().fold(1_u64, |all, times| all.saturating_mul(times.unwrap_or(1)));
    let Some(sizes) = first.sizes.as_ref().filter(|sizes| sizes.len() == times.len()) else {
        return Value::flat(first.least.saturating_mul(all));
    };
    let size =
        |(size, times): (&Option<u64>, &Option<u64>)| Some((*size)?.saturating_mul((*times)?));
    let value = Value::sized(sizes.iter().zip(&times).map(size).collect());
    let held = first.held.as_ref().filter(|_| times.len() == 1 && value.least <= MAX_HELD as u64);
    let held = held.map(|held| held.repeat(usize::try_from(all).unwrap_or(1)));
    Value {
        least: value.least.max(first.least.saturating_mul(all)),
        held,
        whole: first.whole,
        ..value
    }
}

fn ranged(inputs: &[&Value]) -> Value {
    let number = |at: usize| inputs.get(at).and_then(|value| value.number());
    let (Some(from), Some(to), Some(step)) = (number(0), number(1), number(2)) else {
        return Value::flat(1);
    };
    if step == 0.0 {
        return Value::flat(1);
    }
    let count = size_of(((to - from) / step).ceil()).unwrap_or(0);
    let mut value = Value::sized(vec![Some(count)]);
    if count <= MAX_HELD as u64 {
        let mut at = from;
        let numbers = (0..count).map(|_| {
            let number = at;
            at += step;
            number
        });
        value.held = Some(numbers.collect());
        value.whole = inputs.iter().all(|value| value.whole);
    }
    value
}

fn padded(first: &Value, pads: &Pads, inputs: &[&Value]) -> Value {
    let held = |at: usize| inputs.get(at).and_then(|value| value.held.as_deref());
    let added: Option<Vec<f64>> = match pads {
        Pads::Pairs(at) => {
            held(*at).map(|pads| pads.chunks(2).map(|pair| pair.iter().sum()).collect())
        }
        Pads::Halves(pads) => {
            let pads = match pads {
                Ok(at) => held(*at),
                Err(pads) => Some(pads.as_slice()),
            };
            pads.and_then(|pads| pads.split_at_checked(pads.len() >> 1)).map(|(front, behind)| {
                front.iter().zip(behind).map(|(front, behind)| front + behind).collect()
            })
        }
    };
    let Some(added) = added else { return Value::flat(1) };
    let grown = |size: Option<u64>, added: f64| {
        size_of(f64_of(size.unwrap_or(1)) + added).filter(|_| size.is_some() || added > 0.0)
    };
    match first.sizes.as_ref().filter(|sizes| sizes.len() == added.len()) {
        Some(sizes) => Value::sized(
            sizes.iter().zip(&added).map(|(size, added)| grown(*size, *added)).collect(),
        ),
        None => {
            let value = Value::sized(added.iter().map(|added| grown(None, *added)).collect());
            let whole = added.iter().all(|added| *added >= 0.0);
            Value::flat(value.least.max(if whole { first.least } else { 1 }))
        }
    }
}

/// A number as a float; one too large loses its last digits.
#[expect(clippy::cast_precision_loss, reason = "only how large it is matters")]
pub(super) const fn f64_of(number: u64) -> f64 {
    number as f64
}

fn resized(first: &Value, wanted: Option<&[f64]>, scales: Option<&[f64]>, axis: usize) -> Value {
    if let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) {
        let wanted = sizes(wanted);
        return match &first.sizes {
            Some(sizes) => {
                let kept = |at: usize, size: Option<u64>| {
                    at.checked_sub(axis).and_then(|at| wanted.get(at).copied()).unwrap_or(size)
                };
                Value::sized(sizes.iter().enumerate().map(|(at, size)| kept(at, *size)).collect())
            }
            None => Value::flat(Value::sized(wanted).least),
        };
    }
    let Some(scales) = scales.filter(|scales| !scales.is_empty()) else { return Value::flat(1) };
    let scaled =
        |size: Option<u64>, scale: f64| size_of((f64_of(size.unwrap_or(1)) * scale).floor());
    match &first.sizes {
        Some(sizes) => {
            let scale = |at: usize| at.checked_sub(axis).and_then(|at| scales.get(at)).copied();
            let all = sizes.iter().enumerate().map(|(at, size)| match scale(at) {
                Some(scale) => scaled(*size, scale).filter(|_| size.is_some() || scale > 1.0),
                None => *size,
            });
            Value::sized(all.collect())
        }
        None => {
            let grown = scales.iter().fold(f64_of(first.least), |all, scale| all * scale);
            Value::flat(size_of(grown).unwrap_or(1))
        }
    }
}

fn with_row(first: &Value, depth: Option<u64>) -> Value {
    let least = first.least.saturating_mul(depth.unwrap_or(1));
    let Some(sizes) = &first.sizes else { return Value::flat(least) };
    Value::sized(sizes.iter().copied().chain([depth]).collect())
}

/// A product is what models are made of: only one that is far out of proportion counts as grown.
fn product(first: &Value, second: &Value) -> Value {
    let varies = first.varies || second.varies;
    let (Some([front @ .., rows, _]), Some([behind @ .., _, columns])) =
        (first.sizes.as_deref(), second.sizes.as_deref())
    else {
        return Value::unknown(varies);
    };
    let sized = |sizes: &[Option<u64>]| Value::sized(sizes.to_vec());
    let outer = each(&[&sized(front), &sized(behind)]);
    let sizes = outer.sizes.into_iter().flatten().chain([*rows, *columns]);
    let value = Value::sized(sizes.collect());
    let factors = first.base.max(second.base).max(1);
    let base =
        if value.least > factors.saturating_mul(MAX_PRODUCT) { factors } else { value.least };
    Value { varies, base, ..value }
}
