//! Operators, as far as it matters how large their values get.

use std::collections::BTreeMap;

use crate::artefact::growth::{Act, Arithmetic, Key, Loop, Pads, Value, key};

/// Attributes of a node.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// Numbers, alone or in a list.
    pub(super) numbers: BTreeMap<String, Vec<f64>>,
    pub(super) tensor: Option<Value>,
    pub(super) graphs: BTreeMap<String, usize>,
    /// Whether one is taken from the call of the function that it is in.
    pub(super) taken: bool,
}

impl Attributes {
    fn list(&self, name: &str) -> Option<&[f64]> {
        self.numbers.get(name).map(Vec::as_slice)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.list(name)?.first().copied()
    }

    #[expect(clippy::cast_possible_truncation, reason = "axes are few, and others are none")]
    fn axis(&self, name: &str, otherwise: i64) -> i64 {
        self.number(name).map_or(otherwise, |number| number as i64)
    }

    fn sizes(&self, name: &str) -> Option<Vec<Option<u64>>> {
        Some(self.list(name)?.iter().map(|number| size(*number)).collect())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative, and one too large becomes the largest"
)]
fn size(number: f64) -> Option<u64> {
    (number >= 0.0).then_some(number as u64)
}

fn place(number: f64) -> usize {
    size(number).and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX)
}

/// The digest of a function's name.
pub(super) fn function(domain: &str, name: &str) -> Key {
    key(&format!("{}\0{name}", if domain == "ai.onnx" { "" } else { domain }))
}

/// What an operator does, and its name.
pub(super) fn act(
    domain: &str,
    name: &str,
    held: Attributes,
    inputs: usize,
) -> (&'static str, Act) {
    if !matches!(domain, "" | "ai.onnx") {
        return ("a function", Act::Call(vec![function(domain, name)], 0));
    }
    if held.taken {
        return ("an operator", Act::Pure);
    }
    if let Some((name, arithmetic)) = EACH.iter().find(|(known, _)| *known == name) {
        return (name, Act::Each(*arithmetic));
    }
    if let Some((name, act)) = made(name, &held, inputs).or_else(|| moved(name, &held, inputs)) {
        return (name, act);
    }
    match name {
        "Constant" => ("Constant", constant(held)),
        "Loop" => ("Loop", looped(&held, None)),
        "Scan" => ("Scan", looped(&held, Some(held.number("num_scan_inputs").map_or(0, place)))),
        "If" => ("If", Act::Branch(held.graphs.into_values().collect())),
        "RandomNormal" | "RandomUniform" | "RandomNormalLike" | "RandomUniformLike"
        | "Bernoulli" | "Dropout" => ("a random operator", Act::Unknown),
        _ => ("an operator", Act::Pure),
    }
}

fn constant(held: Attributes) -> Act {
    if let Some(value) = held.tensor {
        return Act::Stored(value);
    }
    let (name, numbers) = match held.numbers.into_iter().next() {
        Some((name, numbers)) if name.starts_with("value_") => (name, numbers),
        _ => return Act::Pure,
    };
    let whole = name.starts_with("value_int");
    Act::Stored(Value::numbers(numbers, name.ends_with('s'), whole))
}

fn looped(held: &Attributes, scanned: Option<usize>) -> Act {
    let Some(body) = held.graphs.get("body").copied() else { return Act::Unknown };
    let whole = scanned.is_none();
    Act::Loop(Loop {
        body: Ok(body),
        condition: None,
        turns: whole.then_some(0),
        along: scanned,
        carried: if whole { 2 } else { 0 },
        before: if whole { 2 } else { 0 },
    })
}

