use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What a tool does reaches people outside or can not be taken back, and no person agrees to each use.
    /// A mistake of the model is then a deed.
    "tool-without-consent" in ExcessiveAgency;
    says: "a model uses {sink} by mistake, and nobody can take it back";
    likelihood: 2;
    atlas: ["AML.T0053", "AML.T0048.000"]; owasp: ["LLM06:2025", "ASI02:2026", "ASI10:2026"]; cwe: [862];
    checks: ["high-impact-actions-approved", "kill-switch-drilled"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "irreversible"
[flow]
c = { from = "model.m", to = "tool.t" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "irreversible"
approval = "human"
[flow]
c = { from = "model.m", to = "tool.t" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let called = graph.arriving(node).any(|edge| graph.from(edge).follows_instructions());
    terms::fact(node, "effect", called && terms::acts_for_good(node) && !terms::approved(node))
}
