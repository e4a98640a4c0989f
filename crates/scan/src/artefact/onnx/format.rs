//! The format.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    rules::RULES,
    schema::{MODEL_PROTO, TENSOR_PROTO},
    sizes,
    visit::Visit,
};
use crate::{
    artefact::{
        archive,
        format::{Format, Input, Look},
        nested::{Member, nested},
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::ReadAt,
    container::protobuf::{begins_as, walk},
};

/// Fields of a model that are looked at to recognise it without its suffix.
const LOOK: u32 = 12;

/// A model.
pub(crate) struct Onnx;

impl Format for Onnx {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "onnx"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Onnx)
    }

    /// There is no magic number: a binary file of this suffix, or one that begins as a model with a graph.
    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(&["onnx"]) {
            let pickle = matches!(look.head, [0x80, 2..=5, ..]);
            return !pickle && !look.is_text();
        }
        !look.is_text() && is_model(look.head, look.bytes)
            || look.named(&["pb"]) && is_tensor(look.head, look.bytes)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut head = [0; 4];
        let _read = input.bytes.read_at(0, &mut head);
        if &head == b"PK\x03\x04" {
            package(input.bytes, report);
            return;
        }
        let tensor = !input.path.ends_with("onnx") && is_tensor(&head, input.bytes);
        let root = if tensor { &TENSOR_PROTO } else { &MODEL_PROTO };
        let mut visit = Visit::new(input, !tensor, report);
        walk(input.bytes, root, &mut visit);
        visit.finish();
        if !tensor {
            sizes::read(input, report);
        }
        // A loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether a file begins as a model: a version, and a graph or the sets of operators among the first fields.
fn is_model(head: &[u8], bytes: &dyn ReadAt) -> bool {
    if !matches!(head, [8, 1..=32, ..] | [0x3a | 0x42, ..]) {
        return false;
    }
    let found = begins_as(bytes, &MODEL_PROTO, LOOK);
    let holds = |name: &str| found.iter().any(|field| field.name == name);
    holds("graph") && (holds("opset_import") || holds("producer_name"))
}

/// Whether a file is a tensor alone, as test data has them.
fn is_tensor(head: &[u8], bytes: &dyn ReadAt) -> bool {
    if !matches!(head, [8 | 16, ..]) {
        return false;
    }
    let found = begins_as(bytes, &TENSOR_PROTO, LOOK);
    found.iter().any(|field| field.name == "data_type")
        && found.iter().any(|field| field.name.ends_with("_data"))
}

/// An archive under a model's name.
fn package(bytes: &dyn ReadAt, report: &mut Report) {
    report.gap("the archive", "a model is no archive, and loaders of models do not read it");
    let archive = archive::open(bytes, report);
    for member in archive.members.iter().filter(|member| !member.is_folder()) {
        let Some(content) = archive::content(bytes, member, report) else { continue };
        if nested(&member.name, &member.name, content.bytes(), report) == Member::Unknown {
            report.gap(&member.name, "it is of no format that is known");
        }
    }
}
