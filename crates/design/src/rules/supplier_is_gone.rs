use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A model is behind an API of somebody else, and nothing takes its place when it is down, dear or
    /// withdrawn.
    "supplier-is-gone" in Exhaustion;
    says: "the supplier of {sink} is down or withdraws it, and nothing takes its place";
    likelihood: 2;
    atlas: ["AML.T0029"]; owasp: ["LLM03:2025", "LLM10:2025"]; cwe: [1357];
    checks: ["supplier-fallback-ready", "model-not-end-of-life"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
"#;
    silent: r#"[model.m]
location = "api:a/b"
fallback = "model.n"
[model.n]
location = "path:n.gguf"
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Model(model, _) = node.element else {
        return None;
    };
    let relief = graph
        .system
        .model
        .values()
        .any(|other| other.fallback.as_deref() == Some(node.id.as_str()));
    terms::fact(node, "fallback", node.is_hosted_elsewhere() && model.fallback.is_none() && !relief)
}
