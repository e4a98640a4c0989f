use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// People outside of the organisation can put content into a store that answers are made from. It stays
    /// there and answers every later question that comes near it.
    "stranger-poisons-index" in ContextPoisoning;
    says: "content of {source} stays in {sink} and answers later questions";
    likelihood: 2;
    atlas: ["AML.T0070", "AML.T0071", "AML.T0066"]; owasp: ["LLM08:2025", "LLM04:2025", "ASI06:2026"]; cwe: [1039, 349];
    checks: ["data-clean", "inputs-screened", "assets-registered"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["partners"]
[flow]
c = { from = "store.s", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["staff"]
[flow]
c = { from = "store.s", to = "model.m" }
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Store(_))
        && graph.leaving(graph.to(edge)).next().is_some()
}
