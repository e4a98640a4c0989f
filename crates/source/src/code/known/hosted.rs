//! Names of hosted models: families by how their names begin, providers by what their clients are called, and the prefixes
//! with which routers name a provider.

/// How names of a family begin, and whose they are. The rest has to be of the letters that such names have.
pub(crate) const FAMILIES: &[(&str, &str)] = &[
    ("gpt-3", "openai"),
    ("gpt-4", "openai"),
    ("gpt-5", "openai"),
    ("gpt-image-", "openai"),
    ("gpt-realtime", "openai"),
    ("gpt-audio", "openai"),
    ("gpt-35-turbo", "azure"),
    ("chatgpt-4", "openai"),
    ("o1-", "openai"),
    ("o3-", "openai"),
    ("o4-", "openai"),
    ("text-embedding-3-", "openai"),
    ("text-embedding-ada", "openai"),
    ("text-embedding-0", "google"),
    ("text-davinci-", "openai"),
    ("text-curie-", "openai"),
    ("text-babbage-", "openai"),
    ("text-ada-", "openai"),
    ("code-davinci-", "openai"),
    ("davinci-002", "openai"),
    ("babbage-002", "openai"),
    ("dall-e-", "openai"),
    ("whisper-1", "openai"),
    ("tts-1", "openai"),
    ("omni-moderation-", "openai"),
    ("text-moderation-", "openai"),
    ("computer-use-preview", "openai"),
    ("claude-1", "anthropic"),
    ("claude-2", "anthropic"),
    ("claude-3", "anthropic"),
    ("claude-4", "anthropic"),
    ("claude-5", "anthropic"),
    ("claude-v", "anthropic"),
    ("claude-instant", "anthropic"),
    ("claude-opus", "anthropic"),
    ("claude-sonnet", "anthropic"),
    ("claude-haiku", "anthropic"),
    ("gemini-1", "google"),
    ("gemini-2", "google"),
    ("gemini-3", "google"),
    ("gemini-pro", "google"),
    ("gemini-flash", "google"),
    ("gemini-ultra", "google"),
    ("gemini-exp", "google"),
    ("gemini-embedding", "google"),
    ("models/gemini-", "google"),
    ("models/embedding-", "google"),
    ("models/text-embedding-", "google"),
    ("text-bison", "google"),
    ("chat-bison", "google"),
    ("code-bison", "google"),
    ("codechat-bison", "google"),
    ("textembedding-gecko", "google"),
    ("text-multilingual-embedding-", "google"),
    ("imagen-", "google"),
    ("veo-", "google"),
    ("mistral-tiny", "mistral"),
    ("mistral-small", "mistral"),
    ("mistral-medium", "mistral"),
    ("mistral-large", "mistral"),
    ("mistral-embed", "mistral"),
    ("open-mistral-", "mistral"),
    ("open-mixtral-", "mistral"),
    ("codestral-", "mistral"),
    ("ministral-", "mistral"),
    ("pixtral-", "mistral"),
    ("magistral-", "mistral"),
    ("devstral-", "mistral"),
    ("command-r", "cohere"),
    ("command-a-", "cohere"),
    ("command-light", "cohere"),
    ("command-nightly", "cohere"),
    ("embed-english-", "cohere"),
    ("embed-multilingual-", "cohere"),
    ("embed-v4", "cohere"),
    ("rerank-english-", "cohere"),
    ("rerank-multilingual-", "cohere"),
    ("rerank-v3", "cohere"),
    ("anthropic.claude-", "bedrock"),
    ("us.anthropic.claude-", "bedrock"),
    ("eu.anthropic.claude-", "bedrock"),
    ("apac.anthropic.claude-", "bedrock"),
    ("global.anthropic.claude-", "bedrock"),
    ("amazon.titan-", "bedrock"),
    ("amazon.nova-", "bedrock"),
    ("us.amazon.nova-", "bedrock"),
    ("amazon.rerank-", "bedrock"),
    ("meta.llama", "bedrock"),
    ("us.meta.llama", "bedrock"),
    ("cohere.command-", "bedrock"),
    ("cohere.embed-", "bedrock"),
    ("cohere.rerank-", "bedrock"),
    ("mistral.mistral-", "bedrock"),
    ("mistral.mixtral-", "bedrock"),
    ("ai21.j", "bedrock"),
    ("stability.stable-", "bedrock"),
    ("us.deepseek.", "bedrock"),
    ("deepseek-chat", "deepseek"),
    ("deepseek-reasoner", "deepseek"),
    ("deepseek-coder", "deepseek"),
    ("grok-1", "xai"),
    ("grok-2", "xai"),
    ("grok-3", "xai"),
    ("grok-4", "xai"),
    ("grok-5", "xai"),
    ("grok-beta", "xai"),
    ("grok-vision", "xai"),
    ("grok-code", "xai"),
    ("sonar-", "perplexity"),
    ("llama-3-sonar-", "perplexity"),
    ("llama-3.1-sonar-", "perplexity"),
    ("pplx-", "perplexity"),
    ("llama3-8b-8192", "groq"),
    ("llama3-70b-8192", "groq"),
    ("llama-3.1-8b-instant", "groq"),
    ("llama-3.1-70b-versatile", "groq"),
    ("llama-3.3-70b-versatile", "groq"),
    ("llama-3.2-90b-vision-preview", "groq"),
    ("llama-3.2-11b-vision-preview", "groq"),
    ("mixtral-8x7b-32768", "groq"),
    ("llama2-70b-4096", "groq"),
    ("gemma-7b-it", "groq"),
    ("gemma2-9b-it", "groq"),
    ("voyage-2", "voyage"),
    ("voyage-3", "voyage"),
    ("voyage-code-", "voyage"),
    ("voyage-large-", "voyage"),
    ("voyage-law-", "voyage"),
    ("jina-embeddings-v", "jina"),
    ("jina-reranker-v", "jina"),
    ("qwen-max", "alibaba"),
    ("qwen-plus", "alibaba"),
    ("qwen-turbo", "alibaba"),
    ("qwen-vl-", "alibaba"),
    ("glm-4", "zhipu"),
    ("moonshot-v1", "moonshot"),
    ("kimi-k", "moonshot"),
    ("eleven_multilingual_", "elevenlabs"),
    ("eleven_turbo_", "elevenlabs"),
    ("eleven_flash_", "elevenlabs"),
    ("eleven_monolingual_", "elevenlabs"),
    ("eleven_v3", "elevenlabs"),
    ("scribe_v", "elevenlabs"),
    ("sonic-2", "cartesia"),
    ("sonic-english", "cartesia"),
    ("gpt-oss-safeguard", "groq"),
    ("whisper-large-v3-turbo", "groq"),
    ("distil-whisper-large-v3-en", "groq"),
    ("nova-2", "deepgram"),
    ("nova-3", "deepgram"),
];

