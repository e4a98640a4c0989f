use coseal_core::system::Auth;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A place where the system can be reached does not ask who calls. Whoever finds it uses the models,
    /// and reads what they answer.
    "endpoint-without-caller" in Disclosure;
    says: "anybody who finds {sink} uses the system as if they were a user";
    likelihood: 3;
    atlas: ["AML.T0049", "AML.T0040"]; owasp: ["LLM10:2025", "ASI03:2026"]; cwe: [306];
    checks: ["endpoints-require-auth", "quotas-enforced"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[endpoint.e]
address = "https://x.example.org"
auth = "none"
"#;
    silent: r#"[endpoint.e]
address = "https://x.example.org"
auth = "oauth"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Endpoint(endpoint) = node.element else {
        return None;
    };
    terms::fact(node, "auth", matches!(endpoint.auth, None | Some(Auth::None)))
}
