//! What is kept of a program while it is walked.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    operations::HARMLESS,
    rules::{BROKEN, DANGEROUS, FIELD, OPERATION},
};
use crate::{
    artefact::{format::Input, messages::Troubles, report::Report},
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, brief},
};

/// Different operations of one program.
const MAX_NAMES: usize = 8192;
/// Operations that run functions of the host, or read or write files.
#[rustfmt::skip]
const DANGEROUS_OPERATIONS: &[&str] = &[
    "py_func", "py_layer", "pylayer", "load", "load_combine", "save", "save_combine", "read_file", "listen_and_serv", "checkpoint_notify",
    "create_py_reader", "sparse_tensor_load", "save_selected_rows", "load_selected_rows", "lookup_sparse_table_init", "create_custom_reader",
    "create_recordio_file_reader", "open_files",
];

/// A walk over a program.
pub(super) struct Visit<'r, 'i> {
    report: &'r mut Report,
    input: Input<'i>,
    /// Operations, with the first place.
    called: BTreeMap<String, u64>,
    blocks: u64,
    full: bool,
    troubles: Troubles,
}

impl<'r, 'i> Visit<'r, 'i> {
    pub(super) fn new(input: Input<'i>, report: &'r mut Report) -> Self {
        Self {
            report,
            input,
            called: BTreeMap::new(),
            blocks: 0,
            full: false,
            troubles: Troubles::new(&BROKEN, &FIELD),
        }
    }

    /// Judges what can be judged at the end only.
    pub(super) fn finish(self) {
        if self.full {
            self.report.gap("the operations", "there are more different ones than are read");
        }
        if self.blocks == 0 {
            self.report.find(&BROKEN, Malformed, 0, "it has no block of operations");
        }
        self.report.measure("operations", self.called.len().to_string());
        for (name, at) in &self.called {
            let name = name.as_str();
            if DANGEROUS_OPERATIONS.contains(&name) {
                self.report.find(&DANGEROUS, Malicious, *at, name);
            } else if HARMLESS.binary_search(&name).is_err() && !is_gradient(name) {
                self.report.find(&OPERATION, Unknown, *at, name);
            }
        }
    }
}

/// Whether an operation computes the gradient of a known one.
fn is_gradient(name: &str) -> bool {
    let of = name.strip_suffix("_grad");
    of.is_some_and(|of| HARMLESS.binary_search(&of).is_ok())
}

impl Visitor for Visit<'_, '_> {
    fn enter(&mut self, message: &'static Schema, _: &'static str, _: u64) {
        self.blocks = self.blocks.saturating_add(u64::from(message.name == "BlockDesc"));
    }

    fn value(
        &mut self,
        message: &'static Schema,
        field: &'static Field,
        value: Value<'_>,
        at: u64,
    ) {
        let ("OpDesc", "type", Value::Text(name)) = (message.name, field.name, value) else {
            return;
        };
        let name = brief(name);
        if self.called.contains_key(&name) {
            return;
        }
        self.full |= self.called.len() >= MAX_NAMES;
        if !self.full {
            self.called.insert(name, at);
        }
    }

    fn leave(&mut self, _: &'static Schema) {}

    fn trouble(&mut self, trouble: Trouble, at: u64) {
        self.troubles.report(trouble, self.input.bytes, at, self.report);
    }
}
