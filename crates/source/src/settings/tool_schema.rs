//! Tools that files describe as they are sent to a model: a name, a description and a schema of parameters.

use coseal_core::{fact::AssetKind, finding::Confidence};

use crate::{
    code::digest_of,
    deploy::told::Told,
    node::{Node, Value},
};

/// Nested deeper they are not looked for.
const MAX_DEPTH: usize = 8;
/// Letters of the longest name.
const LONGEST: usize = 80;

/// Tells the tools that a document describes.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) {
    walk(document, 0, told);
}

fn walk(node: &Node, depth: usize, told: &mut Told<'_>) {
    if depth > MAX_DEPTH {
        return;
    }
    one(node, told);
    for pair in node.pairs() {
        walk(&pair.node, depth + 1, told);
    }
    for item in node.items() {
        walk(item, depth + 1, told);
    }
}

fn one(node: &Node, told: &mut Told<'_>) {
    let schema = ["parameters", "input_schema", "inputSchema"].iter().find_map(|key| node.get(key));
    let is_schema = |schema: &Node| {
        schema.get("properties").is_some_and(|of| matches!(of.value, Value::Map(_)))
            && schema.text_at(&["type"]) == Some("object")
    };
    let named = node.pair("name").filter(|_| schema.is_some_and(is_schema));
    let description = node.text_at(&["description"]);
    let (Some(named), Some(description)) = (named, description) else { return };
    let Some(name) = named.node.text() else { return };
    if name.is_empty() || name.len() > LONGEST || name.contains(char::is_whitespace) {
        return;
    }
    let location = format!("path:{}", told.file).parse().ok();
    let asset = told.asset(AssetKind::Tool, name, named.line, Confidence::High);
    asset.digest = Some(digest_of(&format!("{name}\n{description}\n")));
    asset.location = location;
}

#[cfg(test)]
mod tests {
    use crate::deploy::in_file;

    #[test]
    fn schemas_of_functions_are_tools() {
        let text = r#"[{"type": "function", "function": {"name": "find_goods", "description": "Finds goods",
            "parameters": {"type": "object", "properties": {"name": {"type": "string"}}}}},
            {"name": "no_tool", "description": "A job", "parameters": [1]}]"#;
        let found = in_file("functions.json", text).assets;
        let all: Vec<_> =
            found.iter().map(|asset| (asset.kind.word(), asset.name.as_str())).collect();
        assert_eq!(all, [("tool", "find_goods")]);
    }
}
