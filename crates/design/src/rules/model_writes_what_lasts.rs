use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model, or a tool that it calls, writes into what is looked up later. One request that takes it
    /// over works on in all that follow.
    "model-writes-what-lasts" in ContextPoisoning;
    says: "a model that {source} took over writes into {sink}, and it lasts";
    likelihood: 2;
    atlas: ["AML.T0080", "AML.T0061", "AML.T0094"]; owasp: ["ASI06:2026", "LLM08:2025"]; cwe: [349];
    checks: ["output-validated", "tool-allow-list-enforced", "data-clean"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "document"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
w = { from = "model.m", to = "store.s" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "document"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
w = { from = "app", to = "store.s", writers = ["staff"] }
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Store(_))
        && (graph.from(edge).follows_instructions()
            || matches!(graph.from(edge).element, Element::Tool(_)))
}
