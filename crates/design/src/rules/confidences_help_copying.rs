use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Answers come with confidences or log-probabilities. They make copying a model, and working out what
    /// it was trained on, many times cheaper.
    "confidences-help-copying" in Extraction;
    says: "the numbers beside the answers of {sink} make copying and guessing cheap";
    likelihood: 2;
    atlas: ["AML.T0024", "AML.T0063"]; owasp: ["ML05:2023", "ML03:2023", "LLM10:2025"]; cwe: [200];
    checks: ["confidence-fields-hidden", "extraction-detected"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[endpoint.e]
address = "https://x.example.org"
confidences = true
"#;
    silent: r#"[endpoint.e]
address = "https://x.example.org"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Endpoint(endpoint) = node.element else {
        return None;
    };
    terms::fact(node, "confidences", endpoint.confidences)
}
