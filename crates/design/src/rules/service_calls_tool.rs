use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// What a service outside answers reaches a model that calls a tool which changes something.
    "service-calls-tool" in ExcessiveAgency;
    says: "an answer of {source} makes a model use {sink}";
    likelihood: 2;
    atlas: ["AML.T0053", "AML.T0099"]; owasp: ["LLM06:2025", "ASI02:2026"]; cwe: [441];
    checks: ["high-impact-actions-approved", "tool-allow-list-enforced", "guard-effective"];
    shape: Shape::Path(PathShape { from, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "irreversible"
[service.w]
location = "https://example.org"
[flow]
c = { from = "service.w", to = "model.m" }
d = { from = "model.m", to = "tool.t" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "irreversible"
[service.w]
location = "https://example.org"
[flow]
d = { from = "model.m", to = "tool.t" }
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Service(_))
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::to_acting_tool(graph, start, edge) && !terms::beside(graph, start, graph.to(edge))
}
