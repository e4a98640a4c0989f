use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// What somebody says is remembered, and is believed when the next request comes.
    "stranger-poisons-memory" in ContextPoisoning;
    says: "what {source} says is remembered in {sink} and believed later";
    likelihood: 2;
    atlas: ["AML.T0080.000", "AML.T0092"]; owasp: ["ASI06:2026", "LLM04:2025"]; cwe: [349];
    checks: ["inputs-screened", "feedback-sanitised", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[memory.y]
class = "personal"
writers = ["users"]
"#;
    silent: r#"[model.m]
location = "api:a/b"
[memory.y]
class = "personal"
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Memory(_))
}
