use coseal_core::system::Purpose;

use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// The environment that serves users has an identity or a key in common with another. The weaker one
    /// opens the stronger.
    "environments-share-keys" in Separation;
    says: "whoever takes over another environment enters {sink} with the same key";
    likelihood: 2;
    atlas: ["AML.T0012", "AML.T0091"]; owasp: ["LLM03:2025"]; cwe: [653, 1392];
    checks: ["environments-separated"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"environments = ["staging", "production"]
[environment.staging]
purpose = "staging"
keys = ["k"]
[environment.production]
purpose = "production"
keys = ["k"]
"#;
    silent: r#"environments = ["staging", "production"]
[environment.staging]
purpose = "staging"
keys = ["j"]
[environment.production]
purpose = "production"
keys = ["k"]
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Environment(environment) = node.element else {
        return None;
    };
    if environment.purpose != Purpose::Production {
        return None;
    }
    let others =
        graph.system.environment.values().filter(|other| other.purpose != Purpose::Production);
    let shared: Vec<_> = others
        .filter(|other| {
            !other.identities.is_disjoint(&environment.identities)
                || !other.keys.is_disjoint(&environment.keys)
        })
        .collect();
    (!shared.is_empty())
        .then(|| vec![format!("{}.identities", node.id), format!("{}.keys", node.id)])
}
