use crate::{
    graph::{Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// Users are not told that they deal with a machine, so that they believe it as they would a person.
    "people-not-told" in Reliance;
    says: "users take {sink} for a person, and believe it";
    likelihood: 2;
    atlas: ["AML.T0048.003"]; owasp: ["LLM09:2025"]; cwe: [1426];
    checks: ["ai-disclosed-to-users"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[model.m]
location = "api:a/b"
[flow]
z = { from = "model.m", to = "user" }
"#;
    silent: r#"notice = "you talk to a machine"
[model.m]
location = "api:a/b"
[flow]
z = { from = "model.m", to = "user" }
"#;
}

fn at(graph: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let seen = graph.leaving(node).any(|edge| graph.to(edge).is_stranger());
    (seen && node.follows_instructions() && graph.about().notice.is_none())
        .then(|| vec!["system.notice".to_owned()])
}
