use coseal_core::system::DataClass;

use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Passwords or keys are in what a model reads. What a model reads it can be made to say.
    "secret-reaches-model" in Disclosure;
    says: "a secret that {sink} reads is said to somebody else";
    likelihood: 3;
    atlas: ["AML.T0082", "AML.T0057", "AML.T0083"]; owasp: ["LLM02:2025", "LLM07:2025"]; cwe: [522, 200];
    checks: ["no-secrets-in-assets", "outbound-data-within-limits"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "secret" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "sensitive" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    if !node.follows_instructions() {
        return None;
    }
    let facts: Vec<_> = graph
        .arriving(node)
        .filter(|edge| {
            edge.class == Some(DataClass::Secret)
                || graph.from(edge).class() == Some(DataClass::Secret)
        })
        .map(|edge| edge.fact.clone())
        .collect();
    (!facts.is_empty()).then_some(facts)
}
