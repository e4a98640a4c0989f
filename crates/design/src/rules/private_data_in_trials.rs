use coseal_core::system::Purpose;

use super::terms;
use crate::{
    graph::{Graph, Node, Via},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Private data is used where the system is tried out. Such places are open to more people, and less is
    /// logged.
    "private-data-in-trials" in Separation;
    says: "private data of {source} is used where the system is tried out, and more people see it";
    likelihood: 2;
    atlas: ["AML.T0036"]; owasp: ["LLM02:2025"]; cwe: [1244];
    checks: ["environments-separated", "datasets-documented"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"environments = ["staging", "production"]
[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "personal", environments = ["staging"] }
"#;
    silent: r#"environments = ["staging", "production"]
[model.m]
location = "api:a/b"
[flow]
a = { from = "app", to = "model.m", class = "personal" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let production =
        |id: &String| {
            graph.system.environment.get(id).map_or(id == "production", |environment| {
                environment.purpose == Purpose::Production
            })
        };
    let facts: Vec<_> = graph
        .leaving(node)
        .filter(|edge| {
            edge.via == Via::Flow && (terms::said_private(edge) || terms::holds_private(node))
        })
        .filter(|edge| {
            edge.fact.strip_prefix("flow.").and_then(|id| graph.system.flow.get(id)).is_some_and(
                |flow| !flow.environments.is_empty() && !flow.environments.iter().any(production),
            )
        })
        .map(|edge| edge.fact.clone())
        .collect();
    (!facts.is_empty()).then_some(facts)
}
