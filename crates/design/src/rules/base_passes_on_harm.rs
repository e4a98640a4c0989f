use super::terms;
use crate::{
    graph::{Edge, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model of ours is made from one of somebody else. What was hidden there outlives fine-tuning.
    "base-passes-on-harm" in SupplyChain;
    says: "what was hidden in {source} lives on in {sink}";
    likelihood: 2;
    atlas: ["AML.T0018.000", "AML.T0010.003"]; owasp: ["LLM03:2025", "LLM04:2025", "ML07:2023"]; cwe: [506];
    checks: ["third-party-model-evaluated", "lineage-signed", "release-gate-passed"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[model.m]
location = "hf:a/b"
format = "safetensors"
provenance = "third-party"
[model.t]
location = "path:t.safetensors"
provenance = "own"
made-from = ["model.m"]
"#;
    silent: r#"[model.m]
location = "hf:a/b"
format = "safetensors"
provenance = "own"
[model.t]
location = "path:t.safetensors"
provenance = "own"
made-from = ["model.m"]
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    node.is_model() && terms::of_others(node)
}

fn along(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Makes
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Makes && graph.to(edge).is_model()
}
