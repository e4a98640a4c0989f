//! Texts that reach a model or describe one, and published hashes, found without a system file.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    tree::{Walk, read_text},
};

use crate::code::{digest_of, is_optional};

/// Files that coding agents and chat programs read as instructions.
const AGENT_FILES: [&str; 6] =
    ["agents.md", "claude.md", "gemini.md", "skill.md", ".cursorrules", "copilot-instructions.md"];
const PROMPT_SUFFIXES: [&str; 12] = [
    "md", "txt", "jinja", "jinja2", "j2", "prompt", "tmpl", "hbs", "mustache", "poml", "mdc", "tpl",
];
/// Words in the name of a text beside `prompt` that make it one for people.
const FOR_PEOPLE: [&str; 12] = [
    "guide",
    "guides",
    "engineering",
    "readme",
    "tutorial",
    "changelog",
    "example",
    "examples",
    "results",
    "output",
    "log",
    "notes",
];

/// Names of files that are prompts, instructions to agents, model and dataset cards, or lists of hashes.
#[must_use]
pub fn texts(walk: &Walk) -> Vec<&str> {
    walk.files.iter().map(|file| file.name.as_str()).filter(|name| is_text_asset(name)).collect()
}

/// Whether a file is a prompt or instructions to an agent; cards describe a model and reach none.
pub(crate) fn is_prompt(name: &str) -> bool {
    is_text_asset(name) && !is_card(&name.to_lowercase())
}

/// Prompts that are files of their own.
pub(crate) fn text_prompts(walk: &Walk) -> Vec<Asset> {
    let files = walk.files.iter().filter(|file| is_prompt(&file.name));
    let prompt = |file: &coseal_core::tree::FileEntry| {
        // Without its text there is no digest, and the texts that are not read are a gap elsewhere.
        let digest = read_text(&file.path).ok().map(|text| digest_of(&text));
        let (method, confidence) = (Method::Name, Confidence::High);
        Asset {
            kind: AssetKind::Prompt,
            name: file.name.clone(),
            location: format!("path:{}", file.name).parse().ok(),
            digest,
            pin: Pin::Unknown,
            optional: is_optional(&file.name),
            details: BTreeMap::new(),
            seen: vec![Sighting { path: file.name.clone(), line: 0, method, confidence }],
        }
    };
    files.map(prompt).collect()
}

fn is_card(lower: &str) -> bool {
    let file = lower.rsplit('/').next().unwrap_or_default();
    let names = ["model_card", "model-card", "modelcard"];
    file.ends_with(".md") && names.iter().any(|name| file.contains(name))
}

fn is_text_asset(name: &str) -> bool {
    let lower = name.to_lowercase();
    let (folder, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let suffix = file.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let in_prompts =
        folder.split('/').any(|part| matches!(part, "prompt" | "prompts" | "system_prompts"));
    let card = is_card(&lower);
    let template = matches!(suffix, "prompt" | "jinja" | "jinja2")
        && file.contains("chat_template")
        || matches!(suffix, "prompt" | "prompty");
    let rules = matches!(suffix, "md" | "mdc")
        && [
            ".cursor/rules",
            ".claude/commands",
            ".claude/agents",
            ".github/prompts",
            ".github/instructions",
        ]
        .iter()
        .any(|place| folder.ends_with(place) || folder.contains(&format!("{place}/")));
    AGENT_FILES.contains(&file)
        || rules
        || says_prompt(file, suffix)
        || is_list_of_hashes(file, suffix)
        || card
        || template
        || in_prompts && PROMPT_SUFFIXES.contains(&suffix)
}

/// `system_prompt.txt`, `answer.prompt.md`: a text whose name has the word.
fn says_prompt(file: &str, suffix: &str) -> bool {
    let stem = file.strip_suffix(suffix).unwrap_or(file);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let says = has(&["prompt", "prompts", "sysprompt", "systemprompt"])
        || suffix != "md" && has(&["instructions", "instruction", "persona"]);
    says && PROMPT_SUFFIXES.contains(&suffix) && !has(&FOR_PEOPLE)
        || suffix == "jsonl" && has(&["prompt"])
}

/// Names that `sha256sum` and release tools give.
fn is_list_of_hashes(file: &str, suffix: &str) -> bool {
    let named = ["sha256sums", "sha256sum", "checksums", "checksum", "hashes.sha256"];
    matches!(suffix, "sha256" | "sha256sum" | "sha256sums")
        || named.contains(&file.strip_suffix(".txt").unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::is_text_asset;

    #[test]
    fn finds_prompts_agent_files_and_cards_only() {
        for name in [
            "prompts/answer.md",
            "app/prompts/system.txt",
            "AGENTS.md",
            "x/MODEL_CARD.md",
            "a.prompt",
            "src/chat.prompty",
            "app/system_prompt.txt",
            "app/answer.prompt.md",
            ".cursor/rules/style.mdc",
            "eval/prompt_pairs.jsonl",
            "SHA256SUMS",
            "dist/model.gguf.sha256",
            "checksums.txt",
        ] {
            assert!(is_text_asset(name), "{name}");
        }
        for name in [
            "README.md",
            "src/prompts.py",
            "prompts/logo.png",
            "notes.txt",
            "prompt-engineering-guide.md",
            "docs/rules.md",
        ] {
            assert!(!is_text_asset(name), "{name}");
        }
    }
}
