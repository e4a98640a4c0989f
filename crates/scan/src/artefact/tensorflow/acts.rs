//! Operations, as far as it matters how large their values get.

use std::collections::BTreeMap;

use crate::artefact::growth::{Act, Arithmetic, Key, Loop, Pads, Value, key};

/// Attributes of a node.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) tensor: Option<Value>,
    /// Functions by the attribute that names them.
    pub(super) functions: BTreeMap<String, Vec<Key>>,
}

/// The digest of a function's name.
pub(super) fn function(name: &str) -> Key {
    key(&format!("function\0{name}"))
}

/// What an operation does, and its name.
pub(super) fn act(name: &str, mut held: Attributes) -> (&'static str, Act) {
    let mut named = |name: &str| held.functions.remove(name).unwrap_or_default();
    if let Some((name, arithmetic)) = EACH.iter().find(|(known, _)| *known == name) {
        return (name, Act::Each(*arithmetic));
    }
    if let Some((name, act)) = SIZED.iter().find(|(known, _)| *known == name) {
        return (name, act());
    }
    match name {
        "Const" | "HostConst" => ("Const", held.tensor.map_or(Act::Pure, Act::Stored)),
        "While" | "StatelessWhile" | "_While" => {
            let (body, condition) = (named("body").pop(), named("cond").pop());
            let (Some(body), Some(condition)) = (body, condition) else {
                return ("While", Act::Unknown);
            };
            let held = Loop {
                body: Err(body),
                condition: Some(Err(condition)),
                turns: None,
                along: None,
                carried: 0,
                before: 0,
            };
            ("While", Act::Loop(held))
        }
        "If" | "StatelessIf" => {
            ("If", Act::Call([named("then_branch"), named("else_branch")].concat(), 1))
        }
        "Case" | "StatelessCase" => ("Case", Act::Call(named("branches"), 1)),
        "PartitionedCall" | "StatefulPartitionedCall" => ("a call", Act::Call(named("f"), 0)),
        "Enter" | "RefEnter" => ("Enter", Act::Each(Arithmetic::Same)),
        "Exit" | "RefExit" => ("Exit", Act::Each(Arithmetic::Same)),
        "Switch" | "RefSwitch" => ("Switch", Act::Each(Arithmetic::Same)),
        "NextIteration" | "RefNextIteration" => ("NextIteration", Act::Each(Arithmetic::Same)),
        "Merge" | "RefMerge" => ("Merge", Act::Unknown),
        "LoopCond" => ("LoopCond", Act::Each(Arithmetic::Same)),
        _ => ("an operation", Act::Call(vec![function(name)], 0)),
    }
}

/// How an operation is put.
type Put = fn() -> Act;

/// Operations whose values are as large as a number, or a list of them, says; and those that ask for sizes.
const SIZED: &[(&str, Put)] = &[
    ("Fill", || Act::Fill(0, None)),
    ("Empty", || Act::Drawn(0)),
    ("BroadcastTo", || Act::Broadcast),
    ("Tile", || Act::Tile),
    ("Range", || Act::Range),
    ("LinSpace", || Act::SizedBy(vec![2])),
    ("Pad", || Act::Pad(Pads::Pairs(1))),
    ("PadV2", || Act::Pad(Pads::Pairs(1))),
    ("MirrorPad", || Act::Pad(Pads::Pairs(1))),
    ("ConcatV2", || Act::Concat(i64::MAX)),
    ("Concat", || Act::Concat(i64::MAX)),
    ("Pack", || Act::Pack),
    ("Reshape", || Act::Reshape),
    ("Shape", || Act::Shape),
    ("Size", || Act::Count),
    ("GatherV2", || Act::Pick(0)),
    ("StridedSlice", || Act::Slice(3)),
    ("Prod", || Act::Reduce(Arithmetic::Multiply)),
    ("Sum", || Act::Reduce(Arithmetic::Add)),
    ("Max", || Act::Reduce(Arithmetic::Maximum)),
    ("Min", || Act::Reduce(Arithmetic::Minimum)),
    ("Mean", || Act::Reduce(Arithmetic::Same)),
    ("All", || Act::Reduce(Arithmetic::And)),
    ("Any", || Act::Reduce(Arithmetic::Or)),
    ("EuclideanNorm", || Act::Norm),
    ("ExpandDims", || Act::Unsqueeze(Ok(1))),
    ("Squeeze", || Act::Rearrange),
    ("Transpose", || Act::Rearrange),
    ("OneHot", || Act::OneHot(1)),
    ("ResizeBilinear", || resized()),
    ("ResizeNearestNeighbor", || resized()),
    ("ResizeBicubic", || resized()),
    ("ResizeArea", || resized()),
    ("RandomUniform", || Act::Drawn(0)),
    ("RandomUniformInt", || Act::Drawn(0)),
    ("RandomStandardNormal", || Act::Drawn(0)),
    ("TruncatedNormal", || Act::Drawn(0)),
    ("ParameterizedTruncatedNormal", || Act::Drawn(0)),
    ("StatelessRandomUniform", || Act::Drawn(0)),
    ("StatelessRandomUniformV2", || Act::Drawn(0)),
    ("StatelessRandomUniformInt", || Act::Drawn(0)),
    ("StatelessRandomNormal", || Act::Drawn(0)),
    ("StatelessRandomNormalV2", || Act::Drawn(0)),
    ("StatelessTruncatedNormal", || Act::Drawn(0)),
    ("RandomGamma", || Act::Drawn(0)),
    ("RandomPoissonV2", || Act::Drawn(0)),
    ("ScatterNd", || Act::Drawn(2)),
    ("SparseToDense", || Act::Drawn(1)),
    ("Bincount", || Act::SizedBy(vec![1])),
    ("DenseBincount", || Act::SizedBy(vec![1])),
    ("UnsortedSegmentSum", || Act::SizedBy(vec![2])),
    ("UnsortedSegmentMax", || Act::SizedBy(vec![2])),
    ("UnsortedSegmentProd", || Act::SizedBy(vec![2])),
    ("TensorListReserve", || Act::SizedBy(vec![1])),
    ("TensorArrayV3", || Act::SizedBy(vec![0])),
    ("MatrixDiagV2", || Act::SizedBy(vec![2, 3])),
    ("MatrixDiagV3", || Act::SizedBy(vec![2, 3])),
];

