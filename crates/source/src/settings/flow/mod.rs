//! Flows that people draw: workflows of n8n, flows of Flowise and Langflow. Their nodes are models, prompts, tools, stores and agents.

mod drawn;
mod workflow;

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    key::words,
    pair::{self, Context},
};
use crate::{
    code::digest_of,
    deploy::{product, told::Told},
    node::Node,
};

/// Nodes of one flow beyond this many are not looked at.
const MAX_NODES: usize = 500;
/// Letters of the shortest text that counts as a prompt, and of the longest name of a tool or agent.
const LEAST: usize = 20;
const LONGEST: usize = 80;

/// Tells what a flow holds; false if the document is none.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) -> bool {
    workflow::tell(document, told) || drawn::tell(document, told)
}

/// The model that a node names, in the words of its type: `lmChatOpenAi` is asked at OpenAI.
fn model(node: &Node, kind: &str, told: &mut Told<'_>) {
    let Some(text) = node.text().filter(|text| !is_expression(text)) else { return };
    pair::tell(told, "llm_model", text, node.line, &Context::default().below(&spelt(kind)));
}

/// The product that the words of a node's type name, if one is known.
fn product_of(kind: &str, line: u32, told: &mut Told<'_>) {
    let words = words(&spelt(kind));
    if let Some(named) = product::of_key(&words) {
        told.product(named, line, None, Confidence::High);
    }
}

/// A prompt that a node holds, under the name of the node and the key.
fn prompt(node: &Node, name: &str, told: &mut Told<'_>) {
    let Some(text) = node.text() else { return };
    let own = text.trim().trim_start_matches('=');
    let only = is_expression(text) && own.starts_with("{{") && own.ends_with("}}");
    if only || own.len() < LEAST || own.split_whitespace().count() < 4 {
        return;
    }
    let role = name.to_ascii_lowercase().contains("system").then_some("system");
    told.prompt(name, text, node.line, role);
}

fn tool(name: &str, description: &str, line: u32, told: &mut Told<'_>) {
    let fits = !name.is_empty() && name.len() <= LONGEST && !is_expression(name);
    if fits {
        let location = format!("path:{}", told.file).parse().ok();
        let asset = told.asset(AssetKind::Tool, name, line, Confidence::High);
        asset.digest = Some(digest_of(&format!("{name}\n{description}\n")));
        asset.location = location;
    }
}

fn agent(name: &str, line: u32, told: &mut Told<'_>) {
    if !name.is_empty() {
        told.asset(AssetKind::Agent, name, line, Confidence::High);
    }
}

/// Whether a text is filled in when the flow runs.
fn is_expression(text: &str) -> bool {
    text.starts_with('=') || text.contains("{{")
}

/// Names of types as others spell them: `openAi` is one word.
fn spelt(kind: &str) -> String {
    let pairs = [
        ("OpenAi", "Openai"),
        ("openAi", "openai"),
        ("PGVector", "Pgvector"),
        ("HuggingFace", "Huggingface"),
    ];
    pairs.iter().fold(kind.to_owned(), |kind, (from, to)| kind.replace(from, to))
}
