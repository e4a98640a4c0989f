//! The graphs of a model, read once more for how large their values get.

use coseal_core::fact::ArtefactVerdict::Malformed;

use crate::{
    artefact::{
        format::Input,
        growth::{Graph, Key, MAX_HELD, Node, Program, Value, cycle, judge, key, numbers},
        report::Report,
    },
    bytes::ReadAt,
    container::protobuf::{Field, Schema, Trouble, Value as Held, Visitor, walk},
};

use super::{
    acts::{self, Attributes},
    rules::{BROKEN, EXHAUSTING},
    schema::MODEL_PROTO,
};

/// Nodes that are kept.
const MAX_NODES: u64 = 400_000;
/// Inputs and outputs of one node, and names of one graph, that are kept.
const MAX_NAMES: usize = 65_536;
/// Messages within messages of one tensor's dimensions.
const SHAPE: usize = 3;

/// Reads the graphs of a model, and judges them.
pub(super) fn read(input: Input<'_>, report: &mut Report) {
    let mut visit =
        Visit { bytes: input.bytes, open: Vec::new(), program: Program::default(), names: 0 };
    walk(input.bytes, &MODEL_PROTO, &mut visit);
    if let Some(at) = cycle(&visit.program, "") {
        report.find(&BROKEN, Malformed, at, "nodes wait for each other");
    }
    judge(&visit.program, &EXHAUSTING, report);
}

/// A message that is open.
enum Open {
    Graph(usize),
    Function {
        graph: usize,
        domain: String,
        name: String,
    },
    Node(Building),
    Attribute {
        name: String,
        numbers: Vec<f64>,
        tensor: Option<Value>,
        graph: Option<usize>,
        taken: bool,
    },
    Tensor(Constant),
    /// What a graph is given or gives.
    Information {
        name: Key,
        sizes: Option<Vec<Option<u64>>>,
        given: bool,
        gives: bool,
    },
    Shape,
    Dimension(Option<u64>),
    Other,
}

#[derive(Default)]
struct Building {
    at: u64,
    operator: String,
    domain: String,
    inputs: Vec<Key>,
    outputs: Vec<Key>,
    held: Attributes,
}

#[derive(Default)]
struct Constant {
    name: Key,
    kind: u64,
    sizes: Vec<Option<u64>>,
    numbers: Vec<f64>,
    raw: Option<(u64, u64)>,
}

struct Visit<'a> {
    bytes: &'a dyn ReadAt,
    open: Vec<Open>,
    program: Program,
    /// Names that are kept.
    names: usize,
}

impl Visit<'_> {
    /// The graph, or the function, that is open.
    fn graph(&mut self) -> Option<&mut Graph> {
        let index = self.open.iter().rev().find_map(|open| match open {
            Open::Graph(index) | Open::Function { graph: index, .. } => Some(*index),
            _ => None,
        })?;
        self.program.graphs.get_mut(index)
    }

    fn begin(&mut self) -> usize {
        self.program.graphs.push(Graph::default());
        self.program.graphs.len().saturating_sub(1)
    }

    /// Whether there is room for one name more.
    fn keeps(&mut self) -> bool {
        self.names = self.names.saturating_add(1);
        let room = self.names <= MAX_NAMES.saturating_mul(64);
        self.program.full |= !room;
        room
    }

    fn text(&mut self, field: &'static str, text: &str) {
        if !self.keeps() {
            return;
        }
        match (self.open.last_mut(), field) {
            (Some(Open::Node(node)), "input") => node.inputs.push(key(text)),
            (Some(Open::Node(node)), "output") => node.outputs.push(key(text)),
            (Some(Open::Node(node)), "op_type") => text.clone_into(&mut node.operator),
            (Some(Open::Node(node)), "domain") => text.clone_into(&mut node.domain),
            (Some(Open::Attribute { name, .. } | Open::Function { name, .. }), "name") => {
                text.clone_into(name);
            }
            (Some(Open::Attribute { taken, .. }), "ref_attr_name") => *taken = true,
            (Some(Open::Function { domain, .. }), "domain") => text.clone_into(domain),
            (Some(Open::Function { .. }), "input") => {
                let input = (key(text), Value::unknown(false));
                if let Some(graph) = self.graph() {
                    graph.inputs.push(input);
                }
            }
            (Some(Open::Function { .. }), "output") => {
                if let Some(graph) = self.graph() {
                    graph.outputs.push(key(text));
                }
            }
            (Some(Open::Tensor(tensor)), "name") => tensor.name = key(text),
            (Some(Open::Information { name, .. }), "name") => *name = key(text),
            _ => {}
        }
    }

    fn number(&mut self, field: &'static str, number: u64) {
        match (self.open.last_mut(), field) {
            (Some(Open::Attribute { numbers, .. }), "i" | "ints") => {
                push(numbers, numbers::signed(number));
            }
            (Some(Open::Tensor(tensor)), "dims") if tensor.sizes.len() < MAX_HELD => {
                tensor.sizes.push(Some(number));
            }
            (Some(Open::Tensor(tensor)), "data_type") => tensor.kind = number,
            (Some(Open::Tensor(tensor)), "int32_data" | "int64_data" | "uint64_data") => {
                push(&mut tensor.numbers, numbers::signed(number));
            }
            (Some(Open::Dimension(size)), "dim_value") => {
                *size = Some(number).filter(|number| (1..1 << 62).contains(number));
            }
            _ => {}
        }
    }

    /// Numbers of a fixed width, whose tag is at `at`.
    fn fixed(&mut self, field: &'static Field, count: u64, at: u64) {
        if count > MAX_HELD as u64 {
            return;
        }
        let wide = field.name == "double_data";
        let Some(found) = numbers::decoded(self.bytes, at, count, wide) else { return };
        match (self.open.last_mut(), field.name) {
            (Some(Open::Attribute { numbers, .. }), "f" | "floats") => {
                found.into_iter().for_each(|number| push(numbers, number));
            }
            (Some(Open::Tensor(tensor)), _) => {
                found.into_iter().for_each(|number| push(&mut tensor.numbers, number));
            }
            _ => {}
        }
    }

    fn tensor(&mut self, tensor: Constant) {
        let (name, value) = (tensor.name, tensor.value(self.bytes));
        match self.open.last_mut() {
            Some(Open::Attribute { tensor, .. }) => *tensor = Some(value),
            Some(Open::Graph(_)) => {
                if let Some(graph) = self.graph() {
                    graph.stored.push((name, value));
                }
            }
            _ => {}
        }
    }

    fn node(&mut self, node: Building) {
        self.program.nodes = self.program.nodes.saturating_add(1);
        if self.program.nodes > MAX_NODES {
            self.program.full = true;
            return;
        }
        let Building { at, operator, domain, inputs, outputs, held } = node;
        let (name, act) = acts::act(&domain, &operator, held, inputs.len());
        if let Some(graph) = self.graph() {
            graph.nodes.push(Node { act, name, at, inputs, outputs });
        }
    }
}

