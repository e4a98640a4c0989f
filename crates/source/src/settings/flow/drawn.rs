//! Flows of Flowise (`nodes[].data.inputs`) and Langflow (`data.nodes[].data.node.template`), and single tools of Flowise.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{MAX_NODES, agent, model, product_of, prompt, tool};
use crate::{deploy::told::Told, node::Node, settings::key::words};

/// Words of the kind of a node.
const AGENTS: [&str; 4] = ["agents", "multi agents", "sequential agents", "agent flows"];
/// Inputs that name a model.
const MODELS: [&str; 6] =
    ["model", "modelName", "model_name", "model_id", "modelId", "azureOpenAIApiDeploymentName"];
/// Types of nodes that act by themselves, among those of a kind that says agent.
const ACTS: [&str; 3] = ["agent", "supervisor", "worker"];

/// Tells what a flow or tool holds; false if the document is neither.
pub(super) fn tell(document: &Node, told: &mut Told<'_>) -> bool {
    let custom = ["name", "description", "schema", "func"].map(|key| document.pair(key));
    if let [Some(name), Some(description), Some(_), Some(_)] = custom {
        let description = description.node.text().unwrap_or_default();
        tool(name.node.text().unwrap_or_default(), description, name.line, told);
        return true;
    }
    let data = document.get("data").unwrap_or(document);
    let nodes = data.get("nodes").map(Node::items).unwrap_or_default();
    let drawn = |node: &Node| {
        node.at(&["data", "inputs"]).is_some() || node.at(&["data", "node", "template"]).is_some()
    };
    if data.get("edges").is_none() || !nodes.iter().any(drawn) {
        return false;
    }
    let flow = document.text_at(&["name"]).map_or_else(|| of_file(told.file), str::to_owned);
    let acting = nodes.iter().filter(|node| acts(node)).count();
    for node in nodes.iter().take(MAX_NODES) {
        one(node, Some(flow.as_str()).filter(|_| acting == 1), told);
    }
    true
}

/// The name of a flow that is its file's.
fn of_file(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let ends = [" Chatflow", " Agents", " Agentflow", "-Chatflow", "_chatflow"];
    let stem = ends.iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem);
    stem.to_owned()
}

fn kind(node: &Node) -> &str {
    let kind = node.text_at(&["data", "name"]).filter(|_| node.at(&["data", "inputs"]).is_some());
    kind.or_else(|| node.text_at(&["data", "type"])).unwrap_or_default()
}

fn acts(node: &Node) -> bool {
    let category = node.text_at(&["data", "category"]).unwrap_or_default().to_ascii_lowercase();
    let kind = kind(node);
    let words = words(kind);
    let says = words.iter().any(|word| ACTS.contains(&word.as_str()));
    says && (AGENTS.contains(&category.as_str()) || category.is_empty())
}

fn one(node: &Node, flow: Option<&str>, told: &mut Told<'_>) {
    let Some(data) = node.get("data") else { return };
    let kind = kind(node);
    let line = data.pair("name").or_else(|| data.pair("type")).map_or(data.line, |pair| pair.line);
    let category = data.text_at(&["category"]).unwrap_or_default().to_ascii_lowercase();
    let label = data.text_at(&["label"]).or_else(|| data.text_at(&["node", "display_name"]));
    if acts(node) {
        agent(flow.or(label).unwrap_or(kind), line, told);
    }
    let is_tool = category == "tools" || category.is_empty() && kind.ends_with("Tool");
    if is_tool && !matches!(kind, "customTool" | "chainTool" | "retrieverTool") {
        tool(kind, "", line, told);
    }
    if category.contains("mcp") || kind == "MCPTools" {
        told.asset(AssetKind::Mcp, label.unwrap_or(kind), line, Confidence::High);
    }
    if is_tool
        || ["model", "embedding", "store", "rerank"].iter().any(|word| category.contains(word))
        || category.is_empty()
    {
        product_of(kind, line, told);
    }
    let inputs = data.get("inputs").or_else(|| data.at(&["node", "template"]));
    for pair in inputs.map(Node::pairs).unwrap_or_default() {
        input(
            &pair.key,
            pair.node.get("value").unwrap_or(&pair.node),
            kind,
            label.unwrap_or(kind),
            told,
        );
    }
}

fn input(key: &str, value: &Node, kind: &str, label: &str, told: &mut Told<'_>) {
    if MODELS.contains(&key) {
        model(value, kind, told);
    }
    let lower = key.to_ascii_lowercase();
    let says = ["prompt", "systemmessage", "system_message", "instructions"]
        .iter()
        .any(|word| lower.contains(word));
    if says || key == "template" {
        prompt(value, &format!("{label}.{key}"), told);
    }
    for (number, item) in value.items().iter().enumerate().take(20) {
        if let (Some(_), Some(content)) = (item.get("role"), item.get("content")) {
            prompt(content, &format!("{label}.{key}.{number}"), told);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deploy::in_file;

    fn told(name: &str, text: &str) -> Vec<String> {
        let found = in_file(name, text).assets;
        found.iter().map(|asset| format!("{} {}", asset.kind.word(), asset.name)).collect()
    }

    #[test]
    fn a_chatflow_and_its_tools() {
        let text = r#"{"edges": [], "nodes": [
            {"data": {"name": "toolAgent", "label": "Tool Agent", "category": "Agents", "inputs": {"systemMessage": "Help the customers of the shop."}}},
            {"data": {"name": "chatOllama", "category": "Chat Models", "inputs": {"modelName": "qwen2.5:7b"}}},
            {"data": {"name": "calculator", "category": "Tools", "inputs": {}}}
        ]}"#;
        assert_eq!(
            told("Shop Chatflow.json", text),
            [
                "model qwen2.5:7b",
                "prompt Shop Chatflow.json#Tool Agent.systemMessage",
                "tool calculator",
                "agent Shop",
                "service ollama"
            ]
        );
        let tool = r#"{"name": "find_goods", "description": "Finds goods", "schema": "[]", "func": "return model"}"#;
        assert_eq!(told("x-CustomTool.json", tool), ["tool find_goods"]);
    }

    #[test]
    fn a_flow_with_templates() {
        let text = r#"{"name": "Shop", "data": {"edges": [], "nodes": [
            {"data": {"type": "Agent", "node": {"display_name": "Agent", "template": {"system_prompt": {"value": "Help the customers of the shop."}, "model_name": {"value": "gpt-4o"}}}}}
        ]}}"#;
        assert_eq!(
            told("shop.json", text),
            ["model gpt-4o", "prompt shop.json#Agent.system_prompt", "agent Shop"]
        );
    }
}
