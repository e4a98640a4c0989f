//! Calls that load or ask a model, and which of their arguments names it.

use super::{library_models, model_files, pattern::Pattern};

/// Where the name leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// A repository of the hub, or a folder or file of this one; a name without organisation is of this one.
    Hub(&'static str),
    /// As `Hub`, for adapters.
    Adapter,
    /// A hosted model of this provider; empty where the client says which.
    Api(&'static str),
    /// `provider/model` or `provider:model`; a name alone is of this provider.
    Prefixed(&'static str),
    /// A model of Ollama.
    Ollama,
    /// A model that the library knows by name; its prefix.
    Library(&'static str),
    /// A file.
    File,
    /// A file, or a name that the library knows.
    FileOrLibrary,
    /// A file whatever its suffix, an address, or a repository of the hub.
    FileOfAny,
    /// A file that is one of a model where its suffix says so and nothing else does.
    Written,
    /// A pickle: of a model where its name or that of its variable says so.
    Pickled,
    /// A name that the library knows, for a repository of the hub that has this before it.
    Short(&'static str),
    /// A name that the library knows, whatever it looks like; or a repository of the hub.
    Exact,
    /// A model by this name, whatever is passed.
    Fixed(&'static str),
    /// An entry point of a repository of code.
    TorchHub,
    /// An address, where it leads to the file of a model.
    Address,
    /// A name in a registry of MLflow.
    Registered,
    /// The call itself is the model's name, where weights are asked for.
    Callee,
}

/// A call that names a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ModelCall {
    /// What is called.
    pub(crate) pattern: Pattern,
    /// Where the name leads.
    pub(crate) from: From,
    /// Keywords, or places counted from 0; the first that is there.
    pub(crate) arguments: &'static [&'static str],
}

pub(super) const fn row(
    call: &'static str,
    of: &'static [&'static str],
    from: From,
    arguments: &'static [&'static str],
) -> ModelCall {
    ModelCall { pattern: Pattern { call, of }, from, arguments }
}

const HUB: From = From::Hub("");
const SENTENCE: From = From::Hub("sentence-transformers");
const CHAT: &[&str] = &[
    "model",
    "model_name",
    "modelName",
    "model_id",
    "modelId",
    "deployment_name",
    "azure_deployment",
    "azureOpenAIApiDeploymentName",
    "engine",
    "deployment",
    "0",
];
const NAME: &[&str] = &["model_name", "model", "modelName", "model_id", "0"];
const MODEL: &[&str] = &["model", "model_id", "modelId", "engine", "deployment_id", "model_name"];

/// The call of a table that a full dotted name is.
pub(crate) fn known(dotted: &str) -> Option<&'static ModelCall> {
    let tables = [library_models::CALLS, CALLS, model_files::CALLS];
    tables.into_iter().flatten().find(|known| known.pattern.fits(dotted))
}

