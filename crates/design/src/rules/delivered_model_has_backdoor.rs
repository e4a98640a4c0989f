use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A model was made by somebody else. A trigger that its maker trained into it shows in no test that
    /// does not know it.
    "delivered-model-has-backdoor" in SupplyChain;
    says: "a trigger that the maker of {sink} hid in it decides when it is wrong";
    likelihood: 2;
    atlas: ["AML.T0018.000", "AML.T0058", "AML.T0043.004"]; owasp: ["LLM03:2025", "LLM04:2025", "ML06:2023", "ML10:2023"]; cwe: [506, 1357];
    checks: ["third-party-model-evaluated", "signatures-verified", "release-gate-passed"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "hf:a/b"
format = "safetensors"
provenance = "third-party"
"#;
    silent: r#"[model.m]
location = "hf:a/b"
format = "safetensors"
provenance = "own"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    terms::fact(
        node,
        "provenance",
        node.is_model() && terms::own_bytes(node) && terms::of_others(node),
    )
}
