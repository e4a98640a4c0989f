use super::terms;
use crate::rule::{PathShape, Shape, rule};

rule! {
    /// A model that writes was made from private data, and people outside read what it writes. What was
    /// seen often, or is rare, is repeated word for word.
    "model-repeats-training-data" in Inversion;
    says: "{sink} is told what stood in {source}, word for word";
    likelihood: 2;
    atlas: ["AML.T0057", "AML.T0024.001"]; owasp: ["LLM02:2025", "ML03:2023"]; cwe: [200, 359];
    checks: ["no-memorised-data", "output-validated", "outbound-data-within-limits"];
    shape: Shape::Path(PathShape { from: terms::private_dataset, over: &[terms::language], along: terms::learned_and_said, until: terms::to_stranger });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "personal"
use = ["training"]
[model.w]
location = "path:w.gguf"
format = "gguf"
made-from = ["dataset.d"]
[flow]
z = { from = "model.w", to = "user" }
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "personal"
use = ["training"]
[model.w]
location = "path:w.gguf"
format = "gguf"
made-from = ["dataset.d"]
[flow]
z = { from = "model.w", to = "staff" }
"#;
}
