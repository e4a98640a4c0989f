use super::terms;
use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A model that writes was made from private data, and people outside read what it writes. What was
    /// seen often, or is rare, is repeated word for word.
    "model-repeats-training-data" in Inversion;
    says: "{sink} is told what stood in {source}, word for word";
    likelihood: 2;
    atlas: ["AML.T0057", "AML.T0024.001"]; owasp: ["LLM02:2025", "ML03:2023"]; cwe: [200, 359];
    checks: ["no-memorised-data", "output-validated", "outbound-data-within-limits"];
    shape: Shape::Path(PathShape { from, over: &[terms::language], along, until });
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

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Dataset(_)) && terms::holds_private(node)
}

fn along(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(edge.via, Via::Makes | Via::Adapts)
        || (terms::content(graph, start, edge)
            && !matches!(graph.from(edge).element, Element::Dataset(_)))
}

fn until(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).is_stranger()
}
