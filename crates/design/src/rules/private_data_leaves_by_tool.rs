use coseal_core::system::Effect;

use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model reads private data and calls a tool that reaches outside. A mistake, or a stranger who
    /// steers it, sends the data away.
    "private-data-leaves-by-tool" in Disclosure;
    says: "what {source} holds leaves through {sink}";
    likelihood: 2;
    atlas: ["AML.T0086", "AML.T0057"]; owasp: ["LLM02:2025", "LLM06:2025", "ASI02:2026"]; cwe: [200, 441];
    checks: ["outbound-data-within-limits", "high-impact-actions-approved", "tool-allow-list-enforced"];
    shape: Shape::Path(PathShape { from, over: &[terms::language], along, until });
    fires: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "external"
[store.s]
kind = "vector"
class = "personal"
[flow]
c = { from = "store.s", to = "model.m" }
d = { from = "model.m", to = "tool.t" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "write"
[store.s]
kind = "vector"
class = "personal"
[flow]
c = { from = "store.s", to = "model.m" }
d = { from = "model.m", to = "tool.t" }
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    terms::holds_private(node)
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::content(graph, start, edge) && terms::private(edge)
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Tool(tool) if tool.effect == Effect::External)
        && graph.from(edge).follows_instructions()
        && !terms::beside(graph, start, graph.to(edge))
}
