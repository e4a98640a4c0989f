//! The graphs of a model, read once more for how large their values get, and whether their loops end.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{
    acts::{self, Attributes},
    frames,
    rules::{BROKEN, EXHAUSTING},
};
use crate::{
    artefact::{
        growth::{Graph, Key, MAX_HELD, Node, Program, Value, cycle, judge, key, numbers},
        report::Report,
    },
    bytes::ReadAt,
    container::protobuf::{Field, Schema, Trouble, Value as Held, Visitor, walk},
};

/// Nodes that are kept: of more, none is judged in this way.
const MAX_NODES: u64 = 400_000;
/// Names that are kept.
const MAX_NAMES: usize = 4_000_000;
/// Values of one node that others name.
const MAX_VALUES: usize = 64;

/// Reads the graphs of a file of this kind, and judges them.
pub(super) fn read(bytes: &dyn ReadAt, root: &'static Schema, report: &mut Report) {
    let mut visit = Visit { bytes, open: Vec::new(), program: Program::default(), names: 0 };
    walk(bytes, root, &mut visit);
    let program = visit.program;
    for graph in &program.graphs {
        frames::judge(graph, &EXHAUSTING, report);
    }
    if let Some(at) = cycle(&program, "NextIteration") {
        let text = "nodes wait for each other, and no loop is made of them";
        report.find(&BROKEN, Malformed, at, text);
    }
    judge(&program, &EXHAUSTING, report);
}

/// A message that is open.
enum Open {
    Graph(usize),
    Function(Function),
    Signature,
    /// An argument, or (if it is not given) a value that a function gives.
    Argument(bool),
    Result(String, Key),
    Node(Building),
    Attribute(String),
    Tensor(Constant),
    Other,
}

#[derive(Default)]
struct Function {
    graph: usize,
    name: String,
    gives: Vec<String>,
    results: BTreeMap<String, Key>,
}

#[derive(Default)]
struct Building {
    at: u64,
    name: String,
    operation: String,
    inputs: Vec<Key>,
    /// The nodes that it takes something from, or only waits for.
    after: Vec<Key>,
    held: Attributes,
}

#[derive(Default)]
struct Constant {
    kind: u64,
    sizes: Vec<Option<u64>>,
    numbers: Vec<f64>,
    raw: Option<(u64, u64)>,
}

struct Visit<'a> {
    bytes: &'a dyn ReadAt,
    open: Vec<Open>,
    program: Program,
    names: usize,
}

/// The digest of a value: of the node that makes it, and which of its values it is.
fn value_of(name: &str) -> Key {
    let mut parts = name.split(':');
    let node = parts.next().unwrap_or_default();
    let place = parts.next_back().and_then(|part| part.parse::<usize>().ok()).unwrap_or(0);
    numbered(node, place)
}

fn numbered(node: &str, place: usize) -> Key {
    key(&format!("{node}\0{place}"))
}

impl Visit<'_> {
    fn graph(&mut self) -> Option<&mut Graph> {
        let index = self.open.iter().rev().find_map(|open| match open {
            Open::Graph(index) => Some(*index),
            Open::Function(function) => Some(function.graph),
            _ => None,
        })?;
        self.program.graphs.get_mut(index)
    }

    fn begin(&mut self) -> usize {
        self.program.graphs.push(Graph::default());
        self.program.graphs.len().saturating_sub(1)
    }

    fn function(&mut self) -> Option<&mut Function> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Function(function) => Some(function),
            _ => None,
        })
    }

    fn node(&mut self) -> Option<&mut Building> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Node(node) => Some(node),
            _ => None,
        })
    }

    fn text(&mut self, message: &'static str, field: &'static str, text: &str) {
        self.names = self.names.saturating_add(1);
        if self.names > MAX_NAMES {
            self.program.full = true;
            return;
        }
        match (self.open.last_mut(), field) {
            (Some(Open::Node(node)), "name") => text.clone_into(&mut node.name),
            (Some(Open::Node(node)), "op") => text.clone_into(&mut node.operation),
            (Some(Open::Node(node)), "input") => {
                let whole = text.trim_start_matches('^');
                node.after.push(numbered(whole.split(':').next().unwrap_or_default(), 0));
                if whole == text {
                    node.inputs.push(value_of(text));
                }
            }
            (Some(Open::Attribute(name)), "key") => text.clone_into(name),
            (Some(Open::Result(name, _)), "key") => text.clone_into(name),
            (Some(Open::Result(_, value)), "value") => *value = value_of(text),
            (Some(Open::Signature), "name") => {
                if let Some(function) = self.function() {
                    text.clone_into(&mut function.name);
                }
            }
            (Some(Open::Argument(true)), "name") => {
                if let Some(graph) = self.graph() {
                    graph.inputs.push((numbered(text, 0), Value::unknown(false)));
                }
            }
            (Some(Open::Argument(false)), "name") => {
                if let Some(function) = self.function() {
                    function.gives.push(text.to_owned());
                }
            }
            _ if (message, field) == ("NameAttrList", "name") => {
                let attribute = self.open.iter().rev().find_map(|open| match open {
                    Open::Attribute(name) => Some(name.clone()),
                    _ => None,
                });
                if let (Some(attribute), Some(node)) = (attribute, self.node()) {
                    let named = node.held.functions.entry(attribute).or_default();
                    named.push(acts::function(text));
                }
            }
            _ => {}
        }
    }

    fn number(&mut self, message: &'static str, field: &'static str, number: u64) {
        if message == "TensorShapeProto.Dim" {
            // Of a constant: a dimension, its shape, the constant.
            if let Some(Open::Tensor(tensor)) = self.open.iter_mut().nth_back(2)
                && tensor.sizes.len() < MAX_HELD
            {
                tensor.sizes.push(Some(number).filter(|number| i64::try_from(*number).is_ok()));
            }
            return;
        }
        let Some(Open::Tensor(tensor)) = self.open.last_mut() else { return };
        match field {
            "dtype" => tensor.kind = number,
            "int_val" | "int64_val" | "bool_val" | "uint32_val" | "uint64_val"
                if tensor.numbers.len() <= MAX_HELD =>
            {
                tensor.numbers.push(numbers::signed(number));
            }
            _ => {}
        }
    }

    fn finish(&mut self, node: Building) {
        self.program.nodes = self.program.nodes.saturating_add(1);
        if self.program.nodes > MAX_NODES {
            self.program.full = true;
            return;
        }
        let Building { at, name, operation, mut inputs, after, held } = node;
        let many = held.functions.values().any(|functions| !functions.is_empty());
        // What comes last, or first, is the axis.
        match operation.as_str() {
            "ConcatV2" => drop(inputs.pop()),
            "Concat" if !inputs.is_empty() => drop(inputs.remove(0)),
            _ => {}
        }
        let values = if many { inputs.len().clamp(16, MAX_VALUES) } else { 1 };
        let mut outputs: Vec<Key> = (0..values).map(|place| numbered(&name, place)).collect();
        let (shown, act) = acts::act(&operation, held);
        if shown == "Switch" {
            outputs.push(numbered(&name, 1));
        }
        if let Some(graph) = self.graph() {
            let place = graph.nodes.len();
            if shown != "NextIteration" {
                graph.after.extend(after.into_iter().map(|node| (place, node)));
            }
            graph.nodes.push(Node { act, name: shown, at, inputs, outputs });
        }
    }

    fn close(&mut self, function: Function) {
        let Function { graph: index, name, gives, results } = function;
        if let Some(graph) = self.program.graphs.get_mut(index) {
            let given = gives.iter().map(|name| results.get(name).copied().unwrap_or(1));
            graph.outputs.extend(given);
        }
        self.program.functions.insert(acts::function(&name), index);
    }
}

