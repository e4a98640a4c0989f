use coseal_core::system::DatasetUse;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// What a model is measured with comes from others, or others can change it. A model that fails then
    /// passes.
    "trials-tampered" in TrainingPoisoning;
    says: "results on {source} say what somebody else wants them to say";
    likelihood: 1;
    atlas: ["AML.T0042", "AML.T0059"]; owasp: ["LLM04:2025"]; cwe: [353];
    checks: ["datasets-documented", "independent-tester", "assets-unchanged"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["evaluation"]
provenance = "unknown"
"#;
    silent: r#"[dataset.d]
location = "path:d.csv"
class = "internal"
use = ["training"]
provenance = "unknown"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Dataset(dataset) = node.element else {
        return None;
    };
    let open = terms::of_others(node) || dataset.writers.iter().any(|writer| writer.is_untrusted());
    terms::fact(node, "use", open && terms::used_for(node, DatasetUse::Evaluation))
}
