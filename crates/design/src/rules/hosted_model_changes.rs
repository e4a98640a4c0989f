use super::terms;
use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// A model behind an API is named without a version: its supplier exchanges it, and what was tested is
    /// no longer what answers.
    "hosted-model-changes" in SupplyChain;
    says: "the supplier exchanges {sink} under its name, and what was tested no longer holds";
    likelihood: 3;
    atlas: ["AML.T0109", "AML.T0010.003"]; owasp: ["LLM03:2025"]; cwe: [1357];
    checks: ["model-not-end-of-life", "quality-probes-hold", "release-gate-passed"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
"#;
    silent: r#"[model.m]
location = "api:a/b-2025-04-14"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let named = node.location().and_then(|location| location.hosted()).map(|(_, name)| name);
    terms::fact(node, "location", node.is_model() && named.is_some_and(|name| !has_version(name)))
}

/// Whether the name of a hosted model has a day or a numbered release in it, so that it means one model.
fn has_version(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6
        || name
            .rsplit(['-', '@'])
            .next()
            .is_some_and(|last| last.len() == 3 && last.bytes().all(|b| b.is_ascii_digit()))
}
