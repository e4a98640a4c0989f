use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What is remembered of one user can reach another.
    "users-share-memory" in Isolation;
    says: "what one user said comes back to another out of {sink}";
    likelihood: 2;
    atlas: ["AML.T0080.000", "AML.T0057"]; owasp: ["LLM02:2025", "ASI06:2026"]; cwe: [668, 488];
    checks: ["requests-traced", "outbound-data-within-limits"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[memory.y]
class = "personal"
shared-by-users = true
"#;
    silent: r#"[memory.y]
class = "personal"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Memory(memory) = node.element else {
        return None;
    };
    terms::fact(node, "shared-by-users", memory.shared_by_users)
}
