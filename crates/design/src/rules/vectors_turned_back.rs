use coseal_core::system::DataClass;

use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Vectors of private text are not anonymous: most of the text can be got back from them. Whoever reads
    /// the store reads the text.
    "vectors-turned-back" in Inversion;
    says: "whoever reads the vectors in {sink} gets the text back";
    likelihood: 2;
    atlas: ["AML.T0024.001", "AML.T0085.000"]; owasp: ["LLM08:2025"]; cwe: [200, 359];
    checks: ["environments-separated", "encryption-everywhere", "endpoints-require-auth"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[store.s]
kind = "vector"
class = "personal"
"#;
    silent: r#"[store.s]
kind = "vector"
class = "public"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let open = node.class().is_none_or(|class| class > DataClass::Public);
    terms::fact(node, "class", terms::vectors(node) && open)
}
