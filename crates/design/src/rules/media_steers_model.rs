use coseal_core::system::Modality;

use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// Pictures, sound and film can carry words that people do not notice and a model reads as orders.
    "media-steers-model" in DirectInjection;
    says: "a picture or recording of {source} carries orders that {sink} follows";
    likelihood: 2;
    atlas: ["AML.T0051.000", "AML.T0068"]; owasp: ["LLM01:2025"]; cwe: [1427];
    checks: ["inputs-screened", "guard-effective"];
    shape: Shape::Path(PathShape { from, over: &[], along: terms::straight, until: terms::to_language });
    fires: r#"modalities = ["text", "image"]
[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
"#;
}

fn from(graph: &Graph<'_>, node: &Node<'_>) -> bool {
    terms::caller(graph, node)
        && graph.about().modalities.as_ref().is_some_and(|all| {
            all.iter().any(|one| matches!(one, Modality::Image | Modality::Audio | Modality::Video))
        })
}
