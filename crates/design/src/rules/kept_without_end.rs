use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Private data is kept, and nothing says how long. What is kept for ever gets out in the end.
    "kept-without-end" in Retention;
    says: "what {sink} holds about people is there when somebody breaks in, years after it was needed";
    likelihood: 1;
    atlas: ["AML.T0036"]; owasp: ["LLM02:2025"]; cwe: [212];
    checks: ["assets-retired-safely", "logging-lawful"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[log.l]
class = "personal"
"#;
    silent: r#"[log.l]
class = "personal"
retention = "30 days"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let retention = match node.element {
        Element::Log(log) => &log.retention,
        Element::Memory(memory) => &memory.retention,
        Element::Dataset(dataset) => &dataset.retention,
        _ => return None,
    };
    terms::fact(node, "retention", retention.is_none() && terms::holds_private(node))
}
