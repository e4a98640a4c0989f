//! Models that a call uses where no argument names one.

use super::pattern::Pattern;

/// A call, the model that it uses by itself, and where that is.
pub(crate) struct Default {
    /// What is called.
    pub(crate) pattern: Pattern,
    /// Arguments of which each would name another; places are counted from 0.
    pub(crate) unless: &'static [&'static str],
    /// The model's name.
    pub(crate) model: &'static str,
    /// Its location; empty where the library keeps it.
    pub(crate) location: &'static str,
}

const fn row(
    call: &'static str,
    of: &'static [&'static str],
    unless: &'static [&'static str],
    model: &'static str,
    location: &'static str,
) -> Default {
    Default { pattern: Pattern { call, of }, unless, model, location }
}

const NAMED: &[&str] =
    &["model_name", "modelName", "model", "model_id", "model_name_or_path", "deployment", "0"];
const MPNET: &str = "sentence-transformers/all-mpnet-base-v2";
const MPNET_AT: &str = "hf:sentence-transformers/all-mpnet-base-v2";
const MINILM: &str = "all-MiniLM-L6-v2";
const MINILM_AT: &str = "hf:sentence-transformers/all-MiniLM-L6-v2";
const LANGCHAIN: &[&str] = &["langchain", "@langchain"];

/// The first that fits counts.
pub(crate) const DEFAULTS: &[Default] = &[
    row("HuggingFaceEmbeddings", LANGCHAIN, NAMED, MPNET, MPNET_AT),
    row("SentenceTransformerEmbeddings", LANGCHAIN, NAMED, MPNET, MPNET_AT),
    row(
        "HuggingFaceInstructEmbeddings",
        LANGCHAIN,
        NAMED,
        "hkunlp/instructor-large",
        "hf:hkunlp/instructor-large",
    ),
    row("HuggingFaceBgeEmbeddings", LANGCHAIN, NAMED, "BAAI/bge-large-en", "hf:BAAI/bge-large-en"),
    row(
        "FastEmbedEmbeddings",
        LANGCHAIN,
        NAMED,
        "BAAI/bge-small-en-v1.5",
        "hf:BAAI/bge-small-en-v1.5",
    ),
    row(
        "TextEmbedding",
        &["fastembed"],
        NAMED,
        "BAAI/bge-small-en-v1.5",
        "hf:BAAI/bge-small-en-v1.5",
    ),
    row("SentenceTransformersTextEmbedder", &["haystack"], NAMED, MPNET, MPNET_AT),
    row("SentenceTransformersDocumentEmbedder", &["haystack"], NAMED, MPNET, MPNET_AT),
    row("KeyBERT", &["keybert"], NAMED, MINILM, MINILM_AT),
    row("BERTopic", &["bertopic"], &["embedding_model"], MINILM, MINILM_AT),
    row("DefaultEmbeddingFunction", &["chromadb"], &[], MINILM, MINILM_AT),
    row("ONNXMiniLM_L6_V2", &["chromadb"], &[], MINILM, MINILM_AT),
    row("SentenceTransformerEmbeddingFunction", &["chromadb"], NAMED, MINILM, MINILM_AT),
    row(
        "OpenAIEmbeddings",
        LANGCHAIN,
        NAMED,
        "text-embedding-ada-002",
        "api:openai/text-embedding-ada-002",
    ),
    row(
        "OpenAIEmbedding",
        &["llama_index", "llamaindex"],
        NAMED,
        "text-embedding-ada-002",
        "api:openai/text-embedding-ada-002",
    ),
    row("ChatOpenAI", LANGCHAIN, NAMED, "gpt-3.5-turbo", "api:openai/gpt-3.5-turbo"),
    row(
        "load_silero_vad",
        &["silero_vad"],
        &[],
        "silero_vad",
        "https://github.com/snakers4/silero-vad",
    ),
    row("VAD.load", &["livekit"], &[], "silero_vad", "https://github.com/snakers4/silero-vad"),
    row(
        "SileroVADAnalyzer",
        &["pipecat"],
        &[],
        "silero_vad",
        "https://github.com/snakers4/silero-vad",
    ),
    row(
        "get_vad_model",
        &["faster_whisper"],
        &[],
        "silero_vad",
        "https://github.com/snakers4/silero-vad",
    ),
    row("preload_models", &["bark"], &[], "suno/bark", "hf:suno/bark"),
    row("KPipeline", &["kokoro"], &["repo_id"], "hexgrad/Kokoro-82M", "hf:hexgrad/Kokoro-82M"),
    row("Kokoro", &["kokoro"], NAMED, "hexgrad/Kokoro-82M", "hf:hexgrad/Kokoro-82M"),
    row("FaceAnalysis", &["insightface"], &["name", "0"], "buffalo_l", ""),
    row("ocr_predictor", &["doctr"], &["det_arch", "0"], "db_resnet50", ""),
];

/// Models that `pipeline` of Transformers uses for a task where none is named.
pub(crate) const TASKS: &[(&str, &str)] = &[
    ("sentiment-analysis", "distilbert/distilbert-base-uncased-finetuned-sst-2-english"),
    ("text-classification", "distilbert/distilbert-base-uncased-finetuned-sst-2-english"),
    ("ner", "dbmdz/bert-large-cased-finetuned-conll03-english"),
    ("token-classification", "dbmdz/bert-large-cased-finetuned-conll03-english"),
    ("question-answering", "distilbert/distilbert-base-cased-distilled-squad"),
    ("summarization", "sshleifer/distilbart-cnn-12-6"),
    ("text-generation", "openai-community/gpt2"),
    ("fill-mask", "distilbert/distilroberta-base"),
    ("zero-shot-classification", "facebook/bart-large-mnli"),
    ("text2text-generation", "google-t5/t5-base"),
    ("translation", "google-t5/t5-base"),
    ("feature-extraction", "distilbert/distilbert-base-cased"),
    ("image-classification", "google/vit-base-patch16-224"),
    ("object-detection", "facebook/detr-resnet-50"),
    ("automatic-speech-recognition", "facebook/wav2vec2-base-960h"),
    ("image-to-text", "ydshieh/vit-gpt2-coco-en"),
];
