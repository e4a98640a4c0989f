//! Families of hosted models: whose API a model's name belongs to.
//!
//! To add one, add its line to `FAMILIES` (or `ROUTES`, for a gateway's `provider/model`) and an example to the tests.

/// What names begin with, and the provider. What follows is nothing, or starts with one of `- . : @`, so that `gpt-4`
/// is the family of `gpt-4-turbo` and not of `gpt-4all`.
const FAMILIES: [(&str, &[&str]); 24] = [
    (
        "openai",
        &[
            "gpt-3",
            "gpt-4",
            "gpt-4o",
            "gpt-5",
            "gpt-6",
            "gpt-image",
            "gpt-audio",
            "gpt-realtime",
            "chatgpt-4o",
            "chat-latest",
            "o1",
            "o3",
            "o4",
            "codex-mini",
            "computer-use-preview",
            "text-embedding-3",
            "text-embedding-ada",
            "text-davinci",
            "text-curie",
            "text-babbage",
            "text-ada",
            "code-davinci",
            "code-cushman",
            "davinci-002",
            "babbage-002",
            "omni-moderation",
            "text-moderation",
            "whisper-1",
            "tts-1",
            "dall-e",
            "sora-2",
        ],
    ),
    ("azure", &["gpt-35"]),
    (
        "anthropic",
        &[
            "claude-1",
            "claude-2",
            "claude-3",
            "claude-4",
            "claude-5",
            "claude-v1",
            "claude-v2",
            "claude-instant",
            "claude-opus",
            "claude-sonnet",
            "claude-haiku",
            "claude-fable",
            "claude-mythos",
        ],
    ),
    (
        "google",
        &[
            "gemini-1",
            "gemini-2",
            "gemini-3",
            "gemini-4",
            "gemini-pro",
            "gemini-flash",
            "gemini-ultra",
            "gemini-omni",
            "gemini-live",
            "gemini-embedding",
            "gemini-exp",
            "gemini-robotics",
            "embedding-001",
            "embedding-gecko-001",
            "text-embedding-004",
            "text-embedding-005",
            "imagen-3",
            "imagen-4",
            "veo-2",
            "veo-3",
        ],
    ),
    (
        "vertex",
        &[
            "text-bison",
            "chat-bison",
            "code-bison",
            "codechat-bison",
            "code-gecko",
            "textembedding-gecko",
            "text-unicorn",
            "text-multilingual-embedding",
            "multimodalembedding",
        ],
    ),
    (
        "mistral",
        &[
            "mistral-tiny",
            "mistral-small",
            "mistral-medium",
            "mistral-large",
            "mistral-embed",
            "mistral-ocr",
            "mistral-saba",
            "mistral-moderation",
            "open-mistral",
            "open-mixtral",
            "open-codestral",
            "codestral",
            "devstral",
            "magistral",
            "ministral",
            "pixtral",
            "voxtral",
            "labs-mistral",
            "labs-devstral",
        ],
    ),
    (
        "cohere",
        &[
            "command-r",
            "command-r7b",
            "command-a",
            "command-light",
            "command-nightly",
            "embed-english",
            "embed-multilingual",
            "embed-v4",
            "rerank-english",
            "rerank-multilingual",
            "rerank-v3",
            "rerank-v4",
            "c4ai-aya",
        ],
    ),
    ("deepseek", &["deepseek-chat", "deepseek-reasoner", "deepseek-coder"]),
    ("xai", &["grok-1", "grok-2", "grok-3", "grok-4", "grok-5", "grok-beta", "grok-code"]),
    (
        "groq",
        &[
            "llama-3.1-8b-instant",
            "llama-3.1-70b-versatile",
            "llama-3.3-70b-versatile",
            "llama-3.3-70b-specdec",
            "llama3-8b-8192",
            "llama3-70b-8192",
            "llama2-70b-4096",
            "mixtral-8x7b-32768",
            "gemma-7b-it",
            "gemma2-9b-it",
            "deepseek-r1-distill-llama-70b",
            "deepseek-r1-distill-qwen-32b",
            "distil-whisper-large-v3-en",
        ],
    ),
    (
        "perplexity",
        &["sonar", "sonar-pro", "sonar-reasoning", "sonar-deep-research", "pplx-7b", "pplx-70b"],
    ),
    (
        "voyage",
        &[
            "voyage-2",
            "voyage-3",
            "voyage-3.5",
            "voyage-4",
            "voyage-large",
            "voyage-code",
            "voyage-law",
            "voyage-finance",
            "voyage-multilingual",
            "voyage-multimodal",
        ],
    ),
    (
        "ai21",
        &[
            "j2-ultra",
            "j2-mid",
            "j2-light",
            "jamba-1.5",
            "jamba-instruct",
            "jamba-large",
            "jamba-mini",
        ],
    ),
    (
        "alibaba",
        &["qwen-turbo", "qwen-plus", "qwen-max", "qwen-long", "qwen-vl-plus", "qwen-vl-max"],
    ),
    ("zhipu", &["glm-3-turbo", "glm-4", "glm-5"]),
    ("moonshot", &["moonshot-v1", "kimi-k2", "kimi-latest"]),
    ("baidu", &["ernie-3.5", "ernie-4.0", "ernie-4.5", "ernie-speed", "ernie-lite"]),
    ("bytedance", &["doubao-pro", "doubao-lite", "doubao-seed", "doubao-1"]),
    ("minimax", &["abab5.5", "abab6", "abab6.5", "minimax-m1", "minimax-m2", "minimax-text-01"]),
    (
        "jina",
        &["jina-embeddings-v2", "jina-embeddings-v3", "jina-embeddings-v4", "jina-reranker-v2"],
    ),
    (
        "elevenlabs",
        &["eleven_multilingual_v2", "eleven_turbo_v2", "eleven_flash_v2", "eleven_monolingual_v1"],
    ),
    ("reka", &["reka-core", "reka-flash", "reka-edge"]),
    ("writer", &["palmyra-x"]),
    ("inflection", &["inflection-2", "inflection-3"]),
];

