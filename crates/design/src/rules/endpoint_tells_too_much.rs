use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A place where the system can be reached answers with debugging detail: prompts, traces, versions,
    /// keys of the environment.
    "endpoint-tells-too-much" in Disclosure;
    says: "debugging detail of {sink} shows prompts, keys or other people's requests";
    likelihood: 2;
    atlas: ["AML.T0069", "AML.T0006"]; owasp: ["LLM02:2025", "LLM07:2025"]; cwe: [215, 489];
    checks: ["secure-defaults-kept", "endpoints-require-auth"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[endpoint.e]
address = "https://x.example.org"
debug = true
"#;
    silent: r#"[endpoint.e]
address = "https://x.example.org"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Endpoint(endpoint) = node.element else {
        return None;
    };
    terms::fact(node, "debug", endpoint.debug)
}
