//! The graphs of a model, as far as it matters how large their values get, and whether their loops end.

use super::rules::EXHAUSTING;
use crate::{
    artefact::{
        growth::{
            self, Act, Arithmetic, Graph, Key, Loop, MAX_HELD, Node, Pads, Program, Value, numbers,
        },
        report::Report,
        stop::Step,
    },
    bytes::ReadAt,
    encoding::flatbuffer::{Flat, List, Table},
};

/// Operators that are kept.
const MAX_NODES: u64 = 200_000;
/// Numbers of operators.
const WHILE: u32 = 119;
const IF: u32 = 118;
const CONCATENATION: u32 = 2;

/// The graphs so far.
#[derive(Default)]
pub(super) struct Sizes(Program);

impl Sizes {
    /// A graph begins.
    pub(super) fn begin(&mut self) {
        let index = self.0.graphs.len();
        self.0.functions.insert(part(index as u64), index);
        self.0.graphs.push(Graph::default());
    }

    /// What a tensor of the graph is: one with bytes is a constant.
    pub(super) fn tensor(
        &mut self,
        (bytes, flat): (&dyn ReadAt, &Flat<'_>),
        tensor: Table,
        index: u64,
        data: List,
    ) -> Step {
        if data.count == 0 {
            return Ok(());
        }
        let shape = flat.list(tensor, 0, 4)?;
        let mut sizes = Vec::new();
        for at in 0..shape.count.min(MAX_HELD as u64) {
            sizes.push(u64::try_from(flat.i32_of(shape, at)?).ok());
        }
        let kind = flat.u8(tensor, 1)?;
        let value = Value::given(sizes);
        let read = match kind {
            0 => 1,
            2 => 6,
            3 => 2,
            4 => 7,
            6 => 9,
            7 => 5,
            9 => 3,
            10 => 11,
            15 => 12,
            _ => 0,
        };
        let few = value.elements() <= MAX_HELD as u64;
        let held = few.then(|| numbers::read(bytes, data.at, data.count, read)).flatten();
        let held = held.filter(|held| held.len() as u64 == value.elements());
        if let Some(graph) = self.0.graphs.last_mut() {
            let whole = !matches!(kind, 0 | 1 | 10 | 18);
            graph.stored.push((place(index), Value { held, whole, ..value }));
        }
        Ok(())
    }

    /// What the graph is given, and gives.
    pub(super) fn ends(&mut self, flat: &Flat<'_>, given: List, gives: List) -> Step {
        let (given, gives) = (keys(flat, given)?, keys(flat, gives)?);
        if let Some(graph) = self.0.graphs.last_mut() {
            graph.inputs.extend(given.into_iter().map(|key| (key, Value::unknown(false))));
            graph.outputs = gives;
        }
        Ok(())
    }

    /// An operator of the graph.
    pub(super) fn operator(&mut self, flat: &Flat<'_>, operator: Table, code: u32) -> Step {
        self.0.nodes = self.0.nodes.saturating_add(1);
        if self.0.nodes > MAX_NODES {
            self.0.full = true;
            return Ok(());
        }
        let inputs = keys(flat, flat.list(operator, 1, 4)?)?;
        let outputs = keys(flat, flat.list(operator, 2, 4)?)?;
        let settings = match code {
            WHILE | IF | CONCATENATION => flat.table(operator, 4)?,
            _ => None,
        };
        let number = |at: u64| settings.map_or(Ok(0), |settings| flat.u32(settings, at));
        let (name, act) = match code {
            WHILE => {
                let parts = (part(number(0)?.into()), part(number(1)?.into()));
                let held = Loop {
                    body: Err(parts.1),
                    condition: Some(Err(parts.0)),
                    turns: None,
                    along: None,
                    carried: 0,
                    before: 0,
                };
                ("WHILE", Act::Loop(held))
            }
            IF => ("IF", Act::Call(vec![part(number(0)?.into()), part(number(1)?.into())], 1)),
            CONCATENATION => ("CONCATENATION", Act::Concat(i64::from(number(0)?.cast_signed()))),
            code => act(code),
        };
        if let Some(graph) = self.0.graphs.last_mut() {
            graph.nodes.push(Node { act, name, at: 0, inputs, outputs });
        }
        Ok(())
    }

    /// Judges all of it.
    pub(super) fn judge(&self, report: &mut Report) {
        growth::judge(&self.0, &EXHAUSTING, report);
    }
}

/// The name of a graph as others call it.
fn part(index: u64) -> Key {
    growth::key(&format!("graph {index}"))
}

/// The name of a tensor.
const fn place(index: u64) -> Key {
    index.saturating_add(1)
}

fn keys(flat: &Flat<'_>, list: List) -> Step<Vec<Key>> {
    let mut keys = Vec::new();
    for index in 0..list.count {
        let tensor = flat.i32_of(list, index)?;
        keys.push(u64::try_from(tensor).map_or(0, place));
    }
    Ok(keys)
}

/// What an operator does that needs no settings, and its name.
const fn act(code: u32) -> (&'static str, Act) {
    let each = match code {
        0 => Some(Arithmetic::Add),
        92 => Some(Arithmetic::Square),
        41 => Some(Arithmetic::Subtract),
        18 => Some(Arithmetic::Multiply),
        42 | 90 => Some(Arithmetic::Divide),
        55 => Some(Arithmetic::Maximum),
        57 => Some(Arithmetic::Minimum),
        58 => Some(Arithmetic::Less),
        61 => Some(Arithmetic::Greater),
        62 => Some(Arithmetic::GreaterEqual),
        63 => Some(Arithmetic::LessEqual),
        71 => Some(Arithmetic::Equal),
        72 => Some(Arithmetic::NotEqual),
        78 => Some(Arithmetic::Power),
        84 => Some(Arithmetic::Or),
        86 => Some(Arithmetic::And),
        87 => Some(Arithmetic::Not),
        53 => Some(Arithmetic::Same),
        8 => Some(Arithmetic::Floor),
        104 => Some(Arithmetic::Ceiling),
        64 | 123 => Some(Arithmetic::Choose),
        101 => Some(Arithmetic::Absolute),
        75 => Some(Arithmetic::Root),
        47 => Some(Arithmetic::Exponential),
        59 => Some(Arithmetic::Negate),
        // RELU, RELU6, RELU_0_TO_1, SQUARED_DIFFERENCE.
        19 | 21 | 152 | 99 => Some(Arithmetic::Positive),
        14 | 25 => Some(Arithmetic::Share),
        28 | 66 => Some(Arithmetic::Signed),
        54 | 73 | 93 | 98 | 117 => Some(Arithmetic::Other),
        _ => None,
    };
    if let Some(arithmetic) = each {
        return ("an operator", Act::Each(arithmetic));
    }
    match code {
        22 => ("RESHAPE", Act::Reshape),
        23 | 97 => ("RESIZE", Act::Resize { sizes: Some(1), scales: Err(Vec::new()), first: 1 }),
        34 | 60 | 100 => ("PAD", Act::Pad(Pads::Pairs(1))),
        69 => ("TILE", Act::Tile),
        70 => ("EXPAND_DIMS", Act::Unsqueeze(Ok(1))),
        40 => ("MEAN", Act::Reduce(Arithmetic::Same)),
        74 => ("SUM", Act::Reduce(Arithmetic::Add)),
        81 => ("REDUCE_PROD", Act::Reduce(Arithmetic::Multiply)),
        82 => ("REDUCE_MAX", Act::Reduce(Arithmetic::Maximum)),
        89 => ("REDUCE_MIN", Act::Reduce(Arithmetic::Minimum)),
        91 => ("REDUCE_ANY", Act::Reduce(Arithmetic::Or)),
        140 => ("REDUCE_ALL", Act::Reduce(Arithmetic::And)),
        43 => ("SQUEEZE", Act::Rearrange),
        77 => ("SHAPE", Act::Shape),
        83 => ("PACK", Act::Pack),
        85 => ("ONE_HOT", Act::OneHot(1)),
        94 => ("FILL", Act::Fill(0, None)),
        96 => ("RANGE", Act::Range),
        130 => ("BROADCAST_TO", Act::Broadcast),
        146 | 148 => ("a random operator", Act::Drawn(0)),
        // Of these the inputs alone decide. Others keep something from run to run, draw it, or are not known.
        1
        | 3..=7
        | 9
        | 11
        | 13
        | 17
        | 20
        | 26
        | 36..=39
        | 45
        | 48..=50
        | 56
        | 65
        | 67
        | 68
        | 76
        | 79
        | 80
        | 88
        | 95
        | 102
        | 103
        | 105..=116
        | 120..=122
        | 124..=126
        | 128
        | 131..=135
        | 141
        | 145
        | 147
        | 150
        | 151
        | 153..=161 => ("an operator", Act::Pure),
        _ => ("an operator", Act::Unknown),
    }
}
