use super::terms;
use crate::rule::{PathShape, Shape, rule};

rule! {
    /// A model that predicts was made from private data, and others see its predictions. From them it can
    /// be told who was in the data, and something of what was said of them.
    "membership-worked-out" in Inversion;
    says: "{sink} works out from predictions who is in {source}";
    likelihood: 1;
    atlas: ["AML.T0024.000", "AML.T0024.001"]; owasp: ["ML04:2023", "ML03:2023", "LLM02:2025"]; cwe: [200, 359];
    checks: ["confidence-fields-hidden", "extraction-detected", "no-memorised-data"];
    shape: Shape::Path(PathShape { from: terms::private_dataset, over: &[terms::predictor], along: terms::learned_and_said, until: terms::to_stranger });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "personal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
made-from = ["dataset.d"]
[flow]
z = { from = "model.p", to = "user" }
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[model.p]
location = "path:m.onnx"
format = "onnx"
made-from = ["dataset.d"]
[flow]
z = { from = "model.p", to = "user" }
"#;
}
