use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// People outside can talk to a model that works by instructions of ours. They can have it repeat them.
    "instructions-drawn-out" in Extraction;
    says: "somebody has a model repeat {sink}";
    likelihood: 2;
    atlas: ["AML.T0056", "AML.T0069.002"]; owasp: ["LLM07:2025"]; cwe: [200];
    checks: ["output-validated", "release-gate-passed"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[prompt.p]
location = "path:p.md"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[prompt.p]
location = "path:p.md"
[flow]
a = { from = "staff", to = "model.m" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    if !matches!(node.element, Element::Prompt(_)) {
        return None;
    }
    let spoken = graph
        .nodes
        .iter()
        .any(|model| model.follows_instructions() && graph.arriving(model).next().is_some());
    let asked = graph
        .nodes
        .iter()
        .any(|actor| terms::caller(graph, actor) && graph.leaving(actor).next().is_some());
    terms::fact(node, "location", spoken && asked)
}
