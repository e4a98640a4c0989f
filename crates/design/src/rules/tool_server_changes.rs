use super::terms;
use crate::{
    graph::{Element, Graph, Node},
    rule::{LocalShape, Shape, rule},
};

rule! {
    /// An MCP server is got without a fixed version. Its next version describes its tools in other words,
    /// or does something else.
    "tool-server-changes" in SupplyChain;
    says: "the next version of {sink} does something else under the same name";
    likelihood: 3;
    atlas: ["AML.T0109", "AML.T0104", "AML.T0010.005"]; owasp: ["LLM03:2025", "ASI04:2026"]; cwe: [494, 829];
    checks: ["tools-pinned", "tool-allow-list-enforced"];
    shape: Shape::Local(LocalShape { at });
    fires: r#"[mcp.x]
location = "command:npx server"
"#;
    silent: r#"[mcp.x]
location = "command:npx server@1.2.3"
"#;
}

fn at(_: &Graph<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let Element::Mcp(mcp) = node.element else {
        return None;
    };
    terms::fact(node, "location", !mcp.location.is_pinned())
}
