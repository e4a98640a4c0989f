use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// The descriptions of the tools of an MCP server, and what they answer, are read by the model that may
    /// call them.
    "tool-description-steers-model" in IndirectInjection;
    says: "descriptions or answers of the tools of {source} carry orders that {sink} follows";
    likelihood: 3;
    atlas: ["AML.T0110", "AML.T0051.001"]; owasp: ["LLM01:2025", "LLM03:2025", "ASI04:2026"]; cwe: [1427, 829];
    checks: ["tools-pinned", "tool-allow-list-enforced", "guard-effective"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[model.m]
location = "api:a/b"
[mcp.x]
location = "https://mcp.example.org"
[tool.t]
effect = "read"
mcp = "mcp.x"
[agent.a]
model = "model.m"
tools = ["tool.t"]
"#;
    silent: r#"[model.m]
location = "api:a/b"
[mcp.x]
location = "https://mcp.example.org"
[tool.t]
effect = "read"
[agent.a]
model = "model.m"
tools = ["tool.t"]
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Mcp(_))
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Provides || terms::content(graph, start, edge)
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).follows_instructions() && terms::content(graph, start, edge)
}
