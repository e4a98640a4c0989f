use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Private data is sent to a model that somebody else runs: it is read, kept or learned from under
    /// their rules.
    "private-data-goes-to-supplier" in Disclosure;
    says: "private data that is sent to {sink} stays with its supplier";
    likelihood: 2;
    atlas: ["AML.T0057", "AML.T0036"]; owasp: ["LLM02:2025"]; cwe: [359, 200];
    checks: ["outbound-data-within-limits", "model-behind-gateway", "logging-lawful"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "personal" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "internal" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    if !(node.is_model() && node.is_hosted_elsewhere()) {
        return None;
    }
    let facts: Vec<_> = graph
        .arriving(node)
        .filter(|edge| terms::said_private(edge))
        .map(|edge| edge.fact.clone())
        .collect();
    (!facts.is_empty()).then_some(facts)
}
