//! Names of models in configuration, by the keys they stand under, and the texts of agents and tasks that CrewAI keeps in YAML.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind, Method, Pin, Sighting},
    finding::Confidence,
    plain::plain,
    system::FILE_NAME,
    tree::{FileEntry, MAX_TEXT, Walk, read_text},
};

use super::{
    assets::{digest_of, is_optional, pin_of_name},
    known::{hosted, hub},
};

/// Assets put down beyond this many are left out.
const MAX_FOUND: usize = 20_000;
/// From this many names of hosted models, a file is a list to choose from.
const LIST: usize = 6;
const SUFFIXES: [&str; 8] = ["yaml", "yml", "toml", "json", "ini", "cfg", "conf", "properties"];
/// Files that name models and use none.
const NOT_SETTINGS: [&str; 8] = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "poetry.lock",
    "pnpm-lock.yaml",
    "composer.json",
    "uv.lock",
    "components.json",
];

/// What configuration shows.
pub(super) fn assets(walk: &Walk, pins: &BTreeMap<&str, Pin>) -> Vec<Asset> {
    let mut found = Vec::new();
    for file in walk.files.iter().filter(|file| is_settings(file)) {
        let Ok(text) = read_text(&file.path) else { continue };
        models(&file.name, &text, pins, &mut found);
        if file.name.ends_with(".yaml") || file.name.ends_with(".yml") {
            blocks(&file.name, &text, &mut found);
        }
        if found.len() > MAX_FOUND {
            break;
        }
    }
    found
}

/// Whether a file is configuration that is looked at.
pub(super) fn is_settings(file: &FileEntry) -> bool {
    let name = file.name.rsplit('/').next().unwrap_or_default();
    let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let env = name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
    file.size <= MAX_TEXT
        && name != FILE_NAME
        && !NOT_SETTINGS.contains(&name)
        && !name.ends_with(".lock")
        && (env || SUFFIXES.contains(&suffix))
}

fn models(path: &str, text: &str, pins: &BTreeMap<&str, Pin>, found: &mut Vec<Asset>) {
    let mut names = Vec::new();
    let mut above = String::new();
    for (line, written) in (1_u32..).zip(text.lines()) {
        let Some((key, value)) = entry(written, &above) else { continue };
        if value.is_empty() {
            above = key;
            continue;
        }
        if let Some(name) = name_of(&key, value) {
            names.push((line, key, name));
        }
    }
    let distinct: BTreeSet<&str> = names.iter().map(|(_, _, (name, _))| name.as_str()).collect();
    let list = distinct.len() >= LIST;
    for (line, key, (name, location)) in names {
        let optional = is_optional(path) || list && !key.contains("default");
        let pin = pins.get(name.as_str()).copied();
        let pin = pin.unwrap_or_else(|| {
            if location.starts_with("api:") { pin_of_name(&name) } else { Pin::Alias }
        });
        found.push(Asset {
            kind: AssetKind::Model,
            name: plain(&name, 200),
            location: location.parse().ok(),
            digest: None,
            pin,
            optional,
            details: BTreeMap::new(),
            seen: vec![sighting(path, line, Confidence::Medium)],
        });
    }
}

fn sighting(path: &str, line: u32, confidence: Confidence) -> Sighting {
    Sighting { path: path.to_owned(), line, method: Method::Configuration, confidence }
}

/// Key and value of a line of YAML, TOML, JSON, or of an environment; an item of a list stands under the key above.
fn entry<'a>(written: &'a str, above: &str) -> Option<(String, &'a str)> {
    let line = written.trim();
    if line.is_empty() || line.starts_with(['#', ';']) || line.starts_with("//") || line.len() > 500
    {
        return None;
    }
    let item = line.strip_prefix("- ").unwrap_or(line).trim_start_matches("export ").trim();
    let split = item.find(['=', ':']).filter(|at| {
        // The `:` of `llama3:8b` or of an address is no end of a key.
        let after = item.as_bytes().get(at + 1);
        item.as_bytes().get(*at) == Some(&b'=')
            || after.is_none_or(|b| b.is_ascii_whitespace())
            || item.starts_with('"')
    });
    let (key, value) = match split.and_then(|at| Some((item.get(..at)?, item.get(at + 1..)?))) {
        Some((key, value)) => (bare(key).to_lowercase(), value),
        None if line.starts_with("- ") || line.starts_with('"') => (above.to_owned(), item),
        None => return None,
    };
    let value = value.split(" #").next().unwrap_or_default();
    let value = bare(value);
    Some((key, if matches!(value, "[" | "{" | "|" | ">" | "") { "" } else { value }))
}

fn bare(text: &str) -> &str {
    let text = text.trim().trim_end_matches(',').trim();
    text.trim_matches(['"', '\'']).trim()
}

