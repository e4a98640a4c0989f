use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A part can no longer be updated: a weakness that is found in it stays.
    "part-cannot-be-mended" in SupplyChain;
    says: "a weakness that is found in {sink} stays";
    likelihood: 2;
    atlas: ["AML.T0010.001"]; owasp: ["LLM03:2025"]; cwe: [1104];
    checks: ["legacy-compensated", "vulnerabilities-triaged"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[tool.t]
effect = "read"
legacy = true
"#;
    silent: r#"[tool.t]
effect = "read"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let legacy = match node.element {
        Element::Model(model, _) => model.legacy,
        Element::Tool(tool) => tool.legacy,
        Element::Service(service) => service.legacy,
        _ => false,
    };
    terms::fact(node, "legacy", legacy)
}
