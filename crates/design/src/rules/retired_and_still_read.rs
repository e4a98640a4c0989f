use super::terms;
use crate::{
    graph::{Element, Graph, Node, Via},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Something was taken out of use, and flows still name it.
    "retired-and-still-read" in Retention;
    says: "{sink} was taken out of use, and still answers or is still learned from";
    likelihood: 1;
    atlas: ["AML.T0007"]; owasp: ["LLM03:2025"]; cwe: [459];
    checks: ["assets-retired-safely"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[store.s]
kind = "vector"
retired = "2026-01-01"
[model.m]
location = "api:a/b"
[flow]
c = { from = "store.s", to = "model.m" }
"#;
    silent: r#"[store.s]
kind = "vector"
[model.m]
location = "api:a/b"
[flow]
c = { from = "store.s", to = "model.m" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let retired = match node.element {
        Element::Model(model, _) => model.retired,
        Element::Dataset(dataset) => dataset.retired,
        Element::Store(store) => store.retired,
        _ => None,
    };
    let used = graph
        .leaving(node)
        .chain(graph.arriving(node))
        .any(|edge| edge.via != Via::Supplies && edge.via != Via::Builds);
    terms::fact(node, "retired", used && retired.is_some())
}
