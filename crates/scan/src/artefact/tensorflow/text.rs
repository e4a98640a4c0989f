//! Graphs as text: what they call is judged by its name, and the rest is not read.

use super::graph::Graph;
use crate::{
    artefact::{format::Look, report::Report},
    bytes::{ReadAt, read_up_to},
};

/// Bytes of a text that are read.
const MAX_TEXT: u64 = 16 << 20;
/// What a graph as text begins a part with.
const MARKS: &[&[u8]] = &[
    b"meta_graphs",
    b"graph_def",
    b"node {",
    b"node{",
    b"node_def",
    b"meta_info_def",
    b"saved_model_schema_version",
];

/// Whether a file is a graph as text.
pub(super) fn is_graph(look: &Look<'_>) -> bool {
    let holds = |mark: &&[u8]| memchr::memmem::find(look.head, mark).is_some();
    look.name() == "saved_model.pbtxt"
        || look.named(&["pbtxt", "pb.txt", "prototxt", "meta", "graphdef"])
            && look.is_text()
            && MARKS.iter().any(holds)
            && memchr::memmem::find(look.head, b"op").is_some()
}

/// Judges the operations that a text names.
pub(super) fn read(bytes: &dyn ReadAt, report: &mut Report) {
    report.gap("the graph", "it is text, of which only the names of operations are read");
    let mut text = vec![0; usize::try_from(bytes.size().min(MAX_TEXT)).unwrap_or(0)];
    let Ok(read) = read_up_to(bytes, 0, &mut text) else {
        report.unreadable(0);
        return;
    };
    text.truncate(read);
    let mut graph = Graph::default();
    for at in memchr::memmem::find_iter(&text, b"op") {
        let rest = text.get(at.saturating_add(2)..).unwrap_or_default();
        let rest = rest.trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b":") else { continue };
        if let Some(name) = quoted(rest.trim_ascii_start()) {
            graph.call(name, at as u64);
        }
    }
    graph.judge(report);
}

/// The text in quotes that stands at the beginning.
fn quoted(text: &[u8]) -> Option<&str> {
    let (quote, rest) = text.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = memchr::memchr(*quote, rest)?;
    std::str::from_utf8(rest.get(..end)?).ok()
}
