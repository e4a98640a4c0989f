//! Messages that are open while a model is walked.

use super::{
    flow::{Origin, key},
    tensor::Tensor,
};
use crate::container::protobuf::brief;

/// Inputs and attributes of one node that are kept.
const MAX_INPUTS: usize = 65_536;
const MAX_TEXTS: usize = 64;

/// A message that is open.
pub(super) enum Open {
    Node(Node),
    Attribute(Attribute),
    Tensor(Tensor),
    Asset {
        at: u64,
        name: String,
        tensor: String,
    },
    AssetTensor(String),
    Object {
        identifier: String,
        metadata: String,
    },
    /// An object of a graph of them, by its number.
    Saved {
        number: u64,
        constant: Option<String>,
        asset: bool,
    },
    /// A function that objects are bound to.
    Concrete {
        name: String,
        bound: Vec<u64>,
    },
    /// A function, and its scope.
    Function(u64),
    Signature {
        at: u64,
        name: String,
    },
    /// An argument: its name, and whether it may stand for several.
    Argument(String, bool),
    /// A value that a function gives.
    Result(String),
    /// A message of a kind that a text names.
    Any {
        kind: String,
        held: Option<(u64, u64)>,
    },
    Other,
}

/// A node.
#[derive(Default)]
pub(super) struct Node {
    pub(super) at: u64,
    pub(super) scope: u64,
    pub(super) name: String,
    pub(super) operation: String,
    pub(super) device: String,
    pub(super) inputs: Vec<u64>,
    /// Attributes that are texts, and what they hold.
    pub(super) texts: Vec<(String, String)>,
    /// The name under which graphs share what it makes.
    pub(super) shared: String,
    /// Functions that attributes name.
    pub(super) functions: Vec<String>,
    /// Whether its attributes hold a text, and a path out of the model.
    pub(super) text: bool,
    pub(super) path: Option<String>,
    /// Whether more stands there than is kept.
    pub(super) full: bool,
}

/// An attribute.
#[derive(Default)]
pub(super) struct Attribute {
    pub(super) key: String,
    /// Texts, and where bytes are.
    pub(super) texts: Vec<String>,
    pub(super) bytes: Vec<(u64, u64)>,
}

impl Node {
    /// What it takes; what only has to be over before is left out.
    pub(super) fn input(&mut self, input: &str) {
        self.full |= self.inputs.len() >= MAX_INPUTS;
        if !self.full && !input.starts_with('^') {
            self.inputs.push(key(self.scope, input));
        }
    }

    /// A function that an attribute names.
    pub(super) fn function(&mut self, name: &str) {
        self.full |= self.functions.len() >= MAX_TEXTS;
        if !self.full {
            self.functions.push(brief(name));
        }
    }

    /// A text of an attribute.
    pub(super) fn attribute(&mut self, key: &str, text: String) {
        self.full |= self.texts.len() >= MAX_TEXTS;
        if !self.full {
            self.texts.push((key.to_owned(), text));
        }
    }

    /// What an attribute holds.
    pub(super) fn holds(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(held, _)| held == key).map(|(_, text)| text.as_str())
    }

    /// How it comes by its value.
    pub(super) fn origin(&self) -> Origin {
        if self.path.is_some() {
            return Origin::Path;
        }
        if self.text {
            return Origin::Text;
        }
        match self.operation.as_str() {
            "Placeholder" | "PlaceholderV2" | "PlaceholderWithDefault" => Origin::Given,
            "StringJoin" if self.holds("separator").is_some_and(|text| !text.is_empty()) => {
                Origin::Made
            }
            operation if PASSING.contains(&operation) => Origin::Passes,
            _ => Origin::Made,
        }
    }

    /// How many inputs stand before those that a function is given; none if nobody knows.
    pub(super) fn skipped(&self) -> Option<usize> {
        match self.operation.as_str() {
            "PartitionedCall" | "StatefulPartitionedCall" | "While" | "StatelessWhile" => Some(0),
            "If" | "StatelessIf" | "Case" | "StatelessCase" => Some(1),
            _ => None,
        }
    }
}

/// Operations that hand on a text, join texts, or choose among them.
const PASSING: &[&str] = &[
    "Case",
    "Concat",
    "ConcatV2",
    "Const",
    "ExpandDims",
    "Fill",
    "GatherV2",
    "Identity",
    "IdentityN",
    "If",
    "Merge",
    "Pack",
    "PartitionedCall",
    "ReadVariableOp",
    "Reshape",
    "Select",
    "SelectV2",
    "Shape",
    "ShardedFilename",
    "Slice",
    "StatefulPartitionedCall",
    "StatelessCase",
    "StatelessIf",
    "StaticRegexFullMatch",
    "StridedSlice",
    "StringJoin",
    "Switch",
    "Unpack",
    "VarHandleOp",
    "_Arg",
];
