//! See `delivered-adapter-is-hostile` below.

use super::terms;
use crate::graph::{Element, Via};
use crate::rule::{PathShape, Shape, rule};

rule! {
    /// An adapter of somebody else changes what a model does, with a small file that few look at.
    "delivered-adapter-is-hostile" in SupplyChain;
    says: "a small change by the maker of {source} turns {sink}";
    likelihood: 2;
    atlas: ["AML.T0010.003", "AML.T0018.000"]; owasp: ["LLM03:2025", "LLM04:2025"]; cwe: [506, 494];
    checks: ["third-party-model-evaluated", "signatures-verified", "model-files-scanned"];
    shape: Shape::Path(PathShape { from: |_, node| matches!(node.element, Element::Adapter(_)) && terms::of_others(node), over: &[], along: |_, _, edge| edge.via == Via::Adapts, until: |_, _, edge| edge.via == Via::Adapts });
    fires: r#"[model.m]
location = "api:a/b"
[adapter.l]
location = "hf:c/d"
base = "model.m"
"#;
    silent: r#"[model.m]
location = "api:a/b"
[adapter.l]
location = "path:l.safetensors"
base = "model.m"
provenance = "own"
"#;
}
