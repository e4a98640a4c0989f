use coseal_core::system::ModelFormat;

use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// The format of a model file can hold code, and loading it runs it, with the rights of whoever loads.
    "file-acts-when-loaded" in UnsafeArtefact;
    says: "whoever can write {sink} runs code where it is loaded";
    likelihood: 3;
    atlas: ["AML.T0011.000", "AML.T0018.002"]; owasp: ["LLM03:2025", "ML06:2023"]; cwe: [502];
    checks: ["model-files-scanned", "model-loading-sandboxed", "signatures-verified"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.k]
location = "path:m.pkl"
format = "pickle"
"#;
    silent: r#"[model.k]
location = "path:m.pkl"
format = "onnx"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let format = match node.element {
        Element::Model(model, _) => model.format,
        Element::Adapter(adapter) => adapter.format,
        _ => return None,
    };
    let untold = format.is_none() && terms::of_others(node);
    terms::fact(
        node,
        "format",
        terms::own_bytes(node)
            && (untold
                || matches!(
                    format,
                    Some(
                        ModelFormat::Pickle
                            | ModelFormat::Pytorch
                            | ModelFormat::Keras
                            | ModelFormat::Tensorflow
                    )
                )),
    )
}
