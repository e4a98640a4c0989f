use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// An agent takes as many steps as it likes. A task that it can not end, or that somebody made endless,
    /// runs until money or machines run out.
    "agent-runs-on" in Exhaustion;
    says: "{sink} goes round in circles, and every round costs";
    likelihood: 2;
    atlas: ["AML.T0034.002"]; owasp: ["LLM10:2025", "ASI08:2026"]; cwe: [835];
    checks: ["quotas-enforced", "kill-switch-drilled"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[agent.a]
model = "model.m"
"#;
    silent: r#"[model.m]
location = "api:a/b"
[agent.a]
model = "model.m"
max-steps = 5
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Agent(agent) = node.element else {
        return None;
    };
    terms::fact(node, "max-steps", agent.max_steps.is_none())
}
