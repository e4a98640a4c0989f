//! Prompts in settings: long texts under keys that say so, and the roles of agents.

use super::key::words;
use crate::{code::opens_as_prompt, deploy::told::Told, node::Node};

/// A text shorter than this is a label, in characters.
const SHORTEST: usize = 60;

/// Letters from which a text of many words is none of the settings of a program.
const LONG: usize = 160;

/// Whether a key says that its text is for a model. `instructions` and `template` do so beside others of AI only, which `says` tells.
pub(crate) fn is_prompt(key: &str, text: &str, says: bool) -> bool {
    let words = words(key);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let sure = has(&["prompt", "prompts", "systemprompt"])
        || key.eq_ignore_ascii_case("system_message")
        || key.eq_ignore_ascii_case("systemMessage");
    let template = matches!(key, "chat_template" | "chatTemplate" | "chat-template");
    let likely = says
        && (has(&["instructions", "instruction", "preamble", "persona"])
            || matches!(key, "system" | "template"));
    let other = has(&[
        "file",
        "path",
        "id",
        "name",
        "version",
        "type",
        "style",
        "variables",
        "description",
        "title",
        "tokens",
        "token",
        "url",
    ]);
    // What instructs a model opens like it, and what it is told of a person is called so.
    let preferences = has(&["preferences", "background", "guidelines", "rules", "tone", "triage"]);
    let instructs = !other && opens_as_prompt(text)
        || preferences && !other && text.len() >= LONG && text.matches('\n').count() > 1;
    instructs || template && text.contains("{%") || (sure || likely) && !other && is_long(text)
}

fn is_long(text: &str) -> bool {
    text.trim().chars().count() >= SHORTEST && text.trim().contains(' ') && !text.contains("://")
        || {
            let lines = text.trim().lines().count();
            lines > 2 && text.contains(' ')
        }
}

/// An agent as crewAI writes it: `role`, `goal` and `backstory`; a task: `description` and `expected_output`. Its role in a conversation, and the text of its parts.
pub(crate) fn of_agent(node: &Node) -> Option<(&'static str, String)> {
    let text = |key: &str| node.text_at(&[key]);
    if let (Some(role), Some(goal)) = (text("role"), text("goal")) {
        let backstory = text("backstory").unwrap_or_default();
        return Some(("system", [role, goal, backstory].join("\n")));
    }
    match (text("description"), text("expected_output")) {
        (Some(description), Some(output)) => Some(("user", [description, output].join("\n"))),
        _ => None,
    }
}

/// Tells the prompt of an agent or task at a dotted key.
pub(crate) fn tell_agent(node: &Node, path: &str, line: u32, told: &mut Told<'_>) -> bool {
    let Some((role, text)) = of_agent(node) else { return false };
    told.prompt(path, &text, line, Some(role));
    true
}
