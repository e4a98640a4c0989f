use coseal_core::system::Scheme;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// The instructions of a model lie where they can be changed without review, and no digest says what
    /// they were.
    "instructions-changed-unseen" in SupplyChain;
    says: "somebody changes {sink}, and the model does something else from that moment";
    likelihood: 1;
    atlas: ["AML.T0081"]; owasp: ["LLM07:2025", "ASI01:2026"]; cwe: [353];
    checks: ["deployed-prompt-registered", "assets-unchanged"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[prompt.p]
location = "https://x.example.org/p"
"#;
    silent: r#"[prompt.p]
location = "path:p.md"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Prompt(prompt) = node.element else {
        return None;
    };
    terms::fact(
        node,
        "location",
        prompt.digest.is_none() && prompt.location.scheme() != Scheme::Path,
    )
}
