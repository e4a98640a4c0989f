use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// Private data that a model looks up reaches people outside in its answers, whoever it is about.
    "stored-data-answers-stranger" in Disclosure;
    says: "what {source} holds about others reaches {sink} in an answer";
    likelihood: 2;
    atlas: ["AML.T0057", "AML.T0085.000"]; owasp: ["LLM02:2025", "LLM08:2025"]; cwe: [200, 639];
    checks: ["outbound-data-within-limits", "output-validated", "requests-traced"];
    shape: Shape::Path(PathShape { from, over: &[terms::model], along, until: terms::to_stranger });
    fires: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
class = "personal"
[flow]
c = { from = "store.s", to = "model.m" }
z = { from = "model.m", to = "user" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
class = "personal"
[flow]
c = { from = "store.s", to = "model.m" }
z = { from = "model.m", to = "staff" }
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    terms::holds_private(node)
        && !matches!(node.element, Element::Log(_))
        && !matches!(node.element, Element::Memory(memory) if !memory.shared_by_users)
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::content(graph, start, edge) && terms::private(edge)
}
