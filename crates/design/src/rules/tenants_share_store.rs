use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Content of several customers is in one store. A question of one finds passages of another, unless
    /// every look-up is held to its owner.
    "tenants-share-store" in Isolation;
    says: "a question of one customer finds what another put into {sink}";
    likelihood: 2;
    atlas: ["AML.T0085.000", "AML.T0057"]; owasp: ["LLM08:2025", "LLM02:2025"]; cwe: [639, 668];
    checks: ["endpoints-require-auth", "outbound-data-within-limits", "requests-traced"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[store.s]
kind = "vector"
shared-by-tenants = true
"#;
    silent: r#"[store.s]
kind = "vector"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Store(store) = node.element else {
        return None;
    };
    terms::fact(node, "shared-by-tenants", store.shared_by_tenants)
}
