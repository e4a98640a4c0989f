use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People outside of the organisation can put rows into what a model is made from. Some hundred chosen
    /// rows are enough to plant a trigger or to shift a boundary.
    "writer-poisons-training" in TrainingPoisoning;
    says: "what {source} puts into training data changes how {sink} decides";
    likelihood: 2;
    atlas: ["AML.T0020", "AML.T0018.000", "AML.T0043.004"]; owasp: ["LLM04:2025", "ML02:2023"]; cwe: [1039];
    checks: ["data-clean", "feedback-sanitised", "datasets-documented"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[], along: terms::said_or_learned, until });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
writers = ["users"]
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
writers = ["developers"]
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via.shapes() && matches!(graph.to(edge).element, Element::Model(..) | Element::Adapter(_))
}