/// The model that a value names, where its key says that it is one: name and location.
fn name_of(key: &str, value: &str) -> Option<(String, String)> {
    // `${MODEL:gpt-4o}` and `${MODEL:-gpt-4o}` have a default.
    let value = match value.strip_prefix("${") {
        Some(rest) => bare(rest.split_once(':')?.1.trim_end_matches('}').trim_start_matches('-')),
        None => value,
    };
    if value.len() > 100 || value.contains([' ', '{', '<']) {
        return None;
    }
    let says = [
        "model",
        "llm",
        "embed",
        "engine",
        "deployment",
        "repo_id",
        "checkpoint",
        "tokenizer",
        "rerank",
    ];
    let says_model = says.iter().any(|part| key.contains(part))
        && !key.contains("file")
        && !key.contains("path");
    for prefix in ["ollama/", "ollama_chat/", "ollama:"] {
        if let Some(name) = value.strip_prefix(prefix).filter(|name| hosted::is_plausible(name)) {
            let full = if name.contains('/') { name.to_owned() } else { format!("library/{name}") };
            return Some((name.to_owned(), format!("oci:registry.ollama.ai/{full}")));
        }
    }
    if let Some((provider, name)) =
        hosted::by_name(value).filter(|_| says_model || key.contains("name") || key == "default")
    {
        return Some((name.to_owned(), format!("api:{provider}/{name}")));
    }
    let name = value.strip_prefix("huggingface/").unwrap_or(value);
    let hub = hub::is_known(name)
        || says_model && !key.contains("provider") && !key.contains("image") && hub::is_id(name);
    (hub && says_model).then(|| (name.to_owned(), format!("hf:{name}")))
}

/// Blocks that describe an agent (`role`, `goal`) or a task (`description`, `expected_output`), each a prompt.
fn blocks(path: &str, text: &str, found: &mut Vec<Asset>) {
    let mut start: Option<(String, u32, Vec<&str>)> = None;
    let lines = (1_u32..).zip(text.lines()).map(|(line, text)| (line, Some(text)));
    for (line, written) in lines.chain([(0, None)]) {
        let top =
            written.filter(|text| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
        if top.is_some() || written.is_none() {
            if let Some((name, line, block)) = start.take() {
                block_of(path, &name, line, &block, found);
            }
            let key = top.and_then(|text| text.trim_end().strip_suffix(':'));
            start = key.map(|key| (key.to_owned(), line, Vec::new()));
        } else if let (Some((_, _, block)), Some(text)) = (&mut start, written) {
            block.push(text);
        }
    }
}

fn block_of(path: &str, name: &str, line: u32, block: &[&str], found: &mut Vec<Asset>) {
    let has = |key: &str| block.iter().any(|text| text.trim_start().starts_with(key));
    let agent = has("role:") && has("goal:");
    if !agent && !(has("description:") && has("expected_output:")) {
        return;
    }
    let text = block.join("\n");
    let role = if agent { "system" } else { "user" };
    let seen = vec![sighting(path, line, Confidence::High)];
    let prompt = Asset {
        kind: AssetKind::Prompt,
        name: plain(&format!("{path}#{name}"), 300),
        location: format!("path:{path}").parse().ok(),
        digest: Some(digest_of(text.trim_end())),
        pin: Pin::Unknown,
        optional: is_optional(path),
        details: BTreeMap::from([("role".into(), role.into())]),
        seen: seen.clone(),
    };
    if agent {
        let (kind, digest) = (AssetKind::Agent, None);
        found.push(Asset {
            kind,
            name: plain(name, 100),
            digest,
            details: BTreeMap::new(),
            location: None,
            ..prompt.clone()
        });
    }
    found.push(prompt);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{blocks, models};

    #[test]
    fn keys_say_that_a_value_is_a_model() {
        let text = "llm:\n  model: gpt-4o # the default\n  temperature: 0.1\nembedding_hf_model_name: BAAI/bge-m3\n\
                    models:\n  - model: \"ollama/llava:7b\"\n# model: gpt-4\nMODEL=${M:-claude-3-haiku-20240307}\n\
                    homepage: https://example.org/gpt-4\nauthor: someone/else\n";
        let mut found = Vec::new();
        models("a.yaml", text, &BTreeMap::new(), &mut found);
        let names: Vec<_> = found.iter().map(|a| (a.name.as_str(), a.seen[0].line)).collect();
        assert_eq!(
            names,
            [("gpt-4o", 2), ("BAAI/bge-m3", 4), ("llava:7b", 6), ("claude-3-haiku-20240307", 8)]
        );
    }

    #[test]
    fn agents_and_tasks_in_yaml_are_prompts() {
        let text = "writer:\n  role: >\n    Writer\n  goal: >\n    Write\n\nother:\n  x: 1\n";
        let mut found = Vec::new();
        blocks("agents.yaml", text, &mut found);
        let names: Vec<_> = found.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["writer", "agents.yaml#writer"]);
    }
}
