//! What a model is there for, as its name tells.

use coseal_core::{
    fact::Asset,
    system::{Location, Scheme},
};

/// What a model is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task {
    /// It answers.
    Chat,
    /// It sorts or scores; a file of one's own.
    Score,
    /// It turns text into vectors, or sorts passages.
    Embed,
    /// It hears, speaks or draws.
    Other,
}

const EMBED: [&str; 16] = [
    "embed",
    "bge-",
    "/e5-",
    "e5-",
    "gte-",
    "minilm",
    "mpnet",
    "sentence-transformers/",
    "rerank",
    "cross-encoder",
    "colbert",
    "instructor-",
    "voyage-",
    "ada-002",
    "splade",
    "/bm25",
];
/// Encoders: what they give is vectors or labels, no text.
const ENCODERS: [&str; 4] = ["bert", "electra", "deberta", "xlnet"];
const OTHER: [&str; 12] = [
    "moderation",
    "llama-guard",
    "whisper",
    "tts",
    "stable-diffusion",
    "dall-e",
    "flux.",
    "sdxl",
    "gpt-image",
    "bark",
    "wav2vec",
    "imagen",
];

/// What a model is there for: by what discovery saw, and by its name.
pub(super) fn task(asset: &Asset) -> Task {
    let seen = ["task", "role", "use"].iter().filter_map(|key| asset.details.get(*key));
    let name = asset.name.to_ascii_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_file = asset.location.as_ref().map(Location::scheme) == Some(Scheme::Path);
    let encodes = names(&EMBED) || !is_file && names(&ENCODERS);
    if seen.into_iter().any(|task| task.contains("embed") || task.contains("rerank")) || encodes {
        Task::Embed
    } else if names(&OTHER) {
        Task::Other
    } else if is_file && !name.ends_with(".gguf") {
        Task::Score
    } else {
        Task::Chat
    }
}

/// How likely a model is the one that users meet, the least first: hosted ones, then those that are made to talk.
pub(super) fn nearness(asset: &Asset) -> u8 {
    let name = asset.name.to_ascii_lowercase();
    let talks = ["instruct", "chat", "-it", "assistant"].iter().any(|word| name.contains(word));
    match asset.location.as_ref().map(Location::scheme) {
        None | Some(Scheme::Api) => 0,
        _ if talks => 1,
        Some(Scheme::Oci) => 2,
        _ => 3,
    }
}

/// Who made a model that is not ours, as its place tells.
pub(super) fn supplier(location: &Location) -> Option<String> {
    match location.scheme() {
        Scheme::Api => location.hosted().map(|(provider, _)| provider.to_owned()),
        Scheme::Hf => {
            location.rest().split_once('/').map(|(owner, _)| format!("{owner} on Hugging Face"))
        }
        Scheme::Oci => {
            location.rest().starts_with("registry.ollama.ai/").then(|| "Ollama library".to_owned())
        }
        _ => None,
    }
}
