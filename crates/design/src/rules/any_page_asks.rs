use coseal_core::system::Auth;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Browsers may call from any page, and a signed-in session is enough: a hostile page asks in the name
    /// of whoever visits it.
    "any-page-asks" in Disclosure;
    says: "a hostile page asks {sink} in the name of whoever visits it";
    likelihood: 2;
    atlas: ["AML.T0078"]; owasp: ["LLM02:2025"]; cwe: [352, 942];
    checks: ["secure-defaults-kept", "endpoints-require-auth"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[endpoint.e]
address = "https://x.example.org"
auth = "session"
origins = ["*"]
"#;
    silent: r#"[endpoint.e]
address = "https://x.example.org"
auth = "session"
origins = ["https://a.example.org"]
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Endpoint(endpoint) = node.element else {
        return None;
    };
    terms::fact(
        node,
        "origins",
        endpoint.origins.contains("*") && !matches!(endpoint.auth, Some(Auth::Key | Auth::Mtls)),
    )
}
