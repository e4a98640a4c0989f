use super::terms;
use crate::{
    graph::{Element, Graph, Node, Via},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What a model is made from lies where it can be changed, and no digest says what it was.
    "training-data-unguarded" in TrainingPoisoning;
    says: "whoever can write where {source} lies changes what is learned from it, unseen";
    likelihood: 2;
    atlas: ["AML.T0020", "AML.T0059"]; owasp: ["LLM04:2025", "ML02:2023"]; cwe: [353, 1039];
    checks: ["assets-registered", "assets-unchanged", "pipelines-access-controlled"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
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
digest = "sha256:5b9048f019d53015e913b579376af02e449668511ca9ad54d75afb32eee45afd"
[model.p]
location = "path:m.onnx"
format = "onnx"
provenance = "own"
made-from = ["dataset.d"]
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Dataset(dataset) = node.element else {
        return None;
    };
    let made = graph.leaving(node).any(|edge| edge.via == Via::Makes);
    terms::fact(node, "location", made && dataset.digest.is_none() && !dataset.location.is_pinned())
}
