use super::terms;
use crate::{
    graph::{Edge, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People outside choose what a model judges, and gain by its being wrong. Small changes that mean
    /// nothing to people change its answer.
    "inputs-evade-model" in Evasion;
    says: "{source} shapes what is judged so that {sink} is wrong";
    likelihood: 2;
    atlas: ["AML.T0015", "AML.T0043", "AML.T0043.003"]; owasp: ["ML01:2023"]; cwe: [693, 1039];
    checks: ["release-gate-passed", "quality-probes-hold", "drift-monitored"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[], along: terms::content, until });
    fires: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "user", to = "model.k" }
"#;
    silent: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "staff", to = "model.k" }
"#;
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::predictor(graph, graph.to(edge)) && terms::content(graph, start, edge)
}
