use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model is made from data of somebody else, or of nobody knows whom. What was planted in it is
    /// learned.
    "delivered-data-poisons-training" in TrainingPoisoning;
    says: "what was planted in {source} is learned by {sink}";
    likelihood: 2;
    atlas: ["AML.T0019", "AML.T0010.002", "AML.T0020"]; owasp: ["LLM04:2025", "LLM03:2025", "ML02:2023"]; cwe: [1039, 1357];
    checks: ["datasets-documented", "data-clean", "published-hashes-verify"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
provenance = "third-party"
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
provenance = "own"
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Dataset(_)) && terms::of_others(node)
}

fn along(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via.shapes()
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Makes
        && matches!(graph.to(edge).element, Element::Model(..) | Element::Adapter(_))
}
