use coseal_core::system::Scheme;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Weights of our own lie in a store or registry, and no digest says what they are.
    "stored-weights-exchanged" in UnsafeArtefact;
    says: "whoever can write to the store of {sink} exchanges it, and nobody notices";
    likelihood: 2;
    atlas: ["AML.T0018", "AML.T0076"]; owasp: ["LLM03:2025", "ML10:2023"]; cwe: [353, 494];
    checks: ["weights-unchanged-at-load", "assets-registered", "lineage-signed"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.k]
location = "s3:bucket/m"
provenance = "own"
"#;
    silent: r#"[model.k]
location = "s3:bucket/m"
provenance = "own"
digest = "sha256:5b9048f019d53015e913b579376af02e449668511ca9ad54d75afb32eee45afd"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let digest = match node.element {
        Element::Model(model, _) => model.digest.is_some(),
        Element::Adapter(adapter) => adapter.digest.is_some(),
        _ => return None,
    };
    let far = node.location().is_some_and(|location| {
        !matches!(location.scheme(), Scheme::Path | Scheme::Api) && !location.is_pinned()
    });
    terms::fact(node, "location", far && !digest && !terms::of_others(node))
}
