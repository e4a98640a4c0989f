use super::terms;
use crate::{
    graph::{Edge, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model reads content that somebody outside of the organisation could put where it looks: a passage,
    /// a ticket, a remembered turn, a row. Orders in it act when another person asks.
    "stored-content-steers-model" in IndirectInjection;
    says: "orders that {source} hides in stored content make {sink} act for them";
    likelihood: 3;
    atlas: ["AML.T0051.001", "AML.T0066", "AML.T0070"]; owasp: ["LLM01:2025", "LLM08:2025", "ASI01:2026", "ASI06:2026"]; cwe: [1427];
    checks: ["inputs-screened", "input-detectors-work", "guard-effective", "release-gate-passed"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::lookup], along, until: terms::to_language });
    fires: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["partners"]
[flow]
c = { from = "store.s", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["developers"]
[flow]
c = { from = "store.s", to = "model.m" }
"#;
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::content(graph, start, edge) && !graph.from(edge).follows_instructions()
}
