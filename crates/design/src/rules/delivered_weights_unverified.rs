use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Weights come from somebody else, and neither a digest nor a fixed revision says which. What is
    /// loaded tomorrow may be something else.
    "delivered-weights-unverified" in SupplyChain;
    says: "somebody exchanges {sink} where it is got from, and nobody notices";
    likelihood: 3;
    atlas: ["AML.T0010.003", "AML.T0058", "AML.T0109"]; owasp: ["LLM03:2025", "ML06:2023"]; cwe: [494, 353];
    checks: ["signatures-verified", "published-hashes-verify", "weights-unchanged-at-load", "assets-registered"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "hf:a/b"
format = "safetensors"
provenance = "third-party"
"#;
    silent: r#"[model.m]
location = "hf:a/b@0123456789abcdef0123456789abcdef01234567"
format = "safetensors"
provenance = "third-party"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let digest = match node.element {
        Element::Model(model, _) => model.digest.is_some(),
        Element::Adapter(adapter) => adapter.digest.is_some(),
        _ => return None,
    };
    let pinned = node.location().is_some_and(|location| location.is_pinned());
    terms::fact(
        node,
        "location",
        terms::own_bytes(node) && terms::of_others(node) && !digest && !pinned,
    )
}
