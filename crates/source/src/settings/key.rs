//! What the name of a setting says about its value.

/// Words that say that a model for language, speech, pictures or vectors stands here.
const SAYS: [&str; 52] = [
    "llm",
    "llms",
    "embedding",
    "embeddings",
    "embed",
    "embedder",
    "embedde",
    "chat",
    "rerank",
    "reranker",
    "reranking",
    "completion",
    "completions",
    "openai",
    "azopenai",
    "anthropic",
    "ollama",
    "gpt",
    "claude",
    "gemini",
    "bedrock",
    "hf",
    "huggingface",
    "vllm",
    "tgi",
    "litellm",
    "groq",
    "mistral",
    "cohere",
    "vertexai",
    "vertex",
    "deepseek",
    "openrouter",
    "together",
    "nvidia",
    "whisper",
    "stt",
    "tts",
    "vision",
    "summarization",
    "summarizer",
    "language",
    "judge",
    "llamacpp",
    "crewai",
    "agent",
    "generation",
    "generator",
    "ai",
    "rag",
    "genai",
    "inference",
];
/// Words behind which stands something else than a model.
const OTHER: [&str; 70] = [
    "type",
    "types",
    "class",
    "dir",
    "folder",
    "version",
    "config",
    "configs",
    "params",
    "parameters",
    "kwargs",
    "args",
    "size",
    "provider",
    "providers",
    "format",
    "timeout",
    "max",
    "min",
    "num",
    "count",
    "limit",
    "cost",
    "price",
    "field",
    "fields",
    "schema",
    "registry",
    "server",
    "store",
    "cache",
    "parallel",
    "revision",
    "temperature",
    "tokens",
    "token",
    "prefix",
    "orm",
    "car",
    "vehicle",
    "app",
    "device",
    "dtype",
    "length",
    "settings",
    "description",
    "card",
    "template",
    "prompt",
    "key",
    "password",
    "secret",
    "user",
    "port",
    "enabled",
    "enable",
    "mode",
    "loading",
    "dim",
    "dimension",
    "dimensions",
    "filter",
    "endpoint",
    "host",
    "extensions",
    "label",
    "kind",
    "owner",
    "context",
    "service",
];

/// The words of a name, in lower case: `OPENAI_MODEL`, `modelId`, `llm-model` and `litellm.model` are two each.
pub(crate) fn words(key: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut last_lower = false;
    for symbol in key.chars().take(200) {
        let starts = !symbol.is_ascii_alphanumeric() || symbol.is_ascii_uppercase() && last_lower;
        if starts && !word.is_empty() {
            all.push(std::mem::take(&mut word));
        }
        if symbol.is_ascii_alphanumeric() {
            word.push(symbol.to_ascii_lowercase());
        }
        last_lower = symbol.is_ascii_lowercase() || symbol.is_ascii_digit();
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

/// Whether some of the words say that a model for language stands here.
pub(crate) fn says(words: &[String]) -> bool {
    words.iter().any(|word| SAYS.contains(&word.as_str()))
}

/// Whether a name is that of a model, and if so whether it says of which kind.
pub(crate) fn is_model(words: &[String]) -> Option<bool> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut named = words.as_slice();
    while let Some((last, before)) = named.split_last() {
        if !matches!(
            *last,
            "name"
                | "id"
                | "ids"
                | "names"
                | "default"
                | "uri"
                | "url"
                | "path"
                | "list"
                | "tag"
                | "ref"
                | "identifier"
                | "slug"
                | "fallback"
                | "or"
                | "size"
        ) {
            break;
        }
        named = before;
    }
    let (last, before) = named.split_last()?;
    let says = words.iter().any(|word| SAYS.contains(word));
    let ends = match *last {
        "model" | "models" | "llm" | "modelid" | "modelname" | "embedder" | "reranker" => true,
        "tokenizer" | "embedding" => true,
        "deployment" => says || named.len() < words.len() || before.contains(&"azure"),
        "engine" => says,
        "repo" if matches!(words.as_slice(), ["repo", "id"] | ["hf", "repo"]) => true,
        "repo" => {
            says && before
                .iter()
                .any(|word| matches!(*word, "hf" | "huggingface" | "llm" | "model"))
        }
        _ => false,
    };
    (ends && !before.iter().any(|word| OTHER.contains(word))).then_some(says)
}

/// As `is_model`, for a name that says it with the key above: `model: {name: …}`, `models: {pull: [ … ]}`.
pub(crate) fn is_model_by_place(own: &[String], above: &[String]) -> Option<bool> {
    let above: Vec<&str> = above.iter().map(String::as_str).collect();
    let [own] = own else { return None };
    match (above.as_slice(), own.as_str()) {
        ([.., "models"], "pull" | "run" | "preload") => Some(true),
        // As tools that measure list what they ask.
        ([], "providers") | ([.., "providers"], "id") => Some(false),
        ([.., "model" | "tokenizer"], "name" | "id" | "path" | "repo" | "repository") => {
            Some(false)
        }
        ([.., "embedding" | "embedder" | "reranker" | "llm"], "name" | "id") => Some(true),
        _ => None,
    }
}

/// Whether a name is that of a secret: its value is never looked at.
pub(crate) fn is_secret(words: &[String]) -> bool {
    words.iter().any(|word| {
        matches!(
            word.as_str(),
            "key"
                | "apikey"
                | "token"
                | "secret"
                | "password"
                | "passwd"
                | "pass"
                | "credential"
                | "credentials"
                | "auth"
                | "dsn"
        )
    })
}

/// Whether a name is that of an address.
pub(crate) fn is_address(words: &[String]) -> bool {
    words.last().is_some_and(|last| {
        matches!(
            last.as_str(),
            "url"
                | "uri"
                | "host"
                | "endpoint"
                | "base"
                | "baseurl"
                | "address"
                | "server"
                | "urls"
                | "hostname"
                | "hosts"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{is_address, is_model, is_secret, words};

    #[test]
    fn splits_names() {
        assert_eq!(words("OPENAI_MODEL"), ["openai", "model"]);
        assert_eq!(words("modelId"), ["model", "id"]);
        assert_eq!(words("llm-hf_repoId"), ["llm", "hf", "repo", "id"]);
    }

    #[test]
    fn tells_names_of_models() {
        for (key, says) in [
            ("model", false),
            ("modelId", false),
            ("MODEL_NAME", false),
            ("llm", true),
            ("llm_model", true),
            ("OLLAMA_MODEL", true),
            ("embedding_hf_model_name", true),
            ("llm_hf_repo_id", true),
            ("AZURE_OPENAI_DEPLOYMENT", true),
            ("DEFAULT_MODELS", false),
            ("RAG_EMBEDDING_MODEL", true),
        ] {
            assert_eq!(is_model(&words(key)), Some(says), "{key}");
        }
        for key in [
            "model_type",
            "models_dir",
            "car_model",
            "deployment",
            "name",
            "repo",
            "orm_model",
            "model_max_length",
            "app_models",
        ] {
            assert_eq!(is_model(&words(key)), None, "{key}");
        }
    }

    #[test]
    fn tells_secrets_and_addresses() {
        assert!(is_secret(&words("OPENAI_API_KEY")));
        assert!(!is_secret(&words("OPENAI_MODEL")));
        assert!(is_address(&words("OPENAI_API_BASE")));
        assert!(!is_address(&words("OPENAI_MODEL")));
    }
}
