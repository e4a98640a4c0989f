use coseal_core::system::Impact;

use super::terms;
use crate::{
    graph::{Actor, Edge, Element, Graph, ModelRole, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People act on what a model says, and much depends on it. A model is wrong in the same tone in which
    /// it is right.
    "wrong-answer-acted-on" in Reliance;
    says: "{sink} acts on an answer of {source} that is wrong";
    likelihood: 2;
    atlas: ["AML.T0048.003", "AML.T0062"]; owasp: ["LLM09:2025", "ASI09:2026"]; cwe: [1426];
    checks: ["limitations-documented", "user-guide-current", "quality-probes-hold", "ai-disclosed-to-users"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "model.k", to = "staff" }
"#;
    silent: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "staff", to = "model.k" }
"#;
}

fn from(graph: &Graph<'_>, node: &Node<'_>) -> bool {
    node.is_model()
        && graph.about().impact >= Impact::High
        && !matches!(node.element, Element::Model(_, ModelRole::Embedding))
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::content(graph, start, edge)
        && (graph.from(edge).id == start.id
            || matches!(graph.from(edge).element, Element::Actor(_)))
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).actor().is_some_and(|actor| actor.is_outside_code() && actor != Actor::Supplier)
}
