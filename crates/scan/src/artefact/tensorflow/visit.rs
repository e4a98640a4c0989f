//! What is kept of a model while it is walked.

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    attributes,
    graph::Graph,
    policy::{is_console, leads_out},
    rules::{BROKEN, DANGEROUS, FIELD, OUTSIDE},
    tensor::Tensor,
};
use crate::{
    artefact::{
        format::Input,
        registry::{
            keras::{self, Part},
            pickle::Pickle,
        },
        report::Report,
    },
    bytes::Section,
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, brief},
};

/// Stretches that are no part of a model, and are tried as pickles.
const MAX_STRAYS: u32 = 4;

/// Texts of one constant, among which a path is looked for: more are a vocabulary.
const FEW: u64 = 8;

/// A message that is open.
enum Open {
    Node {
        at: u64,
        name: String,
        operation: String,
        input: String,
        place: Option<String>,
        path: Option<String>,
        fixed: bool,
    },
    Attribute {
        key: String,
        text: Option<String>,
    },
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
    Signature {
        at: u64,
        name: String,
    },
    Other,
}

/// Whether a node is open.
fn is_node(open: &&mut Open) -> bool {
    matches!(open, Open::Node { .. })
}

/// A walk over a model.
pub(super) struct Visit<'r, 'i> {
    report: &'r mut Report,
    input: Input<'i>,
    open: Vec<Open>,
    graph: Graph,
    strays: u32,
}

impl<'r, 'i> Visit<'r, 'i> {
    pub(super) fn new(input: Input<'i>, report: &'r mut Report) -> Self {
        Self { report, input, open: Vec::new(), graph: Graph::default(), strays: 0 }
    }

    /// Judges what can be judged at the end only.
    pub(super) fn finish(self) {
        self.graph.judge(self.report);
    }

