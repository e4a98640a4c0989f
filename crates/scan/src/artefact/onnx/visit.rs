//! What is kept of a model while it is walked.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::{
    calls::{Calls, Name},
    outside::{self, Files},
    rules::{BROKEN, FIELD, HIDDEN, TENSOR},
    session,
    tensor::{Tensor, elements},
};
use crate::{
    artefact::{
        format::Input,
        growth::MAX_ELEMENTS,
        hidden,
        messages::{self, Troubles},
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::{Section, SliceBytes},
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, brief},
};

/// Words on where one tensor is, and the length of each.
const MAX_ENTRIES: usize = 64;
const MAX_ENTRY: usize = 4096;
/// Calls that functions make.
const MAX_EDGES: u32 = 100_000;
/// Suffixes of native libraries.
const LIBRARIES: &[&str] = &[".so", ".dll", ".dylib"];

/// A message that is open.
enum Open {
    Tensor(Tensor),
    Sparse(u64, Vec<u64>),
    Node { at: u64, name: Name, path: Option<String> },
    Entry { outside: bool, key: String, value: String },
    Function { at: u64, name: Name },
    Other,
}

/// A walk over a model.
pub(super) struct Visit<'r, 'i> {
    report: &'r mut Report,
    input: Input<'i>,
    open: Vec<Open>,
    calls: Calls,
    /// What the open function calls.
    inside: BTreeSet<Name>,
    files: Files,
    /// Whether it is a model, and not a tensor alone.
    whole: bool,
    graphs: u64,
    tensors: u64,
    troubles: Troubles,
    edges: u32,
}

impl<'r, 'i> Visit<'r, 'i> {
    pub(super) fn new(input: Input<'i>, whole: bool, report: &'r mut Report) -> Self {
        Self {
            report,
            input,
            open: Vec::new(),
            calls: Calls::default(),
            inside: BTreeSet::new(),
            files: Files::default(),
            whole,
            graphs: 0,
            tensors: 0,
            troubles: Troubles::new(&BROKEN, &FIELD),
            edges: 0,
        }
    }

    /// Judges what can be judged at the end only.
    pub(super) fn finish(self) {
        if self.graphs == 0 && self.whole {
            self.report.find(&BROKEN, Malformed, 0, "there is no graph");
        }
        self.report.measure("tensors", self.tensors.to_string());
        self.calls.judge(self.report);
    }

    fn text(&mut self, field: &Field, text: &str) {
        match (self.open.last_mut(), field.name) {
            (Some(Open::Node { name, .. }), "op_type") => name.1 = brief(text),
            (Some(Open::Node { name, .. } | Open::Function { name, .. }), "domain") => {
                name.0 = brief(text);
            }
            (Some(Open::Node { name, .. } | Open::Function { name, .. }), "overload") => {
                name.2 = brief(text);
            }
            (Some(Open::Function { name, .. }), "name") => name.1 = brief(text),
            (Some(Open::Entry { key, .. }), "key") => text.clone_into(key),
            (Some(Open::Entry { value, .. }), "value") => text.clone_into(value),
            _ => {}
        }
    }

    fn tensor(&mut self, field: &Field, value: Value<'_>) {
        if let ("raw_data" | "string_data", Value::Bytes(start, length)) = (field.name, value) {
            let section = Section::new(self.input.bytes, start, length);
            let text = "the values of a tensor are a pickle with effects, or a program";
            hidden::probe(&section, &HIDDEN, start, text, self.report);
        }
        if let ("raw_data", Value::Bytes(_, length)) = (field.name, value) {
            self.report.payload(length);
        }
        let Some(Open::Tensor(tensor)) = self.open.last_mut() else { return };
        match (field.name, value) {
            ("dims", Value::Number(size)) => tensor.dimension(size),
            ("dims", Value::Packed(_)) => tensor.dimension(u64::MAX),
            ("data_type", Value::Number(kind)) => tensor.kind = kind,
            ("data_location", Value::Number(place)) => tensor.elsewhere = place == 1,
            ("raw_data", Value::Bytes(_, length)) => tensor.raw = Some(length),
            ("string_data", Value::Bytes(..)) => tensor.values = tensor.values.saturating_add(1),
            (_, Value::Fixed(count)) => tensor.values = tensor.values.saturating_add(count),
            (_, Value::Number(_)) if field.many => tensor.values = tensor.values.saturating_add(1),
            (_, Value::Packed(length)) => tensor.packed = tensor.packed.saturating_add(length),
            _ => {}
        }
    }

