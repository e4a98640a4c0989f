use coseal_core::system::Sink;

use super::terms;
use crate::{
    graph::{Edge, Graph, Node},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// An answer that is shown as HTML or Markdown can fetch a picture from any address. A model that
    /// strangers steer and that reads private data sends it there.
    "rendered-answer-leaks" in Disclosure;
    says: "an answer that {sink} sees carries private data to an address of {source}";
    likelihood: 2;
    atlas: ["AML.T0077", "AML.T0057", "AML.T0086"]; owasp: ["LLM02:2025", "LLM05:2025"]; cwe: [201, 79];
    checks: ["output-validated", "outbound-data-within-limits", "guard-effective"];
    shape: Shape::Path(PathShape { from: terms::stranger, over: &[terms::language], along: terms::content, until });
    fires: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["partners"]
[flow]
c = { from = "store.s", to = "model.m" }
a = { from = "app", to = "model.m", class = "personal" }
z = { from = "model.m", to = "user", sink = "html" }
"#;
    silent: r#"[model.m]
location = "api:a/b"
[store.s]
kind = "vector"
writers = ["partners"]
[flow]
c = { from = "store.s", to = "model.m" }
a = { from = "app", to = "model.m", class = "public" }
z = { from = "model.m", to = "user", sink = "html", class = "public" }
"#;
}

fn until(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).id != start.id
        && terms::ends_in(edge, &[Sink::Html])
        && (terms::said_private(edge) || graph.arriving(graph.from(edge)).any(terms::said_private))
}