/// What routers write before the name of a model, and the provider it means.
pub(crate) const PREFIXES: &[(&str, &str)] = &[
    ("openai", "openai"),
    ("azure", "azure"),
    ("azure_ai", "azure"),
    ("azure_openai", "azure"),
    ("anthropic", "anthropic"),
    ("bedrock", "bedrock"),
    ("bedrock_converse", "bedrock"),
    ("gemini", "google"),
    ("vertex_ai", "google"),
    ("google", "google"),
    ("google_genai", "google"),
    ("google_vertexai", "google"),
    ("google-gla", "google"),
    ("google-vertex", "google"),
    ("googleai", "google"),
    ("mistral", "mistral"),
    ("mistralai", "mistral"),
    ("cohere", "cohere"),
    ("cohere_chat", "cohere"),
    ("groq", "groq"),
    ("together", "together"),
    ("together_ai", "together"),
    ("fireworks", "fireworks"),
    ("fireworks_ai", "fireworks"),
    ("deepseek", "deepseek"),
    ("xai", "xai"),
    ("x-ai", "xai"),
    ("perplexity", "perplexity"),
    ("openrouter", "openrouter"),
    ("replicate", "replicate"),
    ("cerebras", "cerebras"),
    ("sambanova", "sambanova"),
    ("nvidia_nim", "nvidia"),
    ("watsonx", "watsonx"),
    ("voyage", "voyage"),
    ("databricks", "databricks"),
    ("sagemaker", "sagemaker"),
];

/// Prefixes that are organisations of the hub too: there the name has to be of a hosted family.
pub(crate) const ALSO_HUB: &[&str] = &[
    "openai",
    "google",
    "mistralai",
    "cohere",
    "databricks",
    "together",
    "nvidia",
    "x-ai",
    "anthropic",
];

