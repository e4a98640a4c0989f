use super::terms;
use crate::{
    graph::{Edge, Element, Graph, ModelRole, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People outside can ask a model of ours as often as they like, and train a copy on its answers.
    "answers-copy-model" in Extraction;
    says: "{source} asks {sink} until a copy of it can be trained";
    likelihood: 2;
    atlas: ["AML.T0024.002", "AML.T0005.001"]; owasp: ["LLM10:2025", "ML05:2023"]; cwe: [200];
    checks: ["extraction-detected", "quotas-enforced", "confidence-fields-hidden"];
    shape: Shape::Path(PathShape { from: terms::caller, over: &[], along: terms::straight, until });
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

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).is_model()
        && terms::own_bytes(graph.to(edge))
        && !matches!(graph.to(edge).element, Element::Model(_, ModelRole::Embedding))
        && terms::is_exposed(graph)
}