    /// Bytes that an operator is given: a path, a program, a pickle, or what it may be.
    fn bytes(&mut self, start: u64, length: u64) {
        let text = messages::look(self.input.bytes, start, length, &HIDDEN, self.report);
        let reaches = |text: &String| {
            let library = LIBRARIES.iter().any(|end| text.ends_with(end));
            let path = text.contains('/') && !text.contains(char::is_whitespace);
            library || path && outside::leaves(text).is_some()
        };
        let Some(text) = text.filter(reaches) else { return };
        let node = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Node { path, .. } => Some(path),
            _ => None,
        });
        if let Some(path) = node {
            *path = Some(text);
        }
    }

    fn entry(&mut self, outside: bool, key: &str, value: String) {
        if let Some(Open::Tensor(tensor)) = self.open.last_mut().filter(|_| outside) {
            if tensor.entries.len() < MAX_ENTRIES && value.len() <= MAX_ENTRY {
                tensor.entries.push((brief(key), value));
            } else {
                let text = "where a tensor is takes more words than any path";
                self.report.find(&BROKEN, Malformed, tensor.at, text);
            }
            return;
        }
        if self.open.is_empty() || matches!(self.open.as_slice(), [Open::Other]) {
            session::judge(key, &value, self.report);
        }
        Pickle::also(&SliceBytes(value.as_bytes()), self.report);
    }

    fn sparse(&mut self, at: u64, shape: &[u64]) {
        if elements(shape).is_none_or(|count| count > MAX_ELEMENTS << 2) {
            // It is made dense when it is loaded.
            let text = "a sparse tensor's shape is negative or impossibly large";
            self.report.find(&TENSOR, Malformed, at, text);
        }
    }
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        let open = match (message.name, field) {
            ("TensorProto", _) => Open::Tensor(Tensor { at, ..Tensor::default() }),
            ("SparseTensorProto", _) => Open::Sparse(at, Vec::new()),
            ("NodeProto", _) => Open::Node { at, name: Name::default(), path: None },
            ("StringStringEntryProto", "external_data" | "metadata_props") => Open::Entry {
                outside: field == "external_data",
                key: String::new(),
                value: String::new(),
            },
            ("FunctionProto", _) => {
                self.inside.clear();
                Open::Function { at, name: Name::default() }
            }
            _ => Open::Other,
        };
        if field == "graph" {
            self.graphs = self.graphs.saturating_add(1);
        }
        self.open.push(open);
    }

    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        match (message.name, value) {
            (_, Value::Text(text)) => self.text(field, text),
            ("TensorProto", _) => self.tensor(field, value),
            ("SparseTensorProto", Value::Number(size)) => match self.open.last_mut() {
                Some(Open::Sparse(_, shape)) if shape.len() < 64 => shape.push(size),
                _ => {}
            },
            ("AttributeProto", Value::Bytes(start, length)) => self.bytes(start, length),
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        let inside = self.open.iter().any(|open| matches!(open, Open::Function { .. }));
        match self.open.pop() {
            Some(Open::Tensor(tensor)) => {
                self.tensors = self.tensors.saturating_add(1);
                tensor.judge(self.report);
                if tensor.elsewhere || !tensor.entries.is_empty() {
                    self.files.judge(&tensor, self.input, self.report);
                }
            }
            Some(Open::Sparse(at, shape)) => self.sparse(at, &shape),
            Some(Open::Node { at, mut name, path }) => {
                if name.0 == "ai.onnx" {
                    name.0.clear();
                }
                self.calls.call(&name, at, path);
                if inside && self.edges < MAX_EDGES {
                    self.edges = self.edges.saturating_add(1);
                    self.inside.insert(name);
                } else if inside {
                    self.report.gap("the calls of functions", "there are more than are followed");
                }
            }
            Some(Open::Entry { outside, key, value }) => self.entry(outside, &key, value),
            Some(Open::Function { at, mut name }) => {
                if name.0 == "ai.onnx" {
                    name.0.clear();
                }
                let calls = std::mem::take(&mut self.inside);
                self.calls.function(&name, at, calls, self.report);
            }
            _ => {}
        }
    }

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        self.troubles.report(trouble, self.input.bytes, at, self.report);
    }
}
