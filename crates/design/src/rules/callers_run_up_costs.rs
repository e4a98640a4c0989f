use super::terms;
use crate::{
    graph::{Edge, Element, Graph, ModelRole, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People outside decide how often a model answers and how long its answers are. Every answer costs, or
    /// takes a machine that others wait for.
    "callers-run-up-costs" in Exhaustion;
    says: "{source} has {sink} answer until money or machines run out";
    likelihood: 2;
    atlas: ["AML.T0034", "AML.T0029", "AML.T0034.001"]; owasp: ["LLM10:2025"]; cwe: [400, 770];
    checks: ["quotas-enforced", "alerts-reach-people"];
    shape: Shape::Path(PathShape { from: terms::caller, over: &[], along: terms::straight, until });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "staff", to = "app" }
a = { from = "app", to = "model.m" }
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Model(_, role) if role != ModelRole::Embedding)
}
