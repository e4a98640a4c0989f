use super::terms;
use crate::{
    graph::{Edge, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// What a model puts out comes back as what it is made from. Errors and planted answers grow from round
    /// to round.
    "model-learns-from-itself" in TrainingPoisoning;
    says: "what {source} puts out comes back into what {sink} is made from";
    likelihood: 1;
    atlas: ["AML.T0031", "AML.T0059"]; owasp: ["LLM04:2025"]; cwe: [1039];
    checks: ["drift-monitored", "feedback-sanitised", "data-clean"];
    shape: Shape::Path(PathShape { from: terms::model, over: &[], along: terms::said_or_learned, until });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
[flow]
b = { from = "model.p", to = "dataset.d" }
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
[flow]
b = { from = "dataset.d", to = "staff" }
"#;
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via.shapes() && graph.to(edge).id == start.id
}
