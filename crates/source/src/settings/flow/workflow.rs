//! Workflows of n8n: `nodes` with a `type`, a `name` and `parameters`, and `connections`.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{MAX_NODES, agent, is_expression, model, product_of, prompt, tool};
use crate::{deploy::told::Told, node::Node};

/// Of the nodes of its package for AI, what their names start with, and what they are.
const ROLES: &[(&str, Role)] = &[
    ("agentTool", Role::Tool),
    ("agent", Role::Agent),
    ("openAiAssistant", Role::Agent),
    ("lmChat", Role::Model),
    ("lm", Role::Model),
    ("embeddings", Role::Model),
    ("reranker", Role::Model),
    ("vectorStore", Role::Store),
    ("memoryVectorStore", Role::Store),
    ("mcpClient", Role::Client),
    ("mcpTrigger", Role::Server),
    ("tool", Role::Tool),
    ("chain", Role::Chain),
    ("openAi", Role::Asks),
    ("anthropic", Role::Asks),
    ("googleGemini", Role::Asks),
    ("ollama", Role::Asks),
    ("informationExtractor", Role::Chain),
    ("textClassifier", Role::Chain),
    ("sentimentAnalysis", Role::Chain),
];
/// Keys of parameters that hold a prompt.
const PROMPTS: &[&str] = &[
    "systemMessage",
    "text",
    "prompt",
    "humanMessage",
    "humanMessageTemplate",
    "systemPromptTemplate",
    "systemPrompt",
    "message",
    "instructions",
    "summarizationMethodAndPrompts",
    "combineMapPrompt",
    "content",
    "prefix",
    "suffix",
];
const DEEPEST: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Agent,
    Model,
    Store,
    Tool,
    Chain,
    Asks,
    Client,
    Server,
}

/// Tells what a workflow holds; false if the document is none.
pub(super) fn tell(document: &Node, told: &mut Told<'_>) -> bool {
    let nodes = document.get("nodes").map(Node::items).unwrap_or_default();
    let is_node =
        |node: &Node| node.get("parameters").is_some() && node.text_at(&["type"]).is_some();
    if document.get("connections").is_none() || !nodes.iter().any(is_node) {
        return false;
    }
    for node in
        nodes.iter().take(MAX_NODES).filter(|node| !node.get("disabled").is_some_and(Node::is_true))
    {
        one(node, told);
    }
    true
}

fn one(node: &Node, told: &mut Told<'_>) {
    let Some(whole) = node.text_at(&["type"]) else { return };
    let (package, kind) = whole.rsplit_once('.').unwrap_or(("", whole));
    let named = node.pair("name");
    let name = named.and_then(|pair| pair.node.text()).unwrap_or(kind);
    let line = named.map_or(node.line, |pair| pair.line);
    let nothing = Node::empty();
    let parameters = node.get("parameters").unwrap_or(&nothing);
    if !package.contains("langchain") {
        // Any node may be offered to an agent: `postgresTool`.
        if kind.ends_with("Tool") {
            of_tool(parameters, name, line, told);
        }
        return;
    }
    let Some((_, role)) = ROLES.iter().find(|(start, _)| kind.starts_with(start)) else { return };
    match role {
        Role::Agent => agent(name, line, told),
        Role::Tool => of_tool(parameters, name, line, told),
        Role::Client => client(parameters, name, line, told),
        Role::Server => {
            let location = format!("path:{}", told.file).parse().ok();
            let asset = told.asset(AssetKind::Mcp, name, line, Confidence::High);
            asset.location = location;
            asset.details.insert("defined".into(), "here".into());
        }
        Role::Store if parameters.text_at(&["mode"]) == Some("retrieve-as-tool") => {
            of_tool(parameters, name, line, told);
        }
        _ => {}
    }
    if matches!(role, Role::Model | Role::Store | Role::Tool | Role::Asks) {
        product_of(kind, line, told);
    }
    if matches!(role, Role::Model | Role::Asks) {
        for key in ["model", "modelId", "modelName"] {
            let Some(named) = parameters.get(key) else { continue };
            model(named.get("value").unwrap_or(named), kind, told);
        }
    }
    if matches!(role, Role::Agent | Role::Chain | Role::Asks) {
        prompts(parameters, name, 0, told);
    }
}

fn of_tool(parameters: &Node, name: &str, line: u32, told: &mut Told<'_>) {
    let own = ["toolName", "name"].iter().find_map(|key| parameters.text_at(&[key]));
    let own = own.filter(|own| !own.is_empty() && !is_expression(own)).unwrap_or(name);
    let description = ["toolDescription", "description"];
    let description = description.iter().find_map(|key| parameters.text_at(&[key]));
    tool(own, description.unwrap_or_default(), line, told);
}

fn client(parameters: &Node, name: &str, line: u32, told: &mut Told<'_>) {
    let address = ["sseEndpoint", "endpointUrl"].iter().find_map(|key| parameters.text_at(&[key]));
    let address = address.filter(|text| text.starts_with("https://") && !is_expression(text));
    let location = address.and_then(|text| text.split(['?', '#']).next()?.parse().ok());
    told.asset(AssetKind::Mcp, name, line, Confidence::High).location = location;
}

/// The prompts among the parameters of a node, also in its options and messages.
fn prompts(node: &Node, name: &str, depth: usize, told: &mut Told<'_>) {
    if depth > DEEPEST {
        return;
    }
    for pair in node.pairs() {
        if PROMPTS.contains(&&*pair.key) && pair.node.text().is_some() {
            prompt(&pair.node, &format!("{name}.{}", pair.key), told);
        }
        prompts(&pair.node, name, depth + 1, told);
    }
    for (number, item) in node.items().iter().enumerate().take(50) {
        let below = if number == 0 { name.to_owned() } else { format!("{name}-{}", number + 1) };
        prompts(item, &below, depth + 1, told);
    }
}

#[cfg(test)]
mod tests {
    use crate::deploy::in_file;

    #[test]
    fn nodes_of_a_workflow_are_told() {
        let text = r#"{"name": "Desk", "connections": {}, "nodes": [
            {"type": "@n8n/n8n-nodes-langchain.agent", "name": "Clerk", "parameters": {"text": "={{ $json.question }}", "options": {"systemMessage": "Answer the customers of the shop."}}},
            {"type": "@n8n/n8n-nodes-langchain.lmChatOllama", "name": "LM", "parameters": {"model": {"__rl": true, "value": "qwen2.5:14b"}}},
            {"type": "@n8n/n8n-nodes-langchain.vectorStoreQdrant", "name": "Goods", "parameters": {"mode": "retrieve-as-tool", "toolName": "goods"}},
            {"type": "n8n-nodes-base.postgresTool", "name": "List orders", "parameters": {"toolDescription": "Lists"}},
            {"type": "n8n-nodes-base.postgres", "name": "Write", "parameters": {}},
            {"type": "@n8n/n8n-nodes-langchain.mcpClientTool", "name": "Far", "parameters": {"sseEndpoint": "https://mcp.example.org/sse?k=s"}}
        ]}"#;
        let found = in_file("desk.json", text);
        let all: Vec<_> = found
            .assets
            .iter()
            .map(|asset| format!("{} {}", asset.kind.word(), asset.name))
            .collect();
        assert_eq!(
            all,
            [
                "model qwen2.5:14b",
                "prompt desk.json#Clerk.systemMessage",
                "store qdrant",
                "tool List orders",
                "tool goods",
                "mcp Far",
                "agent Clerk",
                "service ollama"
            ]
        );
    }
}
