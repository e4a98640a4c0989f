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
    "persona",
    "system_content",
    "backstory",
    "preamble",
    "few_shot",
    "fewshot",
];

/// What says so too where nothing else is said.
pub(crate) const WEAK: &str = "template";

/// How a text begins that instructs a model, in lower case.
pub(crate) const OPENINGS: &[&str] = &[
    "you are a ",
    "you are an ",
    "you are the ",
    "you are my ",
    "you are our ",
    "you are going to ",
    "you are tasked ",
    "you are responsible for ",
    "you are helping ",
    "you are acting ",
    "you are playing ",
    "you are working ",
    "you are given ",
    "you are provided ",
    "you are {",
    "you are ${",
    "you're a ",
    "you're an ",
    "you will be given ",
    "you will be provided ",
    "you have access to ",
    "you can use the following tools",
    "your task is ",
    "your job is ",
    "your role is ",
    "your goal is ",
    "your name is ",
    "act as a",
    "i want you to ",
    "please act as ",
    "as an ai ",
    "as an expert ",
    "assistant is a ",
    "given the following ",
    "given a question",
    "given a user",
    "given a chat",
    "given a query",
    "given a conversation",
    "given the conversation",
    "given the context",
    "given the user",
    "given an input question",
    "use the following pieces of ",
    "use the following context",
    "use the context ",
    "use the provided ",
    "use only the ",
    "using the context",
    "based on the following ",
    "based on the context",
    "based on the provided ",
    "based on the conversation",
    "answer the question",
    "answer the following ",
    "answer the user",
    "summarize the following ",
    "summarise the following ",
    "write a concise summary",
    "translate the following ",
    "translate the text",
    "rewrite the following ",
    "rephrase the following ",
    "classify the following ",
    "extract the following ",
    "analyze the following ",
    "generate a question",
    "below is an instruction",
    "below is a question",
    "below is a conversation",
    "the following is a conversation",
    "the following is a friendly conversation",
    "respond to the following ",
    "respond to the human ",
    "evaluate the following ",
    "a chat between a curious ",
    "context information is below",
    "here is the conversation",
    "respond only with ",
    "respond in the following",
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
    "tooltip",
    "_at",
    "prompted",
    "dict_key",
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

/// Keys of settings that hold a prompt, beside those whose name says so.
pub(crate) const KEYS: &[&str] = &["system", "systemText", "sys_prompt"];

/// Calls that show a text to people.
pub(crate) const SHOWN_BY: &[&str] = &[
    "split",
    "replace",
    "startswith",
    "startsWith",
    "find",
    "includes",
    "print",
    "log",
    "info",
    "warning",
    "warn",
    "error",
    "debug",
    "markdown",
    "write",
    "text",
    "toast",
    "alert",
    "Exception",
    "ValueError",
    "RuntimeError",
    "Error",
    "HTTPException",
    "expect",
    "assertEqual",
    "t",
    "caption",
    "title",
    "header",
    "subheader",
    "help",
    "echo",
    "secho",
    "success",
    "add_argument",
    "Tool",
    "tool",
    "registerTool",
    "describe",
    "it",
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
    (any("SystemPromptPart"), &["content", "0"], "system"),
    (any("LLMChain.from_string"), &["template", "1"], "user"),
];

/// Calls that pass on what somebody asks: a prompt only where it instructs.
pub(crate) const ASKS: &[(Pattern, &[&str])] = &[
    (any("Runner.run*"), &["input", "1"]),
    (any("responses.create"), &["input"]),
    (any("responses.parse"), &["input"]),
    (any("responses.stream"), &["input"]),
    (any("invoke"), &["input", "0"]),
    (any("ainvoke"), &["input", "0"]),
    (any("acomplete"), &["prompt", "0"]),
    (any("complete"), &["prompt", "0"]),
    (any("run_sync"), &["user_prompt", "0"]),
    (any("initiate_chat"), &["message"]),
    (any("HumanMessage"), &["content", "0"]),
    (any("UserMessage"), &["content", "0"]),
    (any("ChatMessage.from_user"), &["0"]),
    (any("UserPromptPart"), &["content", "0"]),
    (any("Part.from_text"), &["text", "0"]),
    (any("text_generation"), &["prompt", "0"]),
    (any("textGeneration"), &["inputs"]),
];

/// Parts of paths where texts are for people, or stand in for a model's.
pub(crate) const NOT_IN: &[&str] =
    &["i18n", "locales", "locale", "translations", "lang", "messages", "mock", "mocks", "stories"];

/// Names in which the text is for a prompt, and none itself.
pub(crate) const NOT_OF: &[&str] =
    &["forprompt", "for_prompt", "fromprompt", "from_prompt", "quick_start", "suggest"];

/// How names of files end that hold a text, and of those that hold one to be filled in.
pub(crate) const FILES: &[&str] = &[
    "txt", "md", "hbs", "mustache", "tmpl", "prompt", "prompty", "tpl", "poml", "template", "xml",
];
pub(crate) const TEMPLATES: &[&str] = &["j2", "jinja", "jinja2", "prompty"];
/// How the rest of the name of a template ends that makes something else.
pub(crate) const NOT_FILES: &[&str] = &[
    ".html",
    ".yaml",
    ".yml",
    ".json",
    ".toml",
    ".sh",
    ".py",
    ".ts",
    ".xml",
    ".conf",
    ".sql",
    ".css",
    ".service",
    "Dockerfile",
    ".env",
    ".tex",
    ".rst",
    "index",
    "base",
    "layout",
];

/// Calls that fetch a prompt by its name: where the name stands, and the address before it.
pub(crate) const HUB_CALLS: &[(Pattern, &[&str], &str)] = &[
    (Pattern { call: "hub.pull", of: &["langchain"] }, &["0"], "https://smith.langchain.com/hub/"),
    (
        Pattern { call: "pull", of: &["langchain/hub", "langchainhub"] },
        &["0"],
        "https://smith.langchain.com/hub/",
    ),
    (any("pull_prompt"), &["0"], ""),
    (any("pullPrompt"), &["0"], ""),
    (any("Langfuse().get_prompt"), &["name", "0"], ""),
    (any("langfuse.get_prompt"), &["name", "0"], ""),
    (any("langfuse.getPrompt"), &["name", "0"], ""),
    (any("Langfuse().getPrompt"), &["name", "0"], ""),
];

/// Calls that describe an agent or a task in several texts.
pub(crate) const AGENT_TEXTS: &[(Pattern, &[&str])] = &[
    (Pattern { call: "Agent", of: &["crewai"] }, &["role", "goal", "backstory"]),
    (Pattern { call: "Task", of: &["crewai"] }, &["description", "expected_output"]),
];
