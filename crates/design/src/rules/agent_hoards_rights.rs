use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// One agent holds tools that read private data, tools that reach outside, and reads content of
    /// strangers. Together these are all that a theft needs.
    "agent-hoards-rights" in ExcessiveAgency;
    says: "{sink} reads what is private, reads what strangers write, and can send it away";
    likelihood: 3;
    atlas: ["AML.T0086", "AML.T0085.001"]; owasp: ["LLM06:2025", "LLM02:2025", "ASI03:2026"]; cwe: [250, 441];
    checks: ["tool-allow-list-enforced", "unused-capabilities-off", "outbound-data-within-limits"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[tool.r]
effect = "read"
[tool.w]
effect = "external"
[service.crm]
location = "https://crm.example.org"
class = "personal"
[agent.a]
model = "model.m"
tools = ["tool.r", "tool.w"]
[flow]
d = { from = "service.crm", to = "tool.r" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.r]
effect = "read"
[service.crm]
location = "https://crm.example.org"
class = "personal"
[agent.a]
model = "model.m"
tools = ["tool.r"]
[flow]
d = { from = "service.crm", to = "tool.r" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Agent(agent) = node.element else {
        return None;
    };
    let tools: Vec<_> = agent.tools.iter().filter_map(|tool| graph.node(tool)).collect();
    let reads = tools.iter().any(|tool| {
        graph
            .arriving(tool)
            .chain(graph.leaving(tool))
            .any(|edge| terms::said_private(edge) || terms::holds_private(graph.from(edge)))
    });
    let sends = tools.iter().any(|tool| terms::acts_for_good(tool));
    terms::fact(node, "tools", reads && sends)
}