/// Vendors behind Amazon Bedrock, as its ids begin.
const BEDROCK: [&str; 18] = [
    "ai21.",
    "amazon.nova",
    "amazon.rerank",
    "amazon.titan",
    "anthropic.claude",
    "cohere.",
    "deepseek.",
    "google.gemma",
    "luma.",
    "meta.llama",
    "minimax.",
    "mistral.",
    "moonshot",
    "nvidia.",
    "openai.gpt",
    "qwen.",
    "stability.",
    "twelvelabs.",
];
/// Where a profile of Bedrock answers from.
const REGIONS: [&str; 8] = ["us.", "eu.", "apac.", "global.", "jp.", "au.", "ca.", "us-gov."];

/// What gateways (LiteLLM, `OpenRouter` and their like) write in front of a model, the provider, and whether that is also an
/// organisation of the hub, so that the name behind it has to be of a family.
const ROUTES: [(&str, &str, bool); 30] = [
    ("openai/", "openai", true),
    ("text-completion-openai/", "openai", false),
    ("azure/", "azure", false),
    ("azure_ai/", "azure", false),
    ("anthropic/", "anthropic", false),
    ("bedrock/", "bedrock", false),
    ("gemini/", "google", false),
    ("google/", "google", true),
    ("vertex_ai/", "vertex", false),
    ("mistral/", "mistral", false),
    ("mistralai/", "mistral", true),
    ("codestral/", "mistral", false),
    ("cohere/", "cohere", false),
    ("cohere_chat/", "cohere", false),
    ("deepseek/", "deepseek", false),
    ("xai/", "xai", false),
    ("x-ai/", "xai", false),
    ("groq/", "groq", false),
    ("perplexity/", "perplexity", false),
    ("openrouter/", "openrouter", false),
    ("together_ai/", "together", false),
    ("fireworks_ai/", "fireworks", false),
    ("accounts/fireworks/models/", "fireworks", false),
    ("cerebras/", "cerebras", false),
    ("voyage/", "voyage", false),
    ("replicate/", "replicate", false),
    ("databricks/databricks-", "databricks", false),
    ("watsonx/", "watsonx", false),
    ("sagemaker/", "sagemaker", false),
    ("nvidia_nim/", "nvidia", false),
];

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 120;

/// The provider whose API a model's bare name belongs to, such as `openai` for `gpt-4o` and `bedrock` for
/// `us.anthropic.claude-sonnet-4-20250514-v1:0`; none for names of the hub, of Ollama, of products (`gpt-4all`, `claude-code`) and of files.
///
/// Some are short (`o1`, `sonar`): ask only where a model's name is expected.
#[must_use]
pub fn family(id: &str) -> Option<&'static str> {
    if id.is_empty() || id.len() > LONGEST || !id.bytes().all(is_of_id) {
        return None;
    }
    let lower = id.to_ascii_lowercase();
    if is_bedrock(&lower) {
        return Some("bedrock");
    }
    // Fine-tuned models of OpenAI (`ft:gpt-4o-mini:org::id`), and names of Google as its own API writes them.
    let (bare, tuned) = match lower.strip_prefix("ft:") {
        Some(bare) => (bare, true),
        None => (lower.strip_prefix("models/").unwrap_or(&lower), false),
    };
    if bare.contains('/') || bare.contains(':') && !tuned || ends_as_file(bare) {
        return None;
    }
    let known = FAMILIES.iter().filter(|(_, starts)| starts.iter().any(|start| opens(bare, start)));
    let provider = known.map(|(provider, _)| *provider).next()?;
    // Only Vertex writes a version behind an at sign.
    Some(if bare.contains('@') { "vertex" } else { provider })
}

