use coseal_core::system::Sink;

use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// An answer is shown as HTML or Markdown. What strangers can make the model say runs in the page of
    /// whoever reads it.
    "answer-scripts-page" in UnsafeOutput;
    says: "what {source} makes a model say runs in the page that {sink} sees";
    likelihood: 2;
    atlas: ["AML.T0067", "AML.T0077"]; owasp: ["LLM05:2025"]; cwe: [79];
    checks: ["output-validated", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
q = { from = "user", to = "app" }
a = { from = "app", to = "model.m" }
z = { from = "model.m", to = "staff", sink = "html" }
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
    terms::ends_in(edge, &[Sink::Html])
        && (graph.from(edge).follows_instructions()
            || matches!(graph.from(edge).element, Element::Actor(_)))
}