/// Operators that make something larger.
fn made(name: &str, held: &Attributes, inputs: usize) -> Option<(&'static str, Act)> {
    let listed = |name: &str| held.list(name).map(<[f64]>::to_vec).unwrap_or_default();
    let scales = |at: usize| if inputs > at { Ok(at) } else { Err(listed("scales")) };
    let first = held.list("axes").and_then(<[f64]>::first).map_or(0, |axis| place(*axis));
    Some(match name {
        "ConstantOfShape" => {
            let with = held.tensor.as_ref().map_or(Some(0.0), Value::number);
            ("ConstantOfShape", Act::Fill(0, with))
        }
        "Expand" => ("Expand", Act::Broadcast),
        "Tile" => ("Tile", Act::Tile),
        "Range" => ("Range", Act::Range),
        "Pad" if inputs > 1 => ("Pad", Act::Pad(Pads::Halves(Ok(1)))),
        "Pad" => ("Pad", Act::Pad(Pads::Halves(Err(listed("pads"))))),
        "Upsample" => ("Upsample", Act::Resize { sizes: None, scales: scales(1), first: 0 }),
        "Resize" => {
            let scales = scales(if inputs > 2 { 2 } else { 1 });
            ("Resize", Act::Resize { sizes: (inputs > 3).then_some(3), scales, first })
        }
        "OneHot" => ("OneHot", Act::OneHot(1)),
        "Concat" => ("Concat", Act::Concat(held.axis("axis", 0))),
        "MatMul" | "MatMulInteger" => ("MatMul", Act::Product),
        "BlackmanWindow" | "HannWindow" | "HammingWindow" => ("a window", Act::SizedBy(vec![0])),
        "MelWeightMatrix" => ("MelWeightMatrix", Act::SizedBy(vec![1, 0])),
        "AffineGrid" => ("AffineGrid", Act::Fill(1, None)),
        "Col2Im" => ("Col2Im", Act::Fill(1, None)),
        "MaxUnpool" if inputs > 2 => ("MaxUnpool", Act::Fill(2, None)),
        "CenterCropPad" => ("CenterCropPad", Act::Fill(1, None)),
        "Multinomial" => {
            ("Multinomial", Act::Sized(vec![None, held.number("sample_size").and_then(size)]))
        }
        "RoiAlign" => {
            let side = |name: &str| held.number(name).and_then(size);
            let sizes = vec![None, None, side("output_height"), side("output_width")];
            ("RoiAlign", Act::Sized(sizes))
        }
        "MaxRoiPool" => {
            let sizes = [vec![None, None], held.sizes("pooled_shape").unwrap_or_default()];
            ("MaxRoiPool", Act::Sized(sizes.concat()))
        }
        "RandomNormal" | "RandomUniform" if held.numbers.contains_key("shape") => {
            ("a random operator", Act::Sized(held.sizes("shape").unwrap_or_default()))
        }
        "Conv" | "ConvTranspose" => ("a convolution", Act::Sized(convolved(name, held)?)),
        _ => return None,
    })
}

/// What a convolution makes at least of one point, if its own settings make it large; what is around the point is zeros.
fn convolved(name: &str, held: &Attributes) -> Option<Vec<Option<u64>>> {
    let transposed = name == "ConvTranspose";
    if let Some(sizes) = held.sizes("output_shape").filter(|_| transposed) {
        return Some([vec![None, None], sizes].concat());
    }
    let kernel = held.list("kernel_shape")?;
    let pads = held.list("pads").unwrap_or_default();
    let (front, behind) = pads.split_at_checked(pads.len() >> 1).unwrap_or_default();
    let at = |list: Option<&[f64]>, at: usize, otherwise: f64| {
        list.and_then(|list| list.get(at).copied()).unwrap_or(otherwise).max(otherwise)
    };
    let side = |(axis, kernel): (usize, &f64)| {
        let reach = at(held.list("dilations"), axis, 1.0) * (kernel - 1.0) + 1.0;
        let pads = at(Some(front), axis, 0.0) + at(Some(behind), axis, 0.0);
        if transposed {
            return size((reach + at(held.list("output_padding"), axis, 0.0) - pads).max(1.0));
        }
        let stride = at(held.list("strides"), axis, 1.0);
        size((((pads + 1.0 - reach) / stride).floor() + 1.0).max(1.0))
    };
    let sides = kernel.iter().enumerate().map(side).collect();
    Some([vec![None, None], sides].concat())
}