const fn resized() -> Act {
    Act::Resize { sizes: Some(1), scales: Err(Vec::new()), first: 1 }
}

/// Operations that work element by element.
#[rustfmt::skip]
const EACH: &[(&str, Arithmetic)] = &[
    ("Add", Arithmetic::Add), ("AddV2", Arithmetic::Add), ("AddN", Arithmetic::Add), ("Sub", Arithmetic::Subtract), ("Mul", Arithmetic::Multiply),
    ("Div", Arithmetic::Divide), ("RealDiv", Arithmetic::Divide), ("FloorDiv", Arithmetic::Divide), ("TruncateDiv", Arithmetic::Divide),
    ("Pow", Arithmetic::Power), ("FloorMod", Arithmetic::Modulo), ("Mod", Arithmetic::Modulo), ("Maximum", Arithmetic::Maximum),
    ("Minimum", Arithmetic::Minimum), ("LogicalAnd", Arithmetic::And), ("LogicalOr", Arithmetic::Or), ("LogicalNot", Arithmetic::Not),
    ("Less", Arithmetic::Less), ("LessEqual", Arithmetic::LessEqual), ("Greater", Arithmetic::Greater), ("GreaterEqual", Arithmetic::GreaterEqual),
    ("Equal", Arithmetic::Equal), ("NotEqual", Arithmetic::NotEqual), ("LeftShift", Arithmetic::Shift), ("Neg", Arithmetic::Negate),
    ("Abs", Arithmetic::Absolute), ("Floor", Arithmetic::Floor), ("Ceil", Arithmetic::Ceiling), ("Sqrt", Arithmetic::Root), ("Exp", Arithmetic::Exponential),
    ("Square", Arithmetic::Square), ("Identity", Arithmetic::Same), ("StopGradient", Arithmetic::Same), ("Snapshot", Arithmetic::Same),
    ("PreventGradient", Arithmetic::Same), ("CheckNumerics", Arithmetic::Same), ("Cast", Arithmetic::Same), ("Select", Arithmetic::Choose),
    ("SelectV2", Arithmetic::Choose), ("ZerosLike", Arithmetic::Other), ("OnesLike", Arithmetic::Other), ("Relu", Arithmetic::Positive),
    ("Tanh", Arithmetic::Signed), ("Sigmoid", Arithmetic::Share), ("Softmax", Arithmetic::Share), ("BiasAdd", Arithmetic::Other), ("Log", Arithmetic::Other),
    ("Rsqrt", Arithmetic::Other), ("Sin", Arithmetic::Signed), ("Cos", Arithmetic::Signed), ("Erf", Arithmetic::Signed), ("SquaredDifference", Arithmetic::Positive), ("Softplus", Arithmetic::Positive), ("Relu6", Arithmetic::Positive),
];
