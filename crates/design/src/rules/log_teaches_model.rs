use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// What was logged of people becomes what a model is made from, or is sent on. People were told that it
    /// is a log.
    "log-teaches-model" in Retention;
    says: "what people said to the system, kept in {source}, is learned by {sink}";
    likelihood: 2;
    atlas: ["AML.T0057"]; owasp: ["LLM02:2025", "LLM04:2025"]; cwe: [359];
    checks: ["logging-lawful", "feedback-sanitised", "datasets-documented"];
    shape: Shape::Path(PathShape { from, over: &[], along: terms::said_or_learned, until });
    fires: r#"[log.l]
class = "personal"
[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
[flow]
l = { from = "log.l", to = "dataset.d" }
"#;
    silent: r#"[log.l]
class = "personal"
[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Log(_) | Element::Memory(_)) && terms::holds_private(node)
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via.shapes() && matches!(graph.to(edge).element, Element::Model(..) | Element::Adapter(_))
}
