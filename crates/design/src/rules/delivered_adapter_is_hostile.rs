use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// An adapter of somebody else changes what a model does, with a small file that few look at.
    "delivered-adapter-is-hostile" in SupplyChain;
    says: "a small change by the maker of {source} turns {sink}";
    likelihood: 2;
    atlas: ["AML.T0010.003", "AML.T0018.000"]; owasp: ["LLM03:2025", "LLM04:2025"]; cwe: [506, 494];
    checks: ["third-party-model-evaluated", "signatures-verified", "model-files-scanned"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
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

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Adapter(_)) && terms::of_others(node)
}

fn along(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Adapts
}

fn until(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Adapts
}
