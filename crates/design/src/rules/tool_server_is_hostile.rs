use crate::{
    graph::{Edge, Element, Graph, Node, Via},
    rule::{PathShape, Shape, rule},
};

rule! {
    /// A tool runs in a server that somebody else wrote. It sees what the model sends it and answers what
    /// it likes.
    "tool-server-is-hostile" in SupplyChain;
    says: "{source} reads and answers whatever a model gives {sink}";
    likelihood: 2;
    atlas: ["AML.T0011.002", "AML.T0104", "AML.T0110"]; owasp: ["LLM03:2025", "ASI04:2026", "ASI02:2026"]; cwe: [829];
    checks: ["tools-pinned", "tool-allow-list-enforced", "outbound-data-within-limits"];
    shape: Shape::Path(PathShape { from, over: &[], along, until });
    fires: r#"[mcp.x]
location = "command:npx server@1.2.3"
[tool.t]
effect = "read"
mcp = "mcp.x"
"#;
    silent: r#"[mcp.x]
location = "command:npx server@1.2.3"
[tool.t]
effect = "read"
"#;
}

fn from(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Mcp(_))
}

fn along(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Provides
}

fn until(_: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    edge.via == Via::Provides
}
