use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A model is given to others, on a device or as a file. Whoever has it reads its weights, changes
    /// them, and builds attacks against it at leisure.
    "given-out-model-taken-apart" in Extraction;
    says: "whoever holds a copy of {sink} takes it apart and builds attacks against it";
    likelihood: 2;
    atlas: ["AML.T0044", "AML.T0048.004", "AML.T0112.001"]; owasp: ["ML05:2023"]; cwe: [200, 921];
    checks: ["signatures-verified", "updates-signed", "assets-registered"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"distributes = ["model.k"]
[model.k]
location = "path:m.onnx"
format = "onnx"
"#;
    silent: r#"distributes = []
[model.k]
location = "path:m.onnx"
format = "onnx"
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let given = graph.about().distributes.as_ref().is_some_and(|all| all.contains(&node.id));
    (given && matches!(node.element, Element::Model(..) | Element::Adapter(_)))
        .then(|| vec!["system.distributes".to_owned()])
}