/// Providers by a part of the name of a client's package or class, the first that is there.
pub(crate) const CLIENTS: &[(&str, &str)] = &[
    ("azureopenai", "azure"),
    ("azure", "azure"),
    ("anthropicbedrock", "bedrock"),
    ("anthropicvertex", "google"),
    ("bedrock", "bedrock"),
    ("boto3", "bedrock"),
    ("openrouter", "openrouter"),
    ("groq", "groq"),
    ("mistral", "mistral"),
    ("cohere", "cohere"),
    ("together", "together"),
    ("fireworks", "fireworks"),
    ("deepseek", "deepseek"),
    ("perplexity", "perplexity"),
    ("cerebras", "cerebras"),
    ("voyage", "voyage"),
    ("xai", "xai"),
    ("replicate", "replicate"),
    ("cartesia", "cartesia"),
    ("elevenlabs", "elevenlabs"),
    ("deepgram", "deepgram"),
    ("assemblyai", "assemblyai"),
    ("lmnt", "lmnt"),
    ("playht", "playht"),
    ("rime", "rime"),
    ("hume", "hume"),
    ("speechmatics", "speechmatics"),
    ("anthropic", "anthropic"),
    ("genai", "google"),
    ("vertex", "google"),
    ("google", "google"),
    ("openai", "openai"),
];

/// Providers by a part of the address of their API.
pub(crate) const ADDRESSES: &[(&str, &str)] = &[
    ("openai.azure.com", "azure"),
    ("api.openai.com", "openai"),
    ("api.anthropic.com", "anthropic"),
    ("googleapis.com", "google"),
    ("openrouter.ai", "openrouter"),
    ("api.groq.com", "groq"),
    ("api.together.", "together"),
    ("api.fireworks.ai", "fireworks"),
    ("api.deepseek.com", "deepseek"),
    ("api.mistral.ai", "mistral"),
    ("api.perplexity.ai", "perplexity"),
    ("api.x.ai", "xai"),
    ("dashscope", "alibaba"),
    ("api.moonshot.", "moonshot"),
    ("integrate.api.nvidia.com", "nvidia"),
    ("models.inference.ai.azure.com", "azure"),
    ("api.cerebras.ai", "cerebras"),
    ("api.cohere.", "cohere"),
    ("api.voyageai.com", "voyage"),
    ("bigmodel.cn", "zhipu"),
    ("huggingface.co", "huggingface"),
    (":11434", "ollama"),
];

/// The provider that a client's full dotted name tells.
pub(crate) fn of_client(dotted: &str) -> Option<&'static str> {
    let lower = dotted.to_lowercase().replace(['_', '-'], "");
    CLIENTS.iter().find(|(part, _)| lower.contains(part)).map(|(_, provider)| *provider)
}

/// The provider that an address tells.
pub(crate) fn of_address(address: &str) -> Option<&'static str> {
    ADDRESSES.iter().find(|(part, _)| address.contains(part)).map(|(_, provider)| *provider)
}

/// A hosted model by its name alone: provider and name without prefix.
pub(crate) fn by_name(text: &str) -> Option<(&'static str, &str)> {
    if !is_plausible(text) {
        return None;
    }
    if let Some(found) = prefixed(text) {
        return Some(found);
    }
    FAMILIES
        .iter()
        .find(|(start, _)| text.starts_with(start))
        .map(|(_, provider)| (*provider, text.strip_prefix("models/").unwrap_or(text)))
}

/// A name with a router's prefix: provider and name.
pub(crate) fn prefixed(text: &str) -> Option<(&'static str, &str)> {
    let (prefix, name) = text.split_once(['/', ':'])?;
    let (known, provider) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    let colon = text.as_bytes().get(prefix.len()) == Some(&b':');
    let family = FAMILIES.iter().any(|(start, _)| name.starts_with(start));
    let hub = ALSO_HUB.contains(known) && !colon && !family;
    (!hub && is_plausible(name)).then_some((*provider, name))
}

/// Whether a text could be the name of a model.
pub(crate) fn is_plausible(text: &str) -> bool {
    const FILES: [&str; 12] = [
        ".md", ".json", ".py", ".png", ".svg", ".txt", ".yaml", ".yml", ".html", ".csv", ".js",
        ".ts",
    ];
    (2..=100).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/@".contains(&b))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '@')
        && !text.ends_with(['-', '/', ':', '.', '_'])
        && !text.contains("//")
        && !FILES.iter().any(|suffix| text.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn families_and_prefixes_tell_the_provider() {
        assert_eq!(by_name("gpt-4o-mini"), Some(("openai", "gpt-4o-mini")));
        assert_eq!(by_name("groq/llama3-8b"), Some(("groq", "llama3-8b")));
        assert_eq!(by_name("openai:gpt-4o"), Some(("openai", "gpt-4o")));
        assert_eq!(by_name("models/gemini-pro"), Some(("google", "gemini-pro")));
        assert_eq!(by_name("anthropic.claude-v2:1"), Some(("bedrock", "anthropic.claude-v2:1")));
        for no in [
            "openai/whisper-large-v3",
            "google/gemma-2b",
            "claude-code",
            "gpt-researcher",
            "gpt-4 is",
            "gpt-4.md",
        ] {
            assert_eq!(by_name(no), None, "{no}");
        }
    }
}
