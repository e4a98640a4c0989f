use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Requests, prompts or answers with data about people are written down. Those who read logs are more
    /// than those who may read the data.
    "log-holds-people" in Retention;
    says: "what people told the system is read by whoever reads {sink}";
    likelihood: 2;
    atlas: ["AML.T0036", "AML.T0035"]; owasp: ["LLM02:2025"]; cwe: [532];
    checks: ["logs-free-of-personal-data", "logging-lawful"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[log.l]
class = "personal"
retention = "30 days"
"#;
    silent: r#"[log.l]
class = "internal"
retention = "30 days"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    if !matches!(node.element, Element::Log(_)) {
        return None;
    }
    terms::fact(node, "class", terms::holds_private(node))
}
