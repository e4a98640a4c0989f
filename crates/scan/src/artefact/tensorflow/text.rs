//! Graphs as text: what they call is judged by its name, and the rest is not read.

use super::graph::Graph;
use crate::{
    artefact::{format::Look, report::Report},
    bytes::{ReadAt, read_up_to},
};

/// Bytes of a text that are read.
const MAX_TEXT: u64 = 16 << 20;
/// What a model as text begins a part with, and nothing else.
const MARKS: &[&[u8]] = &[b"meta_graphs", b"meta_info_def", b"saved_model_schema_version"];
/// What others begin a part with, too: graphs of other libraries have no operations.
const SHARED: &[&[u8]] = &[b"graph_def", b"node {", b"node{", b"node_def"];

/// Whether a file is a graph as text.
pub(super) fn is_graph(look: &Look<'_>) -> bool {
    let holds = |mark: &&[u8]| memchr::memmem::find(look.head, mark).is_some();
    look.name() == "saved_model.pbtxt"
        || look.named(&["pbtxt", "pb.txt", "prototxt", "meta", "graphdef"])
            && look.is_text()
            && (MARKS.iter().any(holds)
                || SHARED.iter().any(holds) && operations(look.head).next().is_some())
}

/// The operations that a text names, and where.
fn operations(text: &[u8]) -> impl Iterator<Item = (usize, &str)> {
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    memchr::memmem::find_iter(text, b"op").filter_map(move |at| {
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        let rest = text.get(at.saturating_add(2)..)?.trim_ascii_start().strip_prefix(b":")?;
        let name = quoted(rest.trim_ascii_start())?;
        (!before.is_some_and(inner)).then_some((at, name))
    })
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
    for (at, name) in operations(&text) {
        graph.call(name, at as u64);
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