/// Provider and model of a name as gateways write it: `openai` and `gpt-4o` for `openai/gpt-4o`. None for names of the hub
/// (`openai/whisper-large-v3`) and for models that run elsewhere (`ollama/llama3`).
#[must_use]
pub fn routed(id: &str) -> Option<(&'static str, &str)> {
    if id.len() > LONGEST || !id.bytes().all(is_of_id) {
        return None;
    }
    let (provider, rest, shared) = ROUTES.iter().find_map(|(start, provider, shared)| {
        id.strip_prefix(start).map(|rest| (*provider, rest, *shared))
    })?;
    (!rest.is_empty() && (!shared || family(rest).is_some())).then_some((provider, rest))
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'@' | b'/')
}

fn opens(id: &str, start: &str) -> bool {
    id.strip_prefix(start)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', ':', '@']))
}

fn is_bedrock(id: &str) -> bool {
    let bare = REGIONS.iter().find_map(|region| id.strip_prefix(region)).unwrap_or(id);
    let vendor = BEDROCK.iter().any(|vendor| bare.starts_with(vendor));
    vendor && !bare.contains('/') && bare.bytes().any(|b| b.is_ascii_digit())
        || vendor && bare.starts_with("amazon.")
}

/// A suffix of letters only: `gpt-4.md`. Versions have digits.
fn ends_as_file(id: &str) -> bool {
    id.rsplit_once('.').is_some_and(|(_, suffix)| {
        (1..=5).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::{family, routed};

    #[test]
    fn knows_whose_a_name_is() {
        for (id, provider) in [
            ("gpt-4", "openai"),
            ("gpt-4o-mini-2024-07-18", "openai"),
            ("gpt-3.5-turbo", "openai"),
            ("gpt-35-turbo", "azure"),
            ("ft:gpt-4o-mini:acme::9abc", "openai"),
            ("o3-mini", "openai"),
            ("o1", "openai"),
            ("text-embedding-3-small", "openai"),
            ("claude-3-5-sonnet-20241022", "anthropic"),
            ("claude-opus-4-1", "anthropic"),
            ("claude-3-5-sonnet@20240620", "vertex"),
            ("gemini-1.5-pro", "google"),
            ("models/gemini-pro", "google"),
            ("text-embedding-004", "google"),
            ("mistral-large-latest", "mistral"),
            ("open-mixtral-8x7b", "mistral"),
            ("command-r-plus", "cohere"),
            ("anthropic.claude-3-sonnet-20240229-v1:0", "bedrock"),
            ("us.anthropic.claude-sonnet-4-20250514-v1:0", "bedrock"),
            ("amazon.titan-embed-text-v2:0", "bedrock"),
            ("amazon.titan-text-express-v1", "bedrock"),
            ("meta.llama3-70b-instruct-v1:0", "bedrock"),
            ("deepseek-chat", "deepseek"),
            ("grok-2-latest", "xai"),
            ("llama-3.3-70b-versatile", "groq"),
            ("qwen-turbo", "alibaba"),
            ("voyage-large-2", "voyage"),
        ] {
            assert_eq!(family(id), Some(provider), "{id}");
        }
    }

    #[test]
    fn leaves_hub_ids_ollama_tags_products_and_files() {
        for id in [
            "",
            "gpt2",
            "gpt-2",
            "gpt-4all",
            "gpt-j-6b",
            "gpt-oss-20b",
            "gpt-oss:20b",
            "gpt-researcher",
            "claude-code",
            "claude-desktop",
            "gemini-cli",
            "mistral-7b-instruct",
            "mistral-small:24b",
            "mistral",
            "llama3:8b",
            "llama3",
            "meta-llama/Llama-3-8B",
            "openai/gpt-4o",
            "command",
            "command-line",
            "text-embedding",
            "gpt-4.md",
            "claude-3.png",
            "gpt-4 turbo",
            "amazon.com",
            "deepseek-r1:7b",
            "anthropic.com",
        ] {
            assert_eq!(family(id), None, "{id}");
        }
        assert_eq!(family(&"gpt-4-".repeat(1000)), None);
    }

    #[test]
    fn splits_what_gateways_write() {
        assert_eq!(routed("openai/gpt-4o"), Some(("openai", "gpt-4o")));
        assert_eq!(routed("azure/my-deployment"), Some(("azure", "my-deployment")));
        assert_eq!(routed("groq/llama3-70b-8192"), Some(("groq", "llama3-70b-8192")));
        assert_eq!(routed("bedrock/anthropic.claude-v2"), Some(("bedrock", "anthropic.claude-v2")));
        assert_eq!(routed("google/gemini-2.5-pro"), Some(("google", "gemini-2.5-pro")));
        for hub in [
            "openai/whisper-large-v3",
            "google/gemma-2b",
            "ollama/llama3",
            "gpt-4",
            "azure/",
            "a/b",
        ] {
            assert_eq!(routed(hub), None, "{hub}");
        }
    }
}
