//! Where texts that reach a model stand.

use super::pattern::Pattern;

const fn any(call: &'static str) -> Pattern {
    Pattern { call, of: &[] }
}

/// Parts of names that say that a text is for a model.
pub(crate) const NAMES: &[&str] = &[
    "prompt",
    "instruction",
    "system_message",
    "systemmessage",
    "system_msg",
    "sys_msg",
    "system_text",
    "template",
    "persona",
    "system_content",
    "backstory",
    "preamble",
    "few_shot",
    "fewshot",
];

/// Parts of names that say that it is not.
pub(crate) const NOT_NAMES: &[&str] = &[
    "html",
    "url",
    "path",
    "file",
    "dir",
    "css",
    "sql",
    "_id",
    "name",
    "email",
    "page",
    "key",
    "tokens",
    "placeholder",
    "version",
    "error",
    "description",
    "label",
    "title",
    "help",
    "response",
    "docker",
    "yaml",
    "xml_template",
    "svg",
    "length",
    "template_folder",
];

/// Keywords that hold a prompt, whatever is called, and its role.
pub(crate) const KEYWORDS: &[(&str, &str)] = &[
    ("system", "system"),
    ("system_prompt", "system"),
    ("systemPrompt", "system"),
    ("system_message", "system"),
    ("systemMessage", "system"),
    ("system_instruction", "system"),
    ("systemInstruction", "system"),
    ("system_template", "system"),
    ("instructions", "system"),
    ("instruction", "system"),
    ("preamble", "system"),
    ("state_modifier", "system"),
    ("messages_modifier", "system"),
    ("prompt_template", "user"),
    ("prompt", "user"),
    ("qa_template", "user"),
    ("text_qa_template", "user"),
    ("agent_prefix", "system"),
    ("prefix", "system"),
    ("suffix", "user"),
    ("context_prompt", "system"),
];

/// Calls whose argument is a prompt, and its role.
pub(crate) const CALLS: &[(Pattern, &[&str], &str)] = &[
    (any("PromptTemplate"), &["template", "0"], "user"),
    (any("RichPromptTemplate"), &["template", "0"], "user"),
    (any("PromptTemplate.from_template"), &["template", "0"], "user"),
    (any("PromptTemplate.fromTemplate"), &["0"], "user"),
    (any("ChatPromptTemplate.from_template"), &["template", "0"], "user"),
    (any("ChatPromptTemplate.fromTemplate"), &["0"], "user"),
    (any("SystemMessagePromptTemplate.from_template"), &["template", "0"], "system"),
    (any("SystemMessagePromptTemplate.fromTemplate"), &["0"], "system"),
    (any("HumanMessagePromptTemplate.from_template"), &["template", "0"], "user"),
    (any("HumanMessagePromptTemplate.fromTemplate"), &["0"], "user"),
    (any("FewShotPromptTemplate"), &["prefix"], "user"),
    (any("SystemMessage"), &["content", "0"], "system"),
    (any("SystemChatMessage"), &["content", "0"], "system"),
    (any("ChatMessage"), &["content"], "system"),
    (any("ChatMessage.from_system"), &["0"], "system"),
    (any("ChatMessage.fromSystem"), &["0"], "system"),
    (any("PromptBuilder"), &["template", "0"], "user"),
    (any("ChatPromptBuilder"), &["template", "0"], "user"),
    (any("generate_content*"), &["contents", "0"], "user"),
    (any("generateContent*"), &["contents", "0"], "user"),
    (any("llm.invoke"), &["input", "0"], "user"),
    (any("llm.predict"), &["0"], "user"),
    (any("llm.complete"), &["0"], "user"),
    (any("ollama.generate"), &["prompt"], "user"),
    (any("create_prompt"), &["prefix"], "system"),
];

/// Calls that describe an agent or a task in several texts.
pub(crate) const AGENT_TEXTS: &[(Pattern, &[&str])] = &[
    (Pattern { call: "Agent", of: &["crewai"] }, &["role", "goal", "backstory"]),
    (Pattern { call: "Task", of: &["crewai"] }, &["description", "expected_output"]),
];
