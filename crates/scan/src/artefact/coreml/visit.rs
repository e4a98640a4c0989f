//! What is kept of a model while it is walked.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    operations::HARMLESS,
    paths::leaves,
    rules::{BROKEN, CUSTOM, FIELD, LINKED, MISSING, OPERATION, OUTSIDE},
};
use crate::{
    artefact::{format::Input, messages::Troubles, registry::pickle::Pickle, report::Report},
    bytes::{Section, SliceBytes},
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, brief},
};

/// Different operations, and files, of one model.
const MAX_NAMES: usize = 4096;
/// What stands for the folder of the model.
const HERE: &str = "@model_path/";

/// A walk over a model.
pub(super) struct Visit<'r, 'i> {
    report: &'r mut Report,
    input: Input<'i>,
    /// Operations and files that were judged.
    seen: BTreeSet<String>,
    /// Fields that messages stand in, from the outside.
    fields: Vec<&'static str>,
    /// Whether it says what kind of model it is.
    kind: bool,
    troubles: Troubles,
}

impl<'r, 'i> Visit<'r, 'i> {
    pub(super) fn new(input: Input<'i>, report: &'r mut Report) -> Self {
        let (seen, fields) = (BTreeSet::new(), Vec::new());
        Self { report, input, seen, fields, kind: false, troubles: Troubles::new(&BROKEN, &FIELD) }
    }

    /// Judges what can be judged at the end only.
    pub(super) fn finish(self) {
        if !self.kind {
            self.report.find(&BROKEN, Malformed, 0, "it says no kind of model");
        }
    }

    /// Whether a name comes up for the first time.
    fn first(&mut self, name: &str) -> bool {
        if self.seen.len() >= MAX_NAMES {
            self.report.gap("the operations and files", "there are more than are read");
            return false;
        }
        self.seen.insert(brief(name))
    }

    fn operation(&mut self, name: &str, at: u64) {
        if HARMLESS.binary_search(&name).is_err() && self.first(name) {
            self.report.find(&OPERATION, Unknown, at, name);
        }
    }

    /// A file that holds a program's constants.
    fn file(&mut self, path: &str, at: u64) {
        if !self.first(path) {
            return;
        }
        let Some(below) = path.strip_prefix(HERE) else {
            self.report.find(&OUTSIDE, Malicious, at, path);
            return;
        };
        if let Some(why) = leaves(below) {
            self.report.find(&OUTSIDE, Malicious, at, &format!("{path}: {why}"));
            return;
        }
        match self.input.beside.open(below) {
            Some(bytes) => {
                self.report.within(below, |report| Pickle::also(&*bytes, report));
            }
            None if self.input.beside.names().is_empty() => {
                self.report.gap(below, "constants are in this file, which was not given");
            }
            None => {
                let text = format!("{below} is missing, or is reached through a link");
                self.report.find(&MISSING, Unknown, at, &text);
            }
        }
    }

    /// The name or the search path of another model.
    fn linked(&mut self, path: &str, at: u64) {
        let (rule, verdict) = match leaves(path) {
            Some(_) => (&OUTSIDE, Malicious),
            None => (&LINKED, Unknown),
        };
        self.report.find(rule, verdict, at, path);
    }
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        match (message.name, field) {
            ("CustomLayerParams" | "CustomModel", _) => {
                let text = format!("a {field} is made by the program that loads it");
                self.report.find(&CUSTOM, Unknown, at, &text);
            }
            ("LinkedModel", _) => self.report.find(&LINKED, Unknown, at, "a linked model"),
            ("SerializedModel", _) => {
                self.report.gap("a model in a form of its own", "it is not read");
            }
            _ => {}
        }
        let known = !matches!(field, "" | "description");
        self.kind |= self.fields.len() == 1 && known;
        self.fields.push(field);
    }

    fn value(
        &mut self,
        message: &'static Schema,
        field: &'static Field,
        value: Value<'_>,
        at: u64,
    ) {
        match (message.name, field.name, value) {
            ("Operation", "type", Value::Text(name)) => self.operation(name, at),
            ("Value.BlobFileValue", "fileName", Value::Text(path)) => self.file(path, at),
            ("StringParameter", _, Value::Text(path))
                if self.fields.iter().any(|field| field.starts_with("linkedModel")) =>
            {
                self.linked(path, at);
            }
            ("Metadata.UserDefinedEntry", "value", Value::Text(text)) => {
                Pickle::also(&SliceBytes(text.as_bytes()), self.report);
            }
            (_, "modelParameterData", Value::Bytes(start, length)) => {
                Pickle::also(&Section::new(self.input.bytes, start, length), self.report);
                self.report.gap("parameters in a form of Apple's own", "they are not read");
            }
            (_, "bytesValue", Value::Bytes(start, length)) => {
                Pickle::also(&Section::new(self.input.bytes, start, length), self.report);
            }
            (_, _, Value::Bytes(_, length)) => self.report.payload(length),
            _ => {}
        }
    }

    fn leave(&mut self, _: &'static Schema) {
        self.fields.pop();
    }

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        self.troubles.report(trouble, self.input.bytes, at, self.report);
    }
}
