use coseal_core::system::Screen;

use crate::{
    graph::{Graph, Node, Via},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What people do with the system changes a model, a dataset or a store, and no person looks at it
    /// first.
    "feedback-unscreened" in TrainingPoisoning;
    says: "feedback that nobody looks at turns {sink}";
    likelihood: 2;
    atlas: ["AML.T0020", "AML.T0031", "AML.T0059"]; owasp: ["LLM04:2025", "ML02:2023"]; cwe: [1039];
    checks: ["feedback-sanitised", "drift-monitored"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[feedback.f]
from = "user"
to = "dataset.d"
screen = "none"
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
[feedback.f]
from = "user"
to = "dataset.d"
screen = "human"
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let facts: Vec<_> = graph
        .arriving(node)
        .filter(|edge| edge.via == Via::Feeds)
        .filter(|edge| {
            edge.fact
                .strip_prefix("feedback.")
                .and_then(|id| graph.system.feedback.get(id))
                .is_some_and(|feedback| feedback.screen != Screen::Human)
        })
        .map(|edge| edge.fact.clone())
        .collect();
    (!facts.is_empty()).then_some(facts)
}