/// Operators that hand on what they take, or ask for its size.
fn moved(name: &str, held: &Attributes, inputs: usize) -> Option<(&'static str, Act)> {
    let axes = || match held.list("axes") {
        Some(axes) => Err(axes.to_vec()),
        None => Ok(1),
    };
    Some(match name {
        "Reshape" => ("Reshape", Act::Reshape),
        "Shape" if held.numbers.is_empty() => ("Shape", Act::Shape),
        "Size" => ("Size", Act::Count),
        "Gather" => ("Gather", Act::Pick(held.axis("axis", 0))),
        "Slice" if inputs > 1 => ("Slice", Act::Slice(4)),
        "Unsqueeze" => ("Unsqueeze", Act::Unsqueeze(axes())),
        "Transpose" => {
            let order =
                held.list("perm").map(|order| order.iter().map(|axis| place(*axis)).collect());
            ("Transpose", Act::Transpose(order))
        }
        "ReduceProd" => ("ReduceProd", Act::Reduce(Arithmetic::Multiply)),
        "ReduceSum" => ("ReduceSum", Act::Reduce(Arithmetic::Add)),
        "ReduceMax" => ("ReduceMax", Act::Reduce(Arithmetic::Maximum)),
        "ReduceMin" => ("ReduceMin", Act::Reduce(Arithmetic::Minimum)),
        "ReduceL1" | "ReduceL2" | "ReduceSumSquare" => ("a norm", Act::Norm),
        "Squeeze" | "Flatten" | "DepthToSpace" | "SpaceToDepth" => ("Squeeze", Act::Rearrange),
        // To numbers of any kind, or to whole ones.
        "Cast" => {
            let whole = held.number("to").is_some_and(|to| matches!(place(to), 2..=7 | 12 | 13));
            let arithmetic = if whole { Arithmetic::Whole } else { Arithmetic::Same };
            ("Cast", Act::Each(arithmetic))
        }
        _ => return None,
    })
}

/// Operators that work element by element.
#[rustfmt::skip]
const EACH: &[(&str, Arithmetic)] = &[
    ("Add", Arithmetic::Add), ("Sub", Arithmetic::Subtract), ("Mul", Arithmetic::Multiply), ("Div", Arithmetic::Divide), ("Pow", Arithmetic::Power),
    ("Mod", Arithmetic::Modulo), ("Max", Arithmetic::Maximum), ("Min", Arithmetic::Minimum), ("And", Arithmetic::And), ("Or", Arithmetic::Or),
    ("Xor", Arithmetic::NotEqual), ("Not", Arithmetic::Not), ("Less", Arithmetic::Less), ("LessOrEqual", Arithmetic::LessEqual),
    ("Greater", Arithmetic::Greater), ("GreaterOrEqual", Arithmetic::GreaterEqual), ("Equal", Arithmetic::Equal), ("BitShift", Arithmetic::Other),
    ("Neg", Arithmetic::Negate), ("Abs", Arithmetic::Absolute), ("Floor", Arithmetic::Floor), ("Ceil", Arithmetic::Ceiling), ("Round", Arithmetic::Same),
    ("Sqrt", Arithmetic::Root), ("Exp", Arithmetic::Exponential), ("Identity", Arithmetic::Same), ("Where", Arithmetic::Choose), ("Sum", Arithmetic::Add),
    ("Mean", Arithmetic::Other), ("Relu", Arithmetic::Positive), ("Sigmoid", Arithmetic::Share), ("Tanh", Arithmetic::Signed), ("Erf", Arithmetic::Signed),
    ("Gelu", Arithmetic::Other), ("LeakyRelu", Arithmetic::Other), ("Elu", Arithmetic::Other), ("Selu", Arithmetic::Other), ("Clip", Arithmetic::Other),
    ("Sin", Arithmetic::Signed), ("Cos", Arithmetic::Signed), ("Log", Arithmetic::Other), ("Softmax", Arithmetic::Share), ("LogSoftmax", Arithmetic::Other),
    ("Sign", Arithmetic::Signed), ("Reciprocal", Arithmetic::Other), ("CumSum", Arithmetic::Other), ("Trilu", Arithmetic::Other), ("PRelu", Arithmetic::Other),
    ("HardSigmoid", Arithmetic::Share), ("HardSwish", Arithmetic::Other), ("Softplus", Arithmetic::Positive), ("CastLike", Arithmetic::Other),
    ("EyeLike", Arithmetic::Other), ("IsNaN", Arithmetic::Other), ("IsInf", Arithmetic::Other), ("BatchNormalization", Arithmetic::Other),
];
