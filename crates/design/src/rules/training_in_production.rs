use coseal_core::system::Purpose;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What makes models runs where users are served, or nothing says where it runs. Whoever breaks into
    /// one has the other.
    "training-in-production" in Separation;
    says: "whoever takes over {sink} changes what is in use, and whoever takes over what is in use changes what is learned";
    likelihood: 2;
    atlas: ["AML.T0018", "AML.T0012"]; owasp: ["LLM03:2025", "LLM04:2025"]; cwe: [653];
    checks: ["environments-separated", "pipelines-access-controlled"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[pipeline.t]
"#;
    silent: r#"environments = ["training"]
[environment.training]
purpose = "training"
[pipeline.t]
environment = "training"
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Pipeline(pipeline) = node.element else {
        return None;
    };
    let apart = pipeline
        .environment
        .as_ref()
        .and_then(|id| graph.system.environment.get(id))
        .is_some_and(|environment| environment.purpose != Purpose::Production);
    terms::fact(node, "environment", !apart)
}
