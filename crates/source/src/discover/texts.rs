//! Texts that reach a model or describe one, and published hashes, found without a system file.

use coseal_core::tree::Walk;

/// Files that coding agents and chat programs read as instructions.
const AGENT_FILES: [&str; 6] =
    ["agents.md", "claude.md", "gemini.md", "skill.md", ".cursorrules", "copilot-instructions.md"];
const PROMPT_SUFFIXES: [&str; 7] = ["md", "txt", "jinja", "jinja2", "j2", "prompt", "tmpl"];

/// Names of files that are prompts, instructions to agents, model and dataset cards, or lists of hashes.
#[must_use]
pub fn texts(walk: &Walk) -> Vec<&str> {
    walk.files.iter().map(|file| file.name.as_str()).filter(|name| is_text_asset(name)).collect()
}

fn is_text_asset(name: &str) -> bool {
    let lower = name.to_lowercase();
    let (folder, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let suffix = file.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let in_prompts =
        folder.split('/').any(|part| matches!(part, "prompt" | "prompts" | "system_prompts"));
    let card = file.ends_with(".md")
        && (file.contains("model_card")
            || file.contains("model-card")
            || file.contains("modelcard"));
    let template = matches!(suffix, "prompt" | "jinja" | "jinja2")
        && file.contains("chat_template")
        || suffix == "prompt";
    AGENT_FILES.contains(&file)
        || is_list_of_hashes(file, suffix)
        || card
        || template
        || in_prompts && PROMPT_SUFFIXES.contains(&suffix)
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
            "SHA256SUMS",
            "dist/model.gguf.sha256",
            "checksums.txt",
        ] {
            assert!(is_text_asset(name), "{name}");
        }
        for name in ["README.md", "src/prompts.py", "prompts/logo.png", "notes.txt"] {
            assert!(!is_text_asset(name), "{name}");
        }
    }
}
