//! Names of repositories of the hub, told from paths and other texts with a slash.

/// First parts of a path that are folders, media types or branches, not organisations.
const NOT_ORGANISATIONS: &[&str] = &[
    "models",
    "model",
    "output",
    "outputs",
    "results",
    "result",
    "checkpoints",
    "checkpoint",
    "ckpt",
    "data",
    "dataset",
    "datasets",
    "saved_models",
    "saved",
    "weights",
    "artifacts",
    "logs",
    "runs",
    "tmp",
    "src",
    "app",
    "lib",
    "assets",
    "static",
    "templates",
    "docs",
    "test",
    "tests",
    "examples",
    "application",
    "text",
    "image",
    "audio",
    "video",
    "multipart",
    "font",
    "config",
    "configs",
    "api",
    "v1",
    "v2",
    "home",
    "mnt",
    "opt",
    "var",
    "usr",
    "content",
    "etc",
    "public",
    "dist",
    "build",
    "refs",
    "origin",
    "feature",
    "exports",
    "cache",
    "prompts",
    "prompt",
    "ollama",
    "ollama_chat",
    "your-username",
    "your-org",
    "username",
    "user",
    "org",
    "path",
    "path_to",
    "path-to",
    "my-org",
    "owner",
    "namespace",
    "chat",
    "completions",
    "node",
    "http",
    "https",
    "mcp",
    "tools",
];

/// Organisations whose repositories are known as models wherever they are named.
const ORGANISATIONS: &[&str] = &[
    "sentence-transformers",
    "BAAI",
    "meta-llama",
    "mistralai",
    "Qwen",
    "intfloat",
    "HuggingFaceH4",
    "HuggingFaceTB",
    "TheBloke",
    "tiiuae",
    "EleutherAI",
    "bigscience",
    "stabilityai",
    "runwayml",
    "CompVis",
    "black-forest-labs",
    "deepseek-ai",
    "NousResearch",
    "lmsys",
    "databricks",
    "mosaicml",
    "Salesforce",
    "cross-encoder",
    "thenlper",
    "hkunlp",
    "nomic-ai",
    "mixedbread-ai",
    "Alibaba-NLP",
    "jinaai",
    "unsloth",
    "bartowski",
    "google-bert",
    "google-t5",
    "FacebookAI",
    "openai-community",
    "distilbert",
    "allenai",
    "deepset",
    "ProsusAI",
    "dslim",
    "cardiffnlp",
    "Helsinki-NLP",
    "microsoft",
    "facebook",
    "google",
    "nvidia",
    "ibm-granite",
    "01-ai",
    "upstage",
    "teknium",
    "togethercomputer",
    "huggyllama",
    "decapoda-research",
    "codellama",
    "bigcode",
    "WizardLM",
    "lmstudio-community",
    "distilbert-base",
    "THUDM",
    "zai-org",
    "moonshotai",
    "openbmb",
    "internlm",
    "baichuan-inc",
    "laion",
    "timm",
    "ultralytics",
    "pyannote",
    "Systran",
    "guillaumekln",
    "naver",
    "colbert-ir",
    "vikp",
    "impira",
    "dbmdz",
    "xlm-roberta",
    "roberta",
    "TinyLlama",
    "CohereForAI",
    "CohereLabs",
    "protectai",
    "unitary",
    "madhurjindal",
    "ai4bharat",
    "PygmalionAI",
    "Intel",
    "tloen",
];

/// Whether a text is written as `organisation/name`.
pub(crate) fn is_id(text: &str) -> bool {
    let Some((organisation, name)) = text.split_once('/') else { return false };
    is_part(organisation, 2, 42)
        && is_part(name, 2, 96)
        && !NOT_ORGANISATIONS.contains(&organisation.to_lowercase().as_str())
        && !organisation.contains('.')
        && !name.bytes().all(|b| b.is_ascii_digit())
        && !is_file(name)
}

/// Whether a text is such a name, of an organisation that is known for models.
pub(crate) fn is_known(text: &str) -> bool {
    let organisation = text.split('/').next().unwrap_or_default();
    ORGANISATIONS.contains(&organisation) && is_id(text)
}

/// How names begin that are written without their organisation, and the organisation.
const SHORT: &[(&str, &str)] = &[
    ("all-MiniLM-", "sentence-transformers"),
    ("all-mpnet-", "sentence-transformers"),
    ("all-distilroberta-", "sentence-transformers"),
    ("all-roberta-", "sentence-transformers"),
    ("multi-qa-", "sentence-transformers"),
    ("paraphrase-", "sentence-transformers"),
    ("msmarco-", "sentence-transformers"),
    ("distiluse-", "sentence-transformers"),
    ("bert-base-", ""),
    ("bert-large-", ""),
    ("distilbert-base-", ""),
    ("distilgpt2", ""),
    ("roberta-base", ""),
    ("roberta-large", ""),
    ("xlm-roberta-", ""),
    ("albert-base-", ""),
    ("gpt2", ""),
    ("t5-small", ""),
    ("t5-base", ""),
    ("t5-large", ""),
];

/// The organisation of a model that is written by its short name; empty where the hub has it without one.
pub(crate) fn short(text: &str) -> Option<&'static str> {
    let fits =
        |start: &str| text.strip_prefix(start).is_some_and(|rest| !rest.contains(['/', ' ']));
    SHORT.iter().find(|(start, _)| fits(start)).map(|(_, organisation)| *organisation)
}

/// Whether a text could be the name of a model of the hub without its organisation: `gpt2`, `bert-base-uncased`.
pub(crate) fn is_bare(text: &str) -> bool {
    is_part(text, 3, 96) && text.bytes().any(|b| b == b'-' || b.is_ascii_digit()) && !is_file(text)
}

fn is_part(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn is_file(name: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "py",
        "js",
        "ts",
        "tsx",
        "json",
        "yaml",
        "yml",
        "txt",
        "md",
        "csv",
        "pt",
        "pth",
        "pkl",
        "bin",
        "h5",
        "onnx",
        "joblib",
        "jsonl",
        "parquet",
        "png",
        "jpg",
        "jpeg",
        "svg",
        "html",
        "css",
        "wav",
        "mp3",
        "mp4",
        "pdf",
        "zip",
        "gz",
        "toml",
        "ini",
        "cfg",
        "log",
        "sh",
        "db",
        "sqlite",
        "keras",
        "pb",
        "npy",
        "npz",
        "safetensors",
        "gguf",
        "ggml",
        "ckpt",
        "sql",
        "ipynb",
        "xml",
        "jinja2",
        "jinja",
        "j2",
        "model",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, suffix)| SUFFIXES.contains(&suffix.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::{is_bare, is_id, is_known};

    #[test]
    fn paths_and_media_types_are_no_repositories() {
        for id in ["BAAI/bge-small-en-v1.5", "meta-llama/Llama-2-7b-hf", "someone/x1"] {
            assert!(is_id(id), "{id}");
        }
        for no in [
            "models/best",
            "text/html",
            "a/b/c",
            "./a/b",
            "org/model.pkl",
            "org/",
            "gpt2",
            "2024/01",
        ] {
            assert!(!is_id(no), "{no}");
        }
        assert!(is_known("BAAI/bge-m3") && !is_known("nobody/bge-m3"));
        assert!(is_bare("gpt2") && is_bare("bert-base-uncased") && !is_bare("model"));
    }
}