impl Constant {
    /// What stands there last fills the rest.
    fn value(self, bytes: &dyn ReadAt) -> Value {
        let value = Value::given(self.sizes);
        let kind = match self.kind {
            1 => 1,
            2 => 11,
            3 => 6,
            4 | 10 => 2,
            5 => 5,
            6 => 3,
            9 => 7,
            17 => 4,
            22 => 12,
            23 => 13,
            _ => 0,
        };
        let count = usize::try_from(value.elements()).unwrap_or(usize::MAX);
        let held = match self.raw {
            Some((start, length)) => numbers::read(bytes, start, length, kind),
            None => Some(self.numbers),
        };
        let held = held.filter(|held| count <= MAX_HELD && held.len() <= count && !held.is_empty());
        let held = held.map(|mut held| {
            let last = held.last().copied().unwrap_or(0.0);
            held.resize(count, last);
            held
        });
        Value { held, whole: !matches!(self.kind, 1 | 2 | 14 | 19), ..value }
    }
}

impl Visitor for Visit<'_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        let open = match (message.name, field) {
            ("GraphDef", _) => {
                let graph = self.begin();
                self.program.roots.push(graph);
                Open::Graph(graph)
            }
            ("FunctionDef", _) => {
                Open::Function(Function { graph: self.begin(), ..Function::default() })
            }
            ("OpDef", "signature") => Open::Signature,
            ("OpDef.ArgDef", "input_arg" | "output_arg") => Open::Argument(field == "input_arg"),
            ("FunctionDef.RetEntry", _) => Open::Result(String::new(), 0),
            ("NodeDef", _) => Open::Node(Building { at, ..Building::default() }),
            ("NodeDef.AttrEntry", _) => Open::Attribute(String::new()),
            ("TensorProto", _) => Open::Tensor(Constant::default()),
            _ => Open::Other,
        };
        self.open.push(open);
    }

    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Held<'_>, at: u64) {
        match value {
            Held::Text(text) => self.text(message.name, field.name, text),
            Held::Number(number) => self.number(message.name, field.name, number),
            Held::Fixed(count) if matches!(field.name, "float_val" | "double_val") => {
                let found = numbers::decoded(self.bytes, at, count, field.name == "double_val");
                if let Some(Open::Tensor(tensor)) = self.open.last_mut()
                    && tensor.numbers.len() <= MAX_HELD
                {
                    tensor.numbers.extend(found.unwrap_or_default());
                }
            }
            Held::Bytes(start, length) if field.name == "tensor_content" && length > 0 => {
                if let Some(Open::Tensor(tensor)) = self.open.last_mut() {
                    tensor.raw = Some((start, length));
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        match self.open.pop() {
            Some(Open::Function(function)) => self.close(function),
            Some(Open::Result(name, value)) => {
                if let Some(function) = self.function() {
                    function.results.insert(name, value);
                }
            }
            Some(Open::Node(node)) => self.finish(node),
            Some(Open::Tensor(tensor)) => {
                let value = tensor.value(self.bytes);
                if let Some(node) = self.node() {
                    node.held.tensor = Some(value);
                }
            }
            _ => {}
        }
    }

    fn trouble(&mut self, _: Trouble, _: u64) {}
}
