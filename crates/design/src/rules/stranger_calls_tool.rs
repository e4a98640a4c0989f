use super::terms;
use crate::rule::{PathShape, Shape, rule};

rule! {
    /// Text of somebody outside of the organisation reaches a model that calls a tool which changes
    /// something. Whoever steers the model steers the tool, with the rights of the application.
    "stranger-calls-tool" in ExcessiveAgency;
    says: "text of {source} makes a model use {sink} as they want";
    likelihood: 3;
    atlas: ["AML.T0053", "AML.T0086", "AML.T0101"]; owasp: ["LLM06:2025", "LLM01:2025", "ASI02:2026", "ASI01:2026"]; cwe: [441, 862];
    checks: ["high-impact-actions-approved", "tool-allow-list-enforced", "inputs-screened", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until: terms::to_acting_tool });
    fires: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "irreversible"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
c = { from = "model.m", to = "tool.t", sink = "tool-arguments" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[tool.t]
effect = "read"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
c = { from = "model.m", to = "tool.t", sink = "tool-arguments" }
"#;
}
