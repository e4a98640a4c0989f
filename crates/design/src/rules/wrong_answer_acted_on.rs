//! See `wrong-answer-acted-on` below.

use super::terms;
use crate::graph::{Actor, Element, ModelRole};
use crate::rule::{PathShape, Shape, rule};
use coseal_core::system::Impact;

rule! {
    /// People act on what a model says, and much depends on it. A model is wrong in the same tone in which
    /// it is right.
    "wrong-answer-acted-on" in Reliance;
    says: "{sink} acts on an answer of {source} that is wrong";
    likelihood: 2;
    atlas: ["AML.T0048.003", "AML.T0062"]; owasp: ["LLM09:2025", "ASI09:2026"]; cwe: [1426];
    checks: ["limitations-documented", "user-guide-current", "quality-probes-hold", "ai-disclosed-to-users"];
    shape: Shape::Path(PathShape { from: |graph, node| node.is_model() && graph.about().impact >= Impact::High && !matches!(node.element, Element::Model(_, ModelRole::Embedding)), over: &[], along: |graph, start, edge| terms::content(graph, start, edge) && (graph.from(edge).id == start.id || matches!(graph.from(edge).element, Element::Actor(_))), until: |graph, _, edge| graph.to(edge).actor().is_some_and(|actor| actor.is_outside_code() && actor != Actor::Supplier) });
    fires: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "model.k", to = "staff" }
"#;
    silent: r#"[model.k]
location = "path:m.onnx"
format = "onnx"
[flow]
a = { from = "staff", to = "model.k" }
"#;
}