/// The first that fits counts.
const CALLS: &[ModelCall] = &[
    // Adapters.
    row("PeftModel*.from_pretrained", &[], From::Adapter, &["model_id", "1"]),
    row(
        "AutoPeftModel*.from_pretrained",
        &[],
        From::Adapter,
        &["pretrained_model_name_or_path", "0"],
    ),
    row("load_lora_weights", &[], From::Adapter, &["pretrained_model_name_or_path_or_dict", "0"]),
    row("load_adapter", &["transformers", "peft"], From::Adapter, &["0"]),
    // Hub.
    row(
        "*Model.from_pretrained",
        &["vertexai", "google"],
        From::Api("google"),
        &["model_name", "0"],
    ),
    row("Llama.from_pretrained", &["llama_cpp"], HUB, &["repo_id", "0"]),
    row("HuggingFacePipeline.from_model_id", &[], HUB, &["model_id", "0"]),
    row(
        "from_pretrained",
        &[],
        HUB,
        &["pretrained_model_name_or_path", "model_name", "repo_id", "model_id", "0"],
    ),
    row("pipeline", &["transformers", "huggingface", "xenova", "optimum"], HUB, &["model", "1"]),
    row("SentenceTransformer", &[], SENTENCE, &["model_name_or_path", "0"]),
    row("SparseEncoder", &[], HUB, &["model_name_or_path", "0"]),
    row(
        "CrossEncoder",
        &[],
        From::Hub("cross-encoder"),
        &["model_name_or_path", "model_name", "0"],
    ),
    row("INSTRUCTOR", &[], HUB, &["0"]),
    row("LLM", &["vllm"], HUB, &["model", "0"]),
    row("*EngineArgs", &["vllm", "sglang"], HUB, &["model", "model_path", "0"]),
    row("Engine", &["sglang"], HUB, &["model_path"]),
    row("VLLM*", &["langchain", "llama_index"], HUB, &["model", "0"]),
    row("HuggingFaceEmbedding*", &[], SENTENCE, NAME),
    row(
        "HuggingFace*Embeddings",
        &[],
        SENTENCE,
        &["model_name", "modelName", "model", "repo_id", "0"],
    ),
    row("SentenceTransformerEmbedding*", &[], SENTENCE, NAME),
    row("HuggingFaceCrossEncoder", &[], HUB, NAME),
    row("HuggingFaceEmbeddingFunction", &[], HUB, NAME),
    row("HuggingFaceLLM", &[], HUB, NAME),
    row("HuggingFaceInferenceAPI", &[], HUB, NAME),
    row("HuggingFaceEndpoint", &[], HUB, &["repo_id", "model", "0"]),
    row("HuggingFaceHub", &[], HUB, &["repo_id", "0"]),
    row("HuggingFaceInference", &[], HUB, CHAT),
    row("ChatHuggingFace", &[], HUB, &["model_id", "repo_id"]),
    row("HfApiModel", &[], HUB, &["model_id", "0"]),
    row("InferenceClientModel", &[], HUB, &["model_id", "0"]),
    row("TransformersModel", &["smolagents"], HUB, &["model_id", "0"]),
    row("InferenceClient", &["huggingface"], HUB, &["model", "0"]),
    row("SentenceTransformerRerank", &[], HUB, &["model", "0"]),
    row("FlagEmbeddingReranker", &[], HUB, &["model", "0"]),
    row("*FlagModel", &["FlagEmbedding"], HUB, &["0"]),
    row("FlagReranker", &["FlagEmbedding"], HUB, &["0"]),
    row("TextEmbedding", &["fastembed"], HUB, &["model_name", "0"]),
    row("SparseTextEmbedding", &["fastembed"], HUB, &["model_name", "0"]),
    row("FastEmbedEmbedding*", &[], HUB, &["model_name", "0"]),
    row("KeyBERT", &["keybert"], SENTENCE, &["model", "0"]),
    row("BERTopic", &["bertopic"], SENTENCE, &["embedding_model"]),
    row("*Trainer", &["trl"], HUB, &["model"]),
    row("ColBERT*.from_pretrained", &[], HUB, &["0"]),
    row("Model", &["llm_guard"], HUB, &["path", "0"]),
    row("outlines.models.transformers", &["outlines"], HUB, &["0"]),
    // Models that a library knows by name.
    row("open_clip.create_model*", &["open_clip"], From::Library(""), &["model_name", "0"]),
    row(
        "GPT4All*",
        &["gpt4all", "langchain", "langchain_community"],
        From::FileOrLibrary,
        &["model", "model_name", "0"],
    ),
    // Files.
    row("Llama", &["llama_cpp"], From::File, &["model_path", "0"]),
    row(
        "LlamaC*",
        &["langchain", "llama_index"],
        From::File,
        &["model_path", "modelPath", "model_url"],
    ),
    row("CTransformers", &[], HUB, &["model"]),
    row("InferenceSession", &["onnxruntime"], From::File, &["0"]),
    row("mlflow.*.load_model", &["mlflow"], From::File, &["model_uri", "0"]),
    row("load_model", &["mlflow"], From::File, &["model_uri", "0"]),
    row(
        "load_model",
        &["keras", "tensorflow", "tf", "fasttext"],
        From::File,
        &["filepath", "path", "0"],
    ),
    row("joblib.load", &[], From::File, &["filename", "0"]),
    row("models.*", &["torchvision"], From::Callee, &["weights", "pretrained"]),
    row("models.*.*", &["torchvision"], From::Callee, &["weights", "pretrained"]),
    row("applications.*", &["tensorflow", "keras", "tf"], From::Callee, &[]),
    row("applications.*.*", &["tensorflow", "keras", "tf"], From::Callee, &[]),
    row("torch.load", &["torch"], From::File, &["f", "0"]),
    row("torch.jit.load", &["torch"], From::File, &["0"]),
    // Ollama.
    row("*Ollama", &[], From::Ollama, CHAT),
    row("OllamaEmbedding*", &[], From::Ollama, CHAT),
    row("OllamaLLM", &[], From::Ollama, CHAT),
    row("chat", &["ollama"], From::Ollama, &["model", "0"]),
    row("generate", &["ollama"], From::Ollama, &["model", "0"]),
    row("embed*", &["ollama"], From::Ollama, &["model", "0"]),
    row("pull", &["ollama"], From::Ollama, &["model", "0"]),
    row("ollama", &["ollama"], From::Ollama, &["0"]),
    // Hosted: clients of providers.
    row("chat.completions.*", &[], From::Api(""), MODEL),
    row("completions.*", &[], From::Api(""), MODEL),
    row("responses.*", &[], From::Api(""), MODEL),
    row("embeddings.create", &[], From::Api(""), MODEL),
    row("images.*", &["openai", "together"], From::Api(""), MODEL),
    row("transcriptions.create", &[], From::Api(""), MODEL),
    row("translations.create", &[], From::Api(""), MODEL),
    row("speech.create", &[], From::Api(""), MODEL),
    row("assistants.create", &[], From::Api(""), MODEL),
    row("moderations.create", &[], From::Api(""), MODEL),
    row("jobs.create", &["openai"], From::Api(""), MODEL),
    row("ChatCompletion.*", &["openai"], From::Api("openai"), MODEL),
    row("Completion.*", &["openai"], From::Api("openai"), MODEL),
    row("Embedding.*", &["openai"], From::Api("openai"), MODEL),
    row("messages.*", &[], From::Api("anthropic"), MODEL),
    row("GenerativeModel", &[], From::Api("google"), &["model_name", "model", "0"]),
    row("getGenerativeModel", &[], From::Api("google"), &["model"]),
    row("models.generate_content*", &["google"], From::Api("google"), MODEL),
    row("models.generateContent*", &["google"], From::Api("google"), MODEL),
    row("models.embed_content", &["google"], From::Api("google"), MODEL),
    row("chats.create", &["google"], From::Api("google"), MODEL),
    row("embed_content", &["google"], From::Api("google"), MODEL),
    row("invoke_model*", &[], From::Api("bedrock"), &["modelId"]),
    row("converse*", &[], From::Api("bedrock"), &["modelId"]),
    row("InvokeModel*Command", &[], From::Api("bedrock"), &["modelId"]),
    row("Converse*Command", &[], From::Api("bedrock"), &["modelId"]),
    row("chat.complete", &["mistralai"], From::Api("mistral"), MODEL),
    row("chat.stream", &["mistralai"], From::Api("mistral"), MODEL),
    row("chat*", &["mistralai", "cohere"], From::Api(""), MODEL),
    row("embed", &["cohere", "voyageai"], From::Api(""), MODEL),
    row("rerank", &["cohere", "voyageai"], From::Api(""), MODEL),
    row("generate", &["cohere", "anthropic"], From::Api(""), MODEL),
    row("replicate.run", &["replicate"], From::Api("replicate"), &["0"]),
    // Hosted: frameworks.
    row("AzureChatOpenAI", &[], From::Api("azure"), CHAT),
    row("AzureOpenAI*", &["langchain", "llama_index"], From::Api("azure"), CHAT),
    row("ChatOpenAI", &[], From::Api("openai"), CHAT),
    row("OpenAI", &["langchain", "llama_index", "llamaindex"], From::Api("openai"), CHAT),
    row("OpenAILike", &[], From::Api(""), CHAT),
    row("OpenAIEmbedding*", &[], From::Api("openai"), CHAT),
    row("OpenAIChat", &[], From::Api("openai"), &["id", "0"]),
    row("OpenAIChatModel", &[], From::Api("openai"), CHAT),
    row("OpenAIModel", &[], From::Api("openai"), CHAT),
    row("OpenAIChatCompletionClient", &[], From::Api("openai"), CHAT),
    row("ChatAnthropic*", &[], From::Api("anthropic"), CHAT),
    row("AnthropicModel", &[], From::Api("anthropic"), CHAT),
    row("Anthropic", &["langchain", "llama_index"], From::Api("anthropic"), CHAT),
    row("Claude", &["agno", "phi"], From::Api("anthropic"), &["id", "0"]),
    row("Gemini*", &[], From::Api("google"), &["model", "model_name", "id", "0"]),
    row("ChatGoogleGenerativeAI", &[], From::Api("google"), CHAT),
    row("GoogleGenerativeAI*", &["langchain"], From::Api("google"), CHAT),
    row("*VertexAI*", &["langchain"], From::Api("google"), CHAT),
    row("GoogleModel", &[], From::Api("google"), CHAT),
    row(
        "*Bedrock*",
        &["langchain", "llama_index", "strands", "pydantic_ai"],
        From::Api("bedrock"),
        &["model_id", "model", "modelId", "model_name", "0"],
    ),
    row("ChatMistralAI", &[], From::Api("mistral"), CHAT),
    row("MistralAI*", &["langchain", "llama_index"], From::Api("mistral"), CHAT),
    row("MistralModel", &[], From::Api("mistral"), CHAT),
    row("ChatCohere", &[], From::Api("cohere"), CHAT),
    row("Cohere*", &["langchain", "llama_index"], From::Api("cohere"), CHAT),
    row("ChatGroq", &[], From::Api("groq"), CHAT),
    row(
        "Groq*",
        &["llama_index", "pydantic_ai", "agno"],
        From::Api("groq"),
        &["model", "id", "model_name", "0"],
    ),
    row("ChatTogether", &[], From::Api("together"), CHAT),
    row("Together*", &["langchain", "llama_index"], From::Api("together"), CHAT),
    row("ChatFireworks", &[], From::Api("fireworks"), CHAT),
    row("ChatPerplexity", &[], From::Api("perplexity"), CHAT),
    row("ChatDeepSeek", &[], From::Api("deepseek"), CHAT),
    row("ChatXAI", &[], From::Api("xai"), CHAT),
    row("ChatNVIDIA", &[], From::Api("nvidia"), CHAT),
    row("NVIDIAEmbedding*", &[], From::Api("nvidia"), CHAT),
    row("ChatCerebras", &[], From::Api("cerebras"), CHAT),
    row("ChatSambaNova*", &[], From::Api("sambanova"), CHAT),
    row("ChatWatsonx", &[], From::Api("watsonx"), CHAT),
    row("VoyageAIEmbedding*", &[], From::Api("voyage"), CHAT),
    row("VoyageEmbedding*", &[], From::Api("voyage"), CHAT),
    row("JinaEmbedding*", &[], From::Api("jina"), CHAT),
    row("JinaRerank", &[], From::Api("jina"), CHAT),
    row("Replicate", &["langchain", "llama_index"], From::Api("replicate"), CHAT),
    row("ChatLiteLLM*", &[], From::Prefixed(""), CHAT),
    row("LiteLLM*", &[], From::Prefixed(""), &["model", "model_id", "0"]),
    row("LiteLlm", &["google"], From::Prefixed(""), &["model", "0"]),
    row("init_chat_model", &[], From::Prefixed(""), &["model", "0"]),
    row("initChatModel", &[], From::Prefixed(""), &["0"]),
    row("init_embeddings", &[], From::Prefixed(""), &["model", "0"]),
    row("completion", &["litellm"], From::Prefixed("openai"), &["model", "0"]),
    row("acompletion", &["litellm"], From::Prefixed("openai"), &["model", "0"]),
    row("embedding", &["litellm"], From::Prefixed("openai"), &["model", "0"]),
    row("LLM", &["crewai"], From::Prefixed("openai"), &["model", "0"]),
    row("LM", &["dspy"], From::Prefixed("openai"), &["model", "0"]),
    row("from_provider", &["instructor"], From::Prefixed(""), &["0"]),
    row("dspy.OpenAI", &["dspy"], From::Api("openai"), &["model", "0"]),
    row("Agent", &["pydantic_ai"], From::Prefixed(""), &["model", "0"]),
    row(
        "Agent",
        &["agents", "openai_agents", "openai/agents", "google"],
        From::Prefixed(""),
        &["model"],
    ),
    row("LlmAgent", &["google"], From::Prefixed("google"), &["model"]),
    row("Agent", &["strands"], From::Prefixed("bedrock"), &["model"]),
    row("create_react_agent", &["langgraph"], From::Prefixed(""), &["model", "0"]),
    row("create_agent", &["langchain"], From::Prefixed(""), &["model", "0"]),
    row("OpenAI*EmbeddingFunction", &["chromadb"], From::Api("openai"), NAME),
    row("OpenAIEmbeddingFunction", &[], From::Api("openai"), NAME),
    row("GoogleGenerativeAiEmbeddingFunction", &[], From::Api("google"), NAME),
    row("OpenAIServerModel", &["smolagents"], From::Api(""), &["model_id", "0"]),
    row("encoding_for_model", &["tiktoken"], From::Api("openai"), &["model_name", "0"]),
    row("*LLMService", &["pipecat"], From::Api(""), &["model"]),
    row("*STTService", &["pipecat"], From::Api(""), &["model"]),
    row("*TTSService", &["pipecat"], From::Api(""), &["model"]),
    row("*.STT", &["livekit"], From::Api(""), &["model"]),
    row("*.TTS", &["livekit"], From::Api(""), &["model"]),
    row("*.LLM", &["livekit"], From::Api(""), &["model"]),
    row("*.RealtimeModel", &["livekit"], From::Api(""), &["model"]),
    row("AgentSession", &["livekit"], From::Prefixed(""), &["llm"]),
    row("*Options", &["deepgram"], From::Api("deepgram"), &["model"]),
    row("transcribe*", &["@deepgram", "deepgram"], From::Api("deepgram"), &["model"]),
    row(
        "convert*",
        &["elevenlabs", "@elevenlabs"],
        From::Api("elevenlabs"),
        &["model_id", "modelId"],
    ),
    row("generate", &["elevenlabs"], From::Api("elevenlabs"), &["model"]),
    row("ChatCompletionsClient", &["azure"], From::Api("azure"), &["model"]),
    row("EmbeddingsClient", &["azure"], From::Api("azure"), &["model"]),
    row("complete", &["azure"], From::Api("azure"), &["model"]),
    row("*.call", &["dashscope"], From::Api("alibaba"), &["model"]),
    row("GEval", &["deepeval"], From::Prefixed("openai"), &["model"]),
    row("AI.run", &[], From::Api("cloudflare"), &["0"]),
    row("ai.run", &[], From::Api("cloudflare"), &["0"]),
    row("googleAI.model", &["@genkit_ai", "genkitx"], From::Api("google"), &["0"]),
    row("chat", &["@openrouter"], From::Api("openrouter"), &["0"]),
    row("openrouter", &["@openrouter"], From::Api("openrouter"), &["0"]),
    row("speech", &["ai_sdk"], From::Api(""), &["0"]),
    row("transcription", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.embedding", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.textEmbeddingModel", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.image", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.languageModel", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.chat", &["ai_sdk"], From::Api(""), &["0"]),
    row("*.responses", &["ai_sdk"], From::Api(""), &["0"]),
    row("openai", &["@ai_sdk/openai_compatible"], From::Api(""), &["0"]),
    // The AI SDK of Vercel: `openai("gpt-4o")`.
    row("openai", &["ai_sdk"], From::Api("openai"), &["0"]),
    row("openai.*", &["ai_sdk"], From::Api("openai"), &["0"]),
    row("anthropic", &["ai_sdk"], From::Api("anthropic"), &["0"]),
    row("google", &["ai_sdk"], From::Api("google"), &["0"]),
    row("vertex", &["ai_sdk"], From::Api("google"), &["0"]),
    row("azure", &["ai_sdk"], From::Api("azure"), &["0"]),
    row("bedrock", &["ai_sdk"], From::Api("bedrock"), &["0"]),
    row("mistral", &["ai_sdk"], From::Api("mistral"), &["0"]),
    row("cohere", &["ai_sdk"], From::Api("cohere"), &["0"]),
    row("groq", &["ai_sdk"], From::Api("groq"), &["0"]),
    row("xai", &["ai_sdk"], From::Api("xai"), &["0"]),
    row("xai.*", &["ai_sdk"], From::Api("xai"), &["0"]),
    row("perplexity", &["ai_sdk"], From::Api("perplexity"), &["0"]),
    row("fireworks", &["ai_sdk"], From::Api("fireworks"), &["0"]),
    row("togetherai", &["ai_sdk"], From::Api("together"), &["0"]),
    row("deepseek", &["ai_sdk"], From::Api("deepseek"), &["0"]),
    row("create*()", &["ai_sdk"], From::Api(""), &["0"]),
    row("gateway.*", &["ai_sdk"], From::Prefixed(""), &["0"]),
    row("gateway", &["ai_sdk", "ai"], From::Prefixed(""), &["0"]),
    row("generateText", &["ai."], From::Prefixed(""), &["model"]),
    row("streamText", &["ai."], From::Prefixed(""), &["model"]),
    row("generateObject", &["ai."], From::Prefixed(""), &["model"]),
];
