use super::terms;
use crate::rule::{PathShape, Shape, rule};

rule! {
    /// Somebody outside of the organisation writes text that a model reads as it stands. Words that give
    /// orders are, to the model, as good as those of its makers.
    "user-steers-model" in DirectInjection;
    says: "what {source} writes makes {sink} disregard what it was told";
    likelihood: 3;
    atlas: ["AML.T0051.000", "AML.T0054", "AML.T0065"]; owasp: ["LLM01:2025", "ASI01:2026"]; cwe: [1427];
    checks: ["inputs-screened", "input-detectors-work", "guard-effective", "release-gate-passed"];
    shape: Shape::Path(PathShape { from: terms::caller, over: &[], along: terms::straight, until: terms::to_language });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m", writers = ["system"] }
"#;
}
