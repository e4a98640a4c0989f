use super::terms;
use crate::{
    graph::{Graph, Node, Via},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Private data passes unencrypted: who is on the way reads it, and changes it.
    "private-data-in-the-clear" in Disclosure;
    says: "who is on the way reads or changes private data that leaves {source}";
    likelihood: 2;
    atlas: ["AML.T0025"]; owasp: ["LLM02:2025"]; cwe: [319];
    checks: ["encryption-everywhere"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "personal", encrypted = false }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "personal", encrypted = true }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let facts: Vec<_> = graph
        .leaving(node)
        .filter(|edge| {
            edge.via == Via::Flow && edge.encrypted == Some(false) && terms::said_private(edge)
        })
        .map(|edge| edge.fact.clone())
        .collect();
    (!facts.is_empty()).then_some(facts)
}
