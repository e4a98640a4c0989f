use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// One agent takes another at its word: what the first was talked into, the second carries out with its
    /// own rights.
    "agent-steers-agent" in ExcessiveAgency;
    says: "{sink} does what {source} was talked into";
    likelihood: 2;
    atlas: ["AML.T0053", "AML.T0108"]; owasp: ["ASI07:2026", "ASI08:2026", "LLM06:2025"]; cwe: [441];
    checks: ["tool-allow-list-enforced", "high-impact-actions-approved", "requests-traced"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[model.m]
location = "api:a/b"
[agent.a]
model = "model.m"
[agent.b]
model = "model.m"
[flow]
c = { from = "agent.a", to = "agent.b" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[agent.a]
model = "model.m"
[agent.b]
model = "model.m"
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Agent(_))
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::content(graph, start, edge) && !matches!(edge.via, Via::Asks | Via::Decides)
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Agent(_)) && graph.to(edge).id != start.id
}
