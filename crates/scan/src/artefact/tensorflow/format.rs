//! The format: which of TensorFlow's messages a file is.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    rules::RULES,
    schema::{FINGERPRINT_DEF, GRAPH_DEF, META_GRAPH_DEF, NODE_DEF, SAVED_METADATA, SAVED_MODEL},
    sizes, text,
    visit::Visit,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        inspect::sniff_len,
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::{Alone, ReadAt, Section, read_up_to},
    container::protobuf::{
        Found,
        Kind::{Number, Text},
        Schema, begins_as, many, message, one, walk,
    },
};

/// Fields that are looked at to recognise a file.
const LOOK: u32 = 8;

/// What TensorFlow Hub keeps beside a model: `ModuleDef` of `tensorflow_hub/module_def.proto`.
static MODULE: Schema =
    message("ModuleDef", &[one(1, "format", Number), many(2, "required_features", Text)]);

/// What a file is.
#[derive(Clone, Copy)]
enum Kind {
    SavedModel,
    MetaGraph,
    Graph,
    Metadata,
    Fingerprint,
    Module,
    Text,
}

/// A model, or a part of one.
pub(crate) struct TensorFlow;

impl Format for TensorFlow {
    fn id(&self, look: &Look<'_>) -> &'static str {
        match kind(look) {
            Some(Kind::MetaGraph) => "tensorflow-meta-graph",
            Some(Kind::Graph) => "tensorflow-graph",
            Some(Kind::Metadata) => "tensorflow-keras-metadata",
            Some(Kind::Fingerprint) => "tensorflow-fingerprint",
            Some(Kind::Module) => "tensorflow-hub-module",
            Some(Kind::Text) => "tensorflow-text",
            Some(Kind::SavedModel) | None => "tensorflow-saved-model",
        }
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Tensorflow)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        kind(look).is_some()
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut head = vec![0; sniff_len()];
        let Ok(read) = read_up_to(input.bytes, 0, &mut head) else {
            report.unreadable(0);
            return;
        };
        head.truncate(read);
        let root: &'static Schema = match kind(&Look::new(input.path, &head, input.bytes)) {
            Some(Kind::SavedModel) | None => &SAVED_MODEL,
            Some(Kind::MetaGraph) => &META_GRAPH_DEF,
            Some(Kind::Graph) => &GRAPH_DEF,
            Some(Kind::Metadata) => &SAVED_METADATA,
            Some(Kind::Fingerprint) => &FINGERPRINT_DEF,
            Some(Kind::Module) => &MODULE,
            Some(Kind::Text) => return text::read(input.bytes, report),
        };
        let mut visit = Visit::new(input, report);
        walk(input.bytes, root, &mut visit);
        visit.finish();
        sizes::read(input.bytes, root, report);
        // A loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Reads a node that stands alone, and gives its operation.
pub(crate) fn node(bytes: &dyn ReadAt, report: &mut Report) -> Option<String> {
    let mut visit = Visit::new(Input { path: "", bytes, beside: &Alone, archive: None }, report);
    walk(bytes, &NODE_DEF, &mut visit);
    visit.finish_node()
}

/// What a file is, by names that loaders look for, and by its content.
fn kind(look: &Look<'_>) -> Option<Kind> {
    let named = match look.name() {
        "saved_model.pb" => Some(Kind::SavedModel),
        "keras_metadata.pb" => Some(Kind::Metadata),
        "fingerprint.pb" => Some(Kind::Fingerprint),
        "tfhub_module.pb" => Some(Kind::Module),
        _ => None,
    };
    if named.is_some() {
        return named;
    }
    if text::is_graph(look) {
        return Some(Kind::Text);
    }
    match look.head {
        [8, 1, 0x12, ..] | [0x12, ..] if begins_saved(look) => Some(Kind::SavedModel),
        [b'\n', ..] if !look.is_text() => graph(look.bytes),
        [0x12 | 0x22, ..] if look.named(&["pb", "graphdef", "meta"]) => graph(look.bytes),
        _ => None,
    }
}

/// Whether a file begins as a saved model, whichever of its two fields is first.
fn begins_saved(look: &Look<'_>) -> bool {
    let found = begins_as(look.bytes, &SAVED_MODEL, LOOK);
    let both = holds(&found, "meta_graphs") && holds(&found, "saved_model_schema_version");
    both && !look.is_text()
}

/// Which kind of graph a file is, if it is one.
fn graph(bytes: &dyn ReadAt) -> Option<Kind> {
    let meta = begins_as(bytes, &META_GRAPH_DEF, LOOK);
    // What is behind the first node is for the walk to judge.
    let bare = begins_as(bytes, &GRAPH_DEF, 1);
    let node = bare.iter().find(|field| field.name == "node");
    let node = node.map(|node| {
        let first = begins_as(&Section::new(bytes, node.start, node.length), &NODE_DEF, LOOK);
        let named = |name: &str| {
            first.iter().any(|field| field.name == name && is_name(bytes, node, field))
        };
        named("name") && named("op")
    });
    match node {
        Some(true) => Some(Kind::Graph),
        _ if holds(&meta, "graph_def") => Some(Kind::MetaGraph),
        None if holds(&bare, "library") => Some(Kind::Graph),
        _ => None,
    }
}

/// Whether a field of a message at `node` is text as names are.
fn is_name(bytes: &dyn ReadAt, node: &Found, field: &Found) -> bool {
    let mut held = [0; 64];
    let length = usize::try_from(field.length).unwrap_or(64).min(64);
    let Some(part) = held.get_mut(..length) else { return false };
    let start = node.start.saturating_add(field.start);
    read_up_to(bytes, start, part).is_ok() && !part.iter().any(u8::is_ascii_control)
}

fn holds(found: &[Found], name: &str) -> bool {
    found.iter().any(|field| field.name == name)
}
