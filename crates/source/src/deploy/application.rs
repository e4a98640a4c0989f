//! Whether the code of a folder uses AI, by its manifests.

use std::{cell::RefCell, collections::BTreeMap};

use coseal_core::tree::{FileEntry, MAX_TEXT, Walk, read_text};

/// Manifests of packages.
const MANIFESTS: [&str; 8] = [
    "requirements.txt",
    "pyproject.toml",
    "package.json",
    "Pipfile",
    "setup.py",
    "setup.cfg",
    "environment.yml",
    "environment.yaml",
];
/// Packages that show that code uses AI, as they stand in a manifest.
const PACKAGES: [&str; 44] = [
    "openai",
    "anthropic",
    "langchain",
    "llama-index",
    "llama_index",
    "transformers",
    "torch",
    "tensorflow",
    "keras",
    "scikit-learn",
    "sentence-transformers",
    "vllm",
    "litellm",
    "ollama",
    "chromadb",
    "qdrant-client",
    "pinecone",
    "weaviate-client",
    "faiss-cpu",
    "mlflow",
    "crewai",
    "autogen",
    "haystack-ai",
    "farm-haystack",
    "google-generativeai",
    "google-genai",
    "mistralai",
    "cohere",
    "groq",
    "huggingface-hub",
    "huggingface_hub",
    "xgboost",
    "lightgbm",
    "catboost",
    "gradio",
    "bentoml",
    "ray",
    "dspy",
    "instructor",
    "pydantic-ai",
    "@ai-sdk",
    "llamaindex",
    "semantic-kernel",
    "onnxruntime",
];

/// Whether a path is that of a manifest which may say that the code beside it uses AI.
pub(crate) fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| MANIFESTS.contains(&name))
}

/// Looks folders up once.
pub(crate) struct Applications<'a> {
    manifests: BTreeMap<&'a str, Vec<&'a FileEntry>>,
    known: RefCell<BTreeMap<String, bool>>,
}

impl<'a> Applications<'a> {
    pub(crate) fn new(walk: &'a Walk) -> Self {
        let mut manifests: BTreeMap<&str, Vec<&FileEntry>> = BTreeMap::new();
        for file in walk.files.iter().filter(|file| file.size <= MAX_TEXT) {
            let (folder, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
            if is_manifest(name) {
                manifests.entry(folder).or_default().push(file);
            }
        }
        Self { manifests, known: RefCell::new(BTreeMap::new()) }
    }

    /// Whether the manifests of a folder, or of the nearest above it that has some, name packages of AI.
    pub(crate) fn uses_ai(&self, folder: &str) -> bool {
        let folder = folder.trim_start_matches("./").trim_end_matches('/').trim_end_matches("/.");
        let folder = if folder == "." { "" } else { folder };
        if let Some(known) = self.known.borrow().get(folder) {
            return *known;
        }
        let uses = match self.manifests.get(folder) {
            Some(files) => {
                files.iter().any(|file| names_ai(&read_text(&file.path).unwrap_or_default()))
            }
            None => match folder.rsplit_once('/') {
                Some((above, _)) => self.uses_ai(above),
                None => !folder.is_empty() && self.uses_ai(""),
            },
        };
        self.known.borrow_mut().insert(folder.to_owned(), uses);
        uses
    }
}

fn names_ai(manifest: &str) -> bool {
    manifest.lines().filter(|line| !line.trim_start().starts_with('#')).any(|line| {
        line.split(|c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '\'' | '=' | '<' | '>' | '~' | '[' | ',' | ':' | '/')
        })
        .any(|word| PACKAGES.contains(&word))
    })
}