    fn text(&mut self, field: &'static str, value: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let slot = match (open, field) {
            (Open::Node { name, .. } | Open::Signature { name, .. }, "name") => name,
            (Open::Node { operation, .. }, "op") => operation,
            (Open::Node { input, .. }, "input") if input.is_empty() => input,
            (Open::Attribute { key, .. }, "key") => key,
            (Open::Asset { name, .. }, "filename") => name,
            (Open::AssetTensor(name), "name") => name,
            (Open::Object { identifier, .. }, "identifier") => identifier,
            (Open::Object { metadata, .. }, "metadata") => metadata,
            _ => return,
        };
        *slot = if field == "metadata" { value.to_owned() } else { brief(value) };
    }

    /// Bytes of an attribute, of a constant or of a collection.
    fn bytes(&mut self, field: &'static str, start: u64, length: u64) {
        let text = attributes::look(self.input.bytes, start, length, self.report);
        match (self.open.last_mut(), field) {
            (Some(Open::Tensor(tensor)), "string_val") => {
                tensor.texts = tensor.texts.saturating_add(1);
                // What savers were given before there were placeholders with a default.
                tensor.usual = tensor.texts == 1 && text.as_deref() == Some("model");
                let path = text.filter(|text| tensor.texts <= FEW && leads_out(text));
                tensor.text = tensor.text.take().or(path).filter(|_| tensor.texts <= FEW);
            }
            _ if field == "s" => {
                let attribute = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Attribute { text, .. } => Some(text),
                    _ => None,
                });
                if let Some(slot) = attribute {
                    *slot = text;
                }
            }
            _ => {}
        }
    }

    fn tensor(&mut self, field: &Field, value: Value<'_>) {
        if let ("tensor_content", Value::Bytes(_, length)) = (field.name, value) {
            self.report.payload(length);
        }
        let Some(Open::Tensor(tensor)) = self.open.last_mut() else { return };
        let more = match (field.name, value) {
            ("dtype", Value::Number(kind)) => {
                tensor.kind = kind;
                0
            }
            ("tensor_content", Value::Bytes(_, length)) => {
                tensor.raw = length;
                0
            }
            (_, Value::Fixed(count)) => count,
            (_, Value::Number(_)) if field.many => 1,
            _ => 0,
        };
        tensor.values = tensor.values.saturating_add(more);
    }

    /// A dimension: of the constant that is open, or of a shape that stands alone.
    fn dimension(&mut self, size: u64) {
        let tensor = self.open.iter_mut().rev().nth(2);
        if let Some(Open::Tensor(tensor)) = tensor {
            tensor.dimension(size);
        }
    }

    fn constant(&mut self, tensor: Tensor) {
        if let Some(why) = tensor.problem() {
            self.report.find(&BROKEN, Malformed, tensor.at, why);
        }
        let Some(found) = tensor.text else {
            if tensor.texts > 0
                && !tensor.usual
                && let Some(Open::Node { fixed, .. }) = self.open.iter_mut().rev().find(is_node)
            {
                *fixed = true;
            }
            return;
        };
        let node = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Node { path, .. } => Some(path),
            _ => None,
        });
        if let Some(path) = node {
            *path = Some(found);
        }
    }

    fn attribute(&mut self, key: &str, text: Option<String>) {
        let Some(text) = text else { return };
        if let Some(Open::Node { place, .. }) = self.open.last_mut()
            && key == "output_stream"
        {
            *place = Some(text);
        }
    }

    fn node(&mut self, at: u64, name: &str, operation: &str) {
        if operation.is_empty() {
            let text = format!("the node {name} has no operation");
            self.report.find(&BROKEN, Malformed, at, &text);
            return;
        }
        self.graph.call(operation, at);
    }

    fn asset(&mut self, at: u64, name: &str, tensor: &str) {
        let node = tensor.split(':').next().unwrap_or_default();
        self.graph.asset(node);
        let part = |part: &str| part == ".." || part.is_empty();
        if name.contains(['\\', ':', '\0']) || name.split('/').any(part) {
            self.report.find(&OUTSIDE, Malicious, at, &format!("the file {name}"));
        }
    }

    fn object(&mut self, identifier: &str, metadata: &str) {
        if !metadata.trim().is_empty() {
            keras::text(metadata.as_bytes(), Part::Training, identifier, self.report);
        }
    }

    /// What stands where no model goes on.
    fn behind(&mut self, at: u64) {
        if self.strays < MAX_STRAYS {
            self.strays = self.strays.saturating_add(1);
            Pickle::also(&Section::from(self.input.bytes, at), self.report);
        }
    }
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        let text = String::new;
        self.open.push(match (message.name, field) {
            ("NodeDef", _) => {
                let (name, operation) = (text(), text());
                Open::Node {
                    at,
                    name,
                    operation,
                    input: text(),
                    place: None,
                    path: None,
                    fixed: false,
                }
            }
            ("NodeDef.AttrEntry", _) => Open::Attribute { key: text(), text: None },
            ("TensorProto", _) => Open::Tensor(Tensor { at, ..Tensor::default() }),
            ("AssetFileDef", _) => Open::Asset { at, name: text(), tensor: text() },
            ("TensorInfo", "tensor_info") => Open::AssetTensor(text()),
            ("SavedObject", "nodes") | ("SavedUserObject", _) => {
                Open::Object { identifier: text(), metadata: text() }
            }
            ("OpDef", "signature") => Open::Signature { at, name: text() },
            _ => Open::Other,
        });
    }

    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        match (message.name, value) {
            (_, Value::Text(text)) => self.text(field.name, text),
            ("TensorProto", Value::Bytes(start, length)) if field.name == "string_val" => {
                self.bytes(field.name, start, length);
            }
            ("TensorProto", _) => self.tensor(field, value),
            ("TensorShapeProto.Dim", Value::Number(size)) => self.dimension(size),
            (_, Value::Bytes(start, length)) => self.bytes(field.name, start, length),
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        match self.open.pop() {
            Some(Open::Node { at, name, operation, input, place, path, fixed }) => {
                self.node(at, &name, &operation);
                self.graph.wire(&name, &operation, &input, fixed, at);
                if let Some(path) = path {
                    self.graph.path(&name, path, at);
                }
                if let Some(place) = place.filter(|place| !is_console(place)) {
                    let text = format!("{operation} to {place}");
                    self.report.find(&DANGEROUS, Malicious, at, &text);
                }
            }
            Some(Open::Attribute { key, text }) => self.attribute(&key, text),
            Some(Open::Tensor(tensor)) => self.constant(tensor),
            Some(Open::Asset { at, name, tensor }) => self.asset(at, &name, &tensor),
            Some(Open::AssetTensor(name)) => {
                if let Some(Open::Asset { tensor, .. }) = self.open.last_mut() {
                    *tensor = name;
                }
            }
            Some(Open::Object { identifier, metadata }) => self.object(&identifier, &metadata),
            Some(Open::Signature { at, name }) => self.graph.function(name, at),
            _ => {}
        }
    }

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        match trouble {
            Trouble::Broken(why) => {
                self.report.find(&BROKEN, Malformed, at, &why);
                self.behind(at);
            }
            Trouble::Repeated(message, field) => {
                let text = format!("{message}.{field} stands twice");
                self.report.find(&BROKEN, Malformed, at, &text);
            }
            Trouble::Unknown(message, number) => {
                let text = format!("{message} has a field {number}");
                self.report.find(&FIELD, Unknown, at, &text);
                self.behind(at);
            }
            Trouble::Limit(what) => self.report.gap("the rest of the model", what),
            Trouble::Unreadable => self.report.unreadable(at),
        }
    }
}
