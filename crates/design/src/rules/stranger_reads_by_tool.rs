use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model reads private data with a tool, for whoever asks. The tool has the rights of the
    /// application, not those of the person.
    "stranger-reads-by-tool" in ExcessiveAgency;
    says: "{source} has {sink} read what is not theirs";
    likelihood: 2;
    atlas: ["AML.T0085.001", "AML.T0053"]; owasp: ["LLM06:2025", "LLM02:2025", "ASI03:2026"]; cwe: [441, 639, 862];
    checks: ["tool-allow-list-enforced", "outbound-data-within-limits", "requests-traced"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "read"
[service.crm]
location = "https://crm.example.org"
class = "personal"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
c = { from = "model.m", to = "tool.t" }
d = { from = "service.crm", to = "tool.t" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "read"
[service.crm]
location = "https://crm.example.org"
class = "public"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
c = { from = "model.m", to = "tool.t" }
d = { from = "service.crm", to = "tool.t" }
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    let tool = graph.to(edge);
    matches!(tool.element, Element::Tool(_))
        && !terms::acts(tool)
        && graph.from(edge).follows_instructions()
        && (terms::said_private(edge)
            || graph.arriving(tool).chain(graph.leaving(tool)).any(|beside| {
                terms::said_private(beside) || terms::holds_private(graph.from(beside))
            }))
}
