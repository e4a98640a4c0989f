use super::terms;
use crate::{
    graph::{Edge, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model that was taken over writes what the next one reads: orders pass on from model to model, or
    /// from agent to agent.
    "model-steers-model" in IndirectInjection;
    says: "orders of {source} pass from one model to {sink}";
    likelihood: 2;
    atlas: ["AML.T0051.001", "AML.T0061"]; owasp: ["LLM01:2025", "ASI07:2026", "ASI08:2026"]; cwe: [1427];
    checks: ["inputs-screened", "output-validated", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[model.n]
location = "api:a/c"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
b = { from = "model.m", to = "model.n" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[model.n]
location = "api:a/c"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
b = { from = "model.n", to = "model.m" }
"#;
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::to_language(graph, start, edge)
        && graph.from(edge).follows_instructions()
        && edge.via == Via::Flow
}
