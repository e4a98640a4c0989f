use coseal_core::system::Sink;

use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// An answer is run as a command or as code.
    "answer-becomes-command" in UnsafeOutput;
    says: "what {source} makes a model write is run by {sink}";
    likelihood: 2;
    atlas: ["AML.T0050", "AML.T0102"]; owasp: ["LLM05:2025", "ASI05:2026"]; cwe: [78, 94];
    checks: ["output-validated", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
z = { from = "model.m", to = "staff", sink = "shell" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
z = { from = "model.m", to = "staff", sink = "human" }
"#;
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    terms::ends_in(edge, &[Sink::Shell, Sink::Code])
        && (graph.from(edge).follows_instructions()
            || matches!(graph.from(edge).element, Element::Actor(_)))
}
