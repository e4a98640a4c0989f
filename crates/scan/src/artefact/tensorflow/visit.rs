//! The walk over a model: what is kept of it, message by message.

mod parts;

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::{
    flow::MAIN,
    graph::Graph,
    node::judge,
    open::{Attribute, Node, Open},
    rules::{BROKEN, FIELD, HIDDEN, OUTSIDE},
    schema::ASSET_FILE_DEF,
    tensor::Tensor,
};
use crate::{
    artefact::{
        format::Input,
        messages::{self, Troubles},
        registry::keras::{self, Part},
        report::Report,
    },
    bytes::Section,
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, brief, walk},
};

/// Bytes of a message that stands in another as bytes.
const MAX_MESSAGE: u64 = 4096;
/// Objects that one function is bound to.
const MAX_BOUND: usize = 100_000;

/// A walk over a model.
pub(super) struct Visit<'r, 'i> {
    report: &'r mut Report,
    input: Input<'i>,
    open: Vec<Open>,
    graph: Graph,
    troubles: Troubles,
    /// Functions so far, and objects of the open graph of them.
    scopes: u64,
    objects: u64,
}

impl<'r, 'i> Visit<'r, 'i> {
    pub(super) fn new(input: Input<'i>, report: &'r mut Report) -> Self {
        let (open, graph) = (Vec::new(), Graph::default());
        let troubles = Troubles::new(&BROKEN, &FIELD);
        Self { report, input, open, graph, troubles, scopes: 0, objects: 0 }
    }

    /// Judges what can be judged at the end only.
    pub(super) fn finish(mut self) {
        self.graph.judge(self.report);
    }

    /// Judges a node that stands alone, and gives its operation if it is one.
    pub(super) fn finish_node(mut self) -> Option<String> {
        self.graph.judge(self.report);
        self.graph.only()
    }

    fn text(&mut self, message: &'static str, field: &'static str, value: &str) {
        if (message, field) == ("NameAttrList", "name") {
            if let Some(node) = self.node() {
                node.function(value);
            }
            return;
        }
        if field == "gradient_func" && !value.is_empty() {
            return self.graph.call(&brief(value), 0);
        }
        let Some(open) = self.open.last_mut() else { return };
        let slot = match (open, field) {
            (Open::Node(node), "input") => return node.input(value),
            (Open::Node(node), "device") => &mut node.device,
            (Open::Node(node), "name") => &mut node.name,
            (Open::Node(node), "op") => &mut node.operation,
            (Open::Attribute(attribute), "key") => &mut attribute.key,
            (Open::Asset { name, .. }, "filename") => name,
            (Open::AssetTensor(name) | Open::Argument(name, _), "name") => name,
            (Open::Signature { name, .. }, "name") => name,
            (Open::Argument(_, many), "number_attr" | "type_list_attr") => {
                *many = true;
                return;
            }
            (Open::Result(name), "value") => name,
            (Open::Concrete { name, .. }, "key") => name,
            (Open::Any { kind, .. }, "type_url") => kind,
            (Open::Object { identifier, .. }, "identifier") => identifier,
            (Open::Object { metadata, .. }, "metadata") => metadata,
            (_, "operation") if message == "SavedConstant" => {
                if let Some(Open::Saved { constant, .. }) = self.open.iter_mut().nth_back(1) {
                    *constant = Some(value.to_owned());
                }
                return;
            }
            _ => return,
        };
        *slot =
            if matches!(field, "metadata" | "filename") { value.to_owned() } else { brief(value) };
    }

    /// The node that is open.
    fn node(&mut self) -> Option<&mut Node> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Node(node) => Some(node),
            _ => None,
        })
    }

    /// Bytes of an attribute, of a constant or of a message of another kind.
    fn bytes(&mut self, field: &'static str, start: u64, length: u64) {
        if let (Some(Open::Any { held, .. }), "value") = (self.open.last_mut(), field) {
            *held = Some((start, length));
        }
        let text = messages::look(self.input.bytes, start, length, &HIDDEN, self.report);
        match (self.open.last_mut(), field) {
            (Some(Open::Tensor(tensor)), "string_val") => tensor.hold(text),
            (_, "s") => {
                let attribute = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Attribute(attribute) => Some(attribute),
                    _ => None,
                });
                if let Some(attribute) = attribute.filter(|held| held.bytes.len() < 64) {
                    attribute.bytes.push((start, length));
                    attribute.texts.extend(text);
                }
            }
            _ => {}
        }
    }

    fn tensor(&mut self, field: &Field, value: Value<'_>) {
        if let ("tensor_content", Value::Bytes(_, length)) = (field.name, value) {
            self.report.payload(length);
        }
        if let Some(Open::Tensor(tensor)) = self.open.last_mut() {
            tensor.value(field, value);
        }
    }

    /// Numbers of messages that are no tensors.
    fn number(&mut self, message: &'static str, field: &'static str, number: u64) {
        match (message, field) {
            // Of the constant that is open, or of a shape that stands alone.
            ("TensorShapeProto.Dim", _) => {
                if let Some(Open::Tensor(tensor)) = self.open.iter_mut().nth_back(2) {
                    tensor.dimension(number);
                }
            }
            ("SavedConcreteFunction", "bound_inputs") => {
                if let Some(Open::Concrete { bound, .. }) = self.open.iter_mut().nth_back(1)
                    && bound.len() < MAX_BOUND
                {
                    bound.push(number);
                }
            }
            _ => {}
        }
    }

    fn constant(&mut self, tensor: Tensor) {
        tensor.judge(self.report);
        let Some(node) = self.node() else { return };
        node.text |= tensor.is_text();
        if tensor.text.is_some() {
            node.path = tensor.text;
        }
    }

    fn asset(&mut self, at: u64, name: &str, tensor: &str) {
        self.graph.asset(tensor, name);
        let part = |part: &str| part == ".." || part.is_empty();
        if name.contains(['\\', ':', '\0']) || name.split('/').any(part) {
            let text = format!("the file {}", brief(name));
            self.report.find(&OUTSIDE, Malicious, at, &text);
        }
    }

    /// A message that stands in another as bytes, and says what it is.
    fn any(&mut self, kind: &str, held: Option<(u64, u64)>) {
        let Some((start, length)) = held.filter(|(_, length)| *length <= MAX_MESSAGE) else {
            return;
        };
        if kind.ends_with("/tensorflow.AssetFileDef") {
            let section = Section::new(self.input.bytes, start, length);
            let inner = Input { bytes: &section, ..self.input };
            let mut visit = Visit::new(inner, self.report);
            walk(&section, &ASSET_FILE_DEF, &mut visit);
            let found = visit.graph;
            self.graph.adopt(found);
        }
    }

    fn object(&mut self, identifier: &str, metadata: &str) {
        if !metadata.trim().is_empty() {
            keras::text(metadata.as_bytes(), Part::Training, identifier, None, self.report);
        }
    }
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        let open = self.begin(message.name, field, at);
        self.open.push(open);
    }

    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        match (message.name, value) {
            (_, Value::Text(text)) => self.text(message.name, field.name, text),
            ("TensorProto", Value::Bytes(start, length)) if field.name == "string_val" => {
                self.bytes(field.name, start, length);
            }
            ("TensorProto", _) => self.tensor(field, value),
            (_, Value::Number(number)) => self.number(message.name, field.name, number),
            (_, Value::Bytes(start, length)) => self.bytes(field.name, start, length),
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        if let Some(open) = self.open.pop() {
            self.end(open);
        }
    }

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        self.troubles.report(trouble, self.input.bytes, at, self.report);
    }
}
