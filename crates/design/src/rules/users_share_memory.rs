//! See `users-share-memory` below.

use super::terms;
use crate::graph::Element;
use crate::rule::{LocalShape, Shape, rule};

rule! {
    /// What is remembered of one user can reach another.
    "users-share-memory" in Isolation;
    says: "what one user said comes back to another out of {sink}";
    likelihood: 2;
    atlas: ["AML.T0080.000", "AML.T0057"]; owasp: ["LLM02:2025", "ASI06:2026"]; cwe: [668, 488];
    checks: ["requests-traced", "outbound-data-within-limits"];
    shape: Shape::Local(LocalShape { at: |_, node| { let Element::Memory(memory) = node.element else { return None; }; terms::fact(node, "shared-by-users", memory.shared_by_users) } });
    fires: r#"[memory.y]
class = "personal"
shared-by-users = true
"#;
    silent: r#"[memory.y]
class = "personal"
"#;
}
