use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// What a service outside answers reaches a model. Whoever controls the service, or can put content
    /// into it, speaks to the model.
    "service-steers-model" in IndirectInjection;
    says: "an answer of {source} carries orders that {sink} follows";
    likelihood: 2;
    atlas: ["AML.T0051.001", "AML.T0099"]; owasp: ["LLM01:2025", "ASI01:2026"]; cwe: [1427, 346];
    checks: ["inputs-screened", "input-detectors-work", "guard-effective"];
    shape: Shape::Path(PathShape { from, over: &[], along: terms::content, until: terms::to_language });
    fires: r#"[model.m]
location = "api:a/b"
[service.w]
location = "https://example.org"
[flow]
c = { from = "service.w", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[service.w]
location = "https://example.org"
[flow]
c = { from = "model.m", to = "service.w" }
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Service(_))
}