impl Constant {
    fn value(self, bytes: &dyn ReadAt) -> Value {
        let whole = !matches!(self.kind, 1 | 10 | 11 | 16);
        let value = Value::given(self.sizes);
        let count = value.elements();
        let held = match self.raw {
            Some((start, length)) if count <= MAX_HELD as u64 => {
                numbers::read(bytes, start, length, self.kind)
            }
            Some(_) => None,
            None => Some(self.numbers),
        };
        let held = held.filter(|held| held.len() as u64 == count && self.kind != 10);
        Value { held, whole, ..value }
    }
}

impl Visitor for Visit<'_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        let open = match message.name {
            "GraphProto" => {
                let graph = self.begin();
                if !matches!(self.open.last(), Some(Open::Attribute { .. })) {
                    self.program.roots.push(graph);
                }
                Open::Graph(graph)
            }
            "FunctionProto" => {
                Open::Function { graph: self.begin(), domain: String::new(), name: String::new() }
            }
            "NodeProto" => Open::Node(Building { at, ..Building::default() }),
            "AttributeProto" => Open::Attribute {
                name: String::new(),
                numbers: Vec::new(),
                tensor: None,
                graph: None,
                taken: false,
            },
            "TensorProto" => Open::Tensor(Constant::default()),
            "ValueInfoProto" => Open::Information {
                name: 0,
                sizes: None,
                given: field == "input",
                gives: field == "output",
            },
            "TensorShapeProto" => {
                let place = self.open.len().checked_sub(SHAPE);
                if let Some(Open::Information { sizes, .. }) =
                    place.and_then(|place| self.open.get_mut(place))
                {
                    *sizes = Some(Vec::new());
                }
                Open::Shape
            }
            "TensorShapeProto.Dimension" => Open::Dimension(None),
            _ => Open::Other,
        };
        self.open.push(open);
    }

    fn value(&mut self, _: &'static Schema, field: &'static Field, value: Held<'_>, at: u64) {
        match value {
            Held::Text(text) => self.text(field.name, text),
            Held::Number(number) => self.number(field.name, number),
            Held::Fixed(count) => self.fixed(field, count, at),
            Held::Bytes(start, length) if field.name == "raw_data" => {
                if let Some(Open::Tensor(tensor)) = self.open.last_mut() {
                    tensor.raw = Some((start, length));
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        match self.open.pop() {
            Some(Open::Graph(graph)) => {
                if let Some(Open::Attribute { graph: held, .. }) = self.open.last_mut() {
                    *held = Some(graph);
                }
            }
            Some(Open::Function { graph, domain, name }) => {
                self.program.functions.insert(acts::function(&domain, &name), graph);
            }
            Some(Open::Node(node)) => self.node(node),
            Some(Open::Attribute { name, numbers, tensor, graph, taken }) => {
                if let Some(Open::Node(node)) = self.open.last_mut() {
                    node.held.taken |= taken;
                    node.held.tensor = tensor.or_else(|| node.held.tensor.take());
                    if let Some(graph) = graph {
                        node.held.graphs.insert(name, graph);
                    } else if !numbers.is_empty() {
                        node.held.numbers.insert(name, numbers);
                    }
                }
            }
            Some(Open::Tensor(tensor)) => self.tensor(tensor),
            Some(Open::Dimension(size)) => {
                let place = self.open.len().checked_sub(SHAPE.saturating_add(1));
                if let Some(Open::Information { sizes: Some(sizes), .. }) =
                    place.and_then(|place| self.open.get_mut(place))
                    && sizes.len() < MAX_HELD
                {
                    sizes.push(size);
                }
            }
            Some(Open::Information { name, sizes, given, gives }) => {
                let value = sizes.map_or_else(|| Value::unknown(false), Value::given);
                if let Some(graph) = self.graph() {
                    if given {
                        graph.inputs.push((name, value));
                    } else if gives {
                        graph.outputs.push(name);
                    }
                }
            }
            _ => {}
        }
    }

    fn trouble(&mut self, _: Trouble, _: u64) {}
}

fn push(numbers: &mut Vec<f64>, number: f64) {
    if numbers.len() <= MAX_HELD {
        numbers.push(number);
    }
}
