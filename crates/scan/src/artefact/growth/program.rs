//! A graph, as far as it matters how large its values get.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::{arithmetic::Arithmetic, value::Value};

/// The digest of a name. None has the digest 0: that stands for nothing.
pub(crate) type Key = u64;

/// The digest of a name.
pub(crate) fn key(name: &str) -> Key {
    if name.is_empty() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish().max(1)
}

/// All graphs of a model.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(crate) graphs: Vec<Graph>,
    /// Those that are run by themselves.
    pub(crate) roots: Vec<usize>,
    /// Those that nodes call by name.
    pub(crate) functions: BTreeMap<Key, usize>,
    /// Nodes of all graphs.
    pub(crate) nodes: u64,
    /// Whether there was more than is kept.
    pub(crate) full: bool,
}

/// One graph.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// What it is given, and what is known of it.
    pub(crate) inputs: Vec<(Key, Value)>,
    pub(crate) outputs: Vec<Key>,
    /// What it stores.
    pub(crate) stored: Vec<(Key, Value)>,
    pub(crate) nodes: Vec<Node>,
    /// Nodes, by their place, that wait for what another gives though they may not take it.
    pub(crate) after: Vec<(usize, Key)>,
}

/// One node.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) act: Act,
    /// Its name, for findings.
    pub(crate) name: &'static str,
    pub(crate) at: u64,
    pub(crate) inputs: Vec<Key>,
    pub(crate) outputs: Vec<Key>,
}

/// Where a padding's numbers stand.
#[derive(Clone, Debug)]
pub(crate) enum Pads {
    /// All in front, then all behind, in this input or in an attribute.
    Halves(Result<usize, Vec<f64>>),
    /// In pairs, in this input.
    Pairs(usize),
}

/// What a node does.
#[derive(Debug)]
pub(crate) enum Act {
    /// It gives a constant.
    Stored(Value),
    /// It fills a shape, which is this input, with this number or that of another input.
    Fill(usize, Option<f64>),
    /// It repeats the first along a shape, which is the second.
    Broadcast,
    /// The same, as often as the second says.
    Tile,
    /// Numbers from the first to the second in steps of the third.
    Range,
    Pad(Pads),
    /// A picture of sizes, or scaled by numbers, each in an input; and the axis at which these begin, in sizes and in scales.
    Resize {
        sizes: Option<usize>,
        scales: Result<usize, Vec<f64>>,
        first: usize,
    },
    /// A row as long as an input says for each element.
    OneHot(usize),
    Concat(i64),
    /// They become one dimension more.
    Pack,
    /// The first, in a shape that is the second.
    Reshape,
    /// Element by element.
    Each(Arithmetic),
    /// Its sizes as numbers.
    Shape,
    /// How many elements it has.
    Count,
    /// Elements of the first, along an axis, at places that the second gives.
    Pick(i64),
    /// A part of a list, from the second to the third, in steps that this input gives.
    Slice(usize),
    /// With new dimensions at places that the second input gives, or an attribute.
    Unsqueeze(Result<usize, Vec<f64>>),
    /// With its dimensions in another order; the other way round without.
    Transpose(Option<Vec<usize>>),
    /// All elements become one, by this.
    Reduce(Arithmetic),
    /// All elements become one, which is never below zero.
    Norm,
    /// The first times the second.
    Product,
    /// Elements of the first in another order, or another shape, whose sizes are not followed.
    Rearrange,
    /// It fills a shape, which is this input, with numbers that nobody knows.
    Drawn(usize),
    /// Of these dimensions.
    Sized(Vec<Option<u64>>),
    /// Of dimensions that the numbers of these inputs are.
    SizedBy(Vec<usize>),
    Loop(Loop),
    /// One of these graphs.
    Branch(Vec<usize>),
    /// One of these functions, with the inputs from this place on.
    Call(Vec<Key>, usize),
    /// Something else, of which its inputs alone decide.
    Pure,
    /// Something else.
    Unknown,
}

/// A loop.
#[derive(Clone, Debug)]
pub(crate) struct Loop {
    /// What is done in a turn: a graph, or a function.
    pub(crate) body: Result<usize, Key>,
    /// What says whether there is a further turn, if that is not the first that the body gives.
    pub(crate) condition: Option<Result<usize, Key>>,
    /// The input that says how many turns there are at most.
    pub(crate) turns: Option<usize>,
    /// Along which dimension of the last inputs it goes, and how many these are.
    pub(crate) along: Option<usize>,
    /// The input at which what is carried from turn to turn begins.
    pub(crate) carried: usize,
    /// Arguments of the body that stand before: the number of the turn, and the condition.
    pub(crate) before: usize,
}
