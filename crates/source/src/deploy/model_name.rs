//! What a text is, where the name of a model is expected.

use coseal_core::{fact::Pin, system::Location};

use crate::{
    code::prefixed,
    hosted_family::{family, routed},
};

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 300;

/// What runs the model, where the place tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Runner {
    #[default]
    Unknown,
    Ollama,
    Hub,
    Hosted(&'static str),
}

/// A model as a file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModelName {
    pub(crate) name: String,
    pub(crate) location: Option<Location>,
    pub(crate) pin: Pin,
}

/// Models of Ollama's library, by the name before the colon.
const OLLAMA: [&str; 62] = [
    "llama2",
    "llama3",
    "llama3.1",
    "llama3.2",
    "llama3.3",
    "llama4",
    "llama2-uncensored",
    "llama3.2-vision",
    "llama3-gradient",
    "codellama",
    "mistral",
    "mistral-nemo",
    "mistral-small",
    "mixtral",
    "phi",
    "phi3",
    "phi3.5",
    "phi4",
    "phi4-mini",
    "gemma",
    "gemma2",
    "gemma3",
    "gemma3n",
    "codegemma",
    "qwen",
    "qwen2",
    "qwen2.5",
    "qwen2.5-coder",
    "qwen3",
    "qwen3-coder",
    "qwq",
    "deepseek-r1",
    "deepseek-v3",
    "deepseek-coder",
    "deepseek-coder-v2",
    "tinyllama",
    "llava",
    "bakllava",
    "moondream",
    "nomic-embed-text",
    "mxbai-embed-large",
    "all-minilm",
    "bge-m3",
    "bge-large",
    "snowflake-arctic-embed",
    "snowflake-arctic-embed2",
    "embeddinggemma",
    "orca-mini",
    "vicuna",
    "wizardlm2",
    "openhermes",
    "neural-chat",
    "starling-lm",
    "starcoder2",
    "sqlcoder",
    "solar",
    "dolphin-mixtral",
    "dolphin-llama3",
    "smollm2",
    "granite3.1-dense",
    "gpt-oss",
    "minicpm-v",
];
/// Well-known models of the hub that are written without an organisation.
const SHORT: [&str; 22] = [
    "gpt2",
    "gpt2-medium",
    "gpt2-large",
    "gpt2-xl",
    "distilgpt2",
    "bert-base-uncased",
    "bert-base-cased",
    "bert-large-uncased",
    "bert-base-multilingual-cased",
    "distilbert-base-uncased",
    "roberta-base",
    "roberta-large",
    "xlm-roberta-base",
    "t5-small",
    "t5-base",
    "t5-large",
    "all-MiniLM-L6-v2",
    "all-MiniLM-L12-v2",
    "all-mpnet-base-v2",
    "multi-qa-mpnet-base-dot-v1",
    "paraphrase-MiniLM-L6-v2",
    "paraphrase-multilingual-MiniLM-L12-v2",
];
/// Organisations of the hub whose models are named in configuration most.
const ORGANISATIONS: [&str; 58] = [
    "meta-llama",
    "mistralai",
    "google",
    "microsoft",
    "openai",
    "openai-community",
    "deepseek-ai",
    "qwen",
    "baai",
    "sentence-transformers",
    "intfloat",
    "thebloke",
    "bartowski",
    "unsloth",
    "huggingfaceh4",
    "huggingfacetb",
    "huggingface",
    "facebook",
    "nvidia",
    "tiiuae",
    "bigscience",
    "bigcode",
    "eleutherai",
    "stabilityai",
    "databricks",
    "mosaicml",
    "lmsys",
    "teknium",
    "nousresearch",
    "nomic-ai",
    "thenlper",
    "jinaai",
    "mixedbread-ai",
    "alibaba-nlp",
    "cohereforai",
    "ibm-granite",
    "01-ai",
    "zai-org",
    "thudm",
    "openchat",
    "berkeley-nest",
    "togethercomputer",
    "google-bert",
    "google-t5",
    "distilbert",
    "cross-encoder",
    "allenai",
    "salesforce",
    "xlabs-ai",
    "black-forest-labs",
    "runwayml",
    "compvis",
    "snowflake",
    "upstage",
    "tinyllama",
    "second-state",
    "neuralmagic",
    "redhatai",
];
/// Endings of files that hold a model.
const FILES: [&str; 12] = [
    ".gguf",
    ".ggml",
    ".safetensors",
    ".onnx",
    ".pt",
    ".pth",
    ".bin",
    ".tflite",
    ".llamafile",
    ".engine",
    ".mlmodel",
    ".task",
];

/// What a text names. `says` is whether the place says by itself that a model for language stands here: then forms that
/// other things have too (`org/name`, `name`) count.
pub(crate) fn read(text: &str, runner: Runner, says: bool) -> Option<ModelName> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.len() < 2 || text.len() > LONGEST || text.contains(is_foreign) || is_placeholder(text) {
        return None;
    }
    by_scheme(text)
        .or_else(|| by_route(text))
        .or_else(|| by_provider(text))
        .or_else(|| by_runner(text, runner, says))
        .or_else(|| family(text).map(|provider| hosted(provider, text, runner)))
        .or_else(|| by_form(text, says))
}

/// Whether a name is one of Ollama's library, with or without a tag.
pub(crate) fn is_of_ollama(text: &str) -> bool {
    let base = text.split(':').next().unwrap_or(text);
    OLLAMA.contains(&base) && ollama(text).is_some()
}

/// Whether an address says by its scheme alone that a model is there.
pub(crate) fn names_itself(text: &str) -> bool {
    ["hf://", "huggingface://", "ollama://"].iter().any(|start| text.starts_with(start))
}

/// Whether an address is that of a store of files, which holds a model where its place says so.
pub(crate) fn is_stored(text: &str) -> bool {
    ["s3://", "gs://", "pvc://", "oci://"].iter().any(|start| text.starts_with(start))
}

fn is_foreign(symbol: char) -> bool {
    symbol.is_whitespace()
        || symbol.is_control()
        || matches!(
            symbol,
            '$' | '{'
                | '}'
                | '<'
                | '>'
                | '*'
                | '|'
                | ','
                | ';'
                | '('
                | ')'
                | '['
                | ']'
                | '\\'
                | '"'
                | '\''
        )
}

fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["your-", "your_", "xxx", "example", "changeme", "placeholder", "replace", "sk-", "todo"]
        .iter()
        .any(|start| lower.starts_with(start))
        || matches!(&*lower, "none" | "null" | "default" | "auto" | "true" | "false" | "model")
}

fn by_scheme(text: &str) -> Option<ModelName> {
    if let Some(rest) = ["https://huggingface.co/", "https://hf.co/", "huggingface.co/", "hf.co/"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
    {
        return of_hub_address(text, rest);
    }
    if let Some(rest) =
        ["hf://", "huggingface://", "hf:"].iter().find_map(|start| text.strip_prefix(start))
    {
        let (id, revision) = rest.rsplit_once([':', '@']).unwrap_or((rest, ""));
        return hub(id, revision);
    }
    if let Some(tag) =
        ["ollama://", "ollama/", "ollama_chat/"].iter().find_map(|start| text.strip_prefix(start))
    {
        return ollama(tag);
    }
    if let Some(id) = text.strip_prefix("huggingface/") {
        return hub(id, "");
    }
    if let Some(rest) = text.strip_prefix("s3://") {
        return Some(at(text, &format!("s3:{rest}"), Pin::Unknown));
    }
    if let Some(rest) = text.strip_prefix("oci://") {
        let pin = if rest.contains("@sha256:") { Pin::Snapshot } else { Pin::Alias };
        return Some(at(text, &format!("oci:{rest}"), pin));
    }
    if let Some(rest) = text.strip_prefix("models:/") {
        return Some(at(
            text,
            &format!("mlflow:models/{}", rest.trim_start_matches('/')),
            Pin::Unknown,
        ));
    }
    // Places of which a system file knows no scheme.
    if ["gs://", "pvc://"].iter().any(|start| text.starts_with(start)) {
        return Some(ModelName { name: text.into(), location: None, pin: Pin::Unknown });
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    (text.starts_with("https://") && is_model_file(path)).then(|| at(text, text, Pin::Unknown))
}

/// `org/name` with perhaps `/resolve/REVISION/FILE` behind it, or `:QUANTISATION` as Ollama writes it.
fn of_hub_address(text: &str, rest: &str) -> Option<ModelName> {
    let mut parts = rest.splitn(5, '/');
    let (org, name) = (parts.next()?, parts.next()?);
    if matches!(org, "datasets" | "spaces" | "docs" | "blog" | "collections") {
        return None;
    }
    match (parts.next(), parts.next(), parts.next()) {
        (Some("resolve" | "raw" | "blob"), Some(revision), Some(file)) if is_model_file(file) => {
            let pin = if is_commit(revision) { Pin::Snapshot } else { Pin::Alias };
            Some(at(text, text, pin))
        }
        (Some("tree" | "resolve" | "commit"), Some(revision), _) => {
            hub(&format!("{org}/{name}"), if is_commit(revision) { revision } else { "" })
        }
        _ => hub(&format!("{org}/{}", name.split([':', '?']).next().unwrap_or(name)), ""),
    }
}

fn by_route(text: &str) -> Option<ModelName> {
    // Catalogues of models with organisations of their own, which are none of the hub.
    let (provider, model) = match text {
        _ if text.starts_with("meta/llama-") => ("nvidia", text),
        _ if text.starts_with("meta/meta-llama-") => ("replicate", text),
        _ => routed(text)?,
    };
    Some(ModelName {
        name: model.into(),
        location: format!("api:{provider}/{model}").parse().ok(),
        pin: pin_of(model),
    })
}

/// `openai:gpt-4o`, and `anthropic:messages:claude-3-5-sonnet-latest` as tools that measure write it.
fn by_provider(text: &str) -> Option<ModelName> {
    let (provider, rest) = text.split_once(':')?;
    let uses = ["messages:", "chat:", "completion:", "responses:", "embedding:", "embeddings:"];
    let model = uses.iter().find_map(|start| rest.strip_prefix(start)).unwrap_or(rest);
    let (provider, model) = prefixed(&format!("{provider}:{model}"))
        .map(|(provider, _)| (provider, model.to_owned()))?;
    Some(ModelName {
        location: format!("api:{provider}/{model}").parse().ok(),
        pin: pin_of(&model),
        name: model,
    })
}

fn by_runner(text: &str, runner: Runner, says: bool) -> Option<ModelName> {
    match runner {
        Runner::Ollama => ollama(text),
        Runner::Hub if text.contains('/') => hub_with_revision(text),
        Runner::Hub => short(text),
        Runner::Hosted(provider) if says && is_deployment(text) => {
            Some(hosted(family(text).unwrap_or(provider), text, runner))
        }
        _ => None,
    }
}

/// By its form alone.
fn by_form(text: &str, says: bool) -> Option<ModelName> {
    if let Some((base, tag)) = text.split_once(':') {
        let known = OLLAMA.contains(&base);
        return (known && !tag.is_empty() && !tag.contains('/')).then(|| ollama(text))?;
    }
    if SHORT.contains(&text) {
        return short(text);
    }
    // A word alone is a name of other things too.
    if OLLAMA.contains(&text) && text.bytes().any(|b| b.is_ascii_digit() || b == b'-') {
        return ollama(text);
    }
    let (org, name) = text.split_once('/')?;
    let known = ORGANISATIONS.contains(&org.to_ascii_lowercase().as_str());
    let telling = name.contains('-') && name.bytes().any(|b| b.is_ascii_digit());
    if known || says && (telling || is_organisation(org)) { hub_with_revision(text) } else { None }
}

/// Providers that serve the models of others under their names.
const CLOUDS: [&str; 9] = [
    "azure",
    "bedrock",
    "vertex",
    "groq",
    "openrouter",
    "together",
    "fireworks",
    "replicate",
    "watsonx",
];

/// A name of a deployment: with a digit or dash, so that a word alone is none; and no tag of Ollama's library.
fn is_deployment(text: &str) -> bool {
    let base = text.split(':').next().unwrap_or(text);
    let listed = OLLAMA.contains(&base) || SHORT.contains(&text);
    is_name(text) && !listed && text.bytes().any(|b| b.is_ascii_digit() || b == b'-')
}

fn hosted(provider: &'static str, text: &str, runner: Runner) -> ModelName {
    // A cloud or gateway that the place names is nearer than the maker of the model.
    let provider = match runner {
        Runner::Hosted(said) if CLOUDS.contains(&said) => said,
        _ => provider,
    };
    let bare = text.strip_prefix("models/").unwrap_or(text);
    ModelName {
        name: bare.into(),
        location: format!("api:{provider}/{bare}").parse().ok(),
        pin: pin_of(bare),
    }
}

/// A date stays; `latest` moves; of other names only the catalogue knows.
fn pin_of(model: &str) -> Pin {
    if model == "latest" || model.ends_with("-latest") {
        return Pin::Alias;
    }
    let bare = model
        .split(['@', ':'])
        .next()
        .unwrap_or(model)
        .trim_end_matches("-v1")
        .trim_end_matches("-v2");
    let dated = model.rsplit('@').next().unwrap_or(bare);
    let digits = |text: &str| {
        text.bytes().rev().filter(|b| *b != b'-').take_while(u8::is_ascii_digit).count() >= 8
    };
    if digits(bare) || digits(dated) { Pin::Snapshot } else { Pin::Unknown }
}

fn ollama(tag: &str) -> Option<ModelName> {
    if let Some(rest) = tag.strip_prefix("hf.co/") {
        return of_hub_address(tag, rest);
    }
    let plain =
        is_name(&tag.replacen('/', "-", 1)) && !is_model_file(tag) && !tag.starts_with(['.', '/']);
    if !plain {
        return None;
    }
    let place = if tag.contains('/') { tag.to_owned() } else { format!("library/{tag}") };
    Some(at(tag, &format!("oci:registry.ollama.ai/{place}"), Pin::Alias))
}

fn hub_with_revision(text: &str) -> Option<ModelName> {
    let (id, revision) = text.split_once('@').unwrap_or((text, ""));
    hub(id, revision)
}

/// A repository of the hub.
pub(crate) fn hub(id: &str, revision: &str) -> Option<ModelName> {
    let (org, name) = id.split_once('/')?;
    let fit = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            && !part.starts_with(['.', '-', '_'])
    };
    if !fit(org) || !fit(name) || is_model_file(name) || ends_as_text(name) {
        return None;
    }
    if FOLDERS.contains(&org) {
        return None;
    }
    let pin = if is_commit(revision) { Pin::Snapshot } else { Pin::Alias };
    let place =
        if revision.is_empty() { format!("hf:{id}") } else { format!("hf:{id}@{revision}") };
    Some(at(id, &place, pin))
}

/// First parts of paths that are folders, not organisations.
const FOLDERS: [&str; 24] = [
    "models",
    "model",
    "data",
    "dataset",
    "datasets",
    "src",
    "app",
    "config",
    "configs",
    "conf",
    "output",
    "outputs",
    "checkpoints",
    "ckpt",
    "weights",
    "saved_models",
    "artifacts",
    "tmp",
    "home",
    "mnt",
    "opt",
    "var",
    "usr",
    "results",
];

fn is_organisation(org: &str) -> bool {
    !FOLDERS.contains(&org) && org.len() > 2
}

fn short(text: &str) -> Option<ModelName> {
    SHORT.contains(&text).then(|| at(text, &format!("hf:{text}"), Pin::Alias))
}

fn at(name: &str, location: &str, pin: Pin) -> ModelName {
    ModelName { name: name.into(), location: location.parse().ok(), pin }
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

pub(crate) fn is_model_file(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    FILES.iter().any(|end| lower.ends_with(end))
}

fn ends_as_text(name: &str) -> bool {
    [
        ".py", ".json", ".yaml", ".yml", ".txt", ".md", ".toml", ".js", ".ts", ".git", ".csv",
        ".sh", ".html",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::Pin;

    use super::{Runner, read};

    fn place(text: &str, runner: Runner, says: bool) -> Option<String> {
        read(text, runner, says).and_then(|model| model.location).map(|at| at.to_string())
    }

    #[test]
    fn tells_where_a_model_is() {
        let any = |text| place(text, Runner::Unknown, false).unwrap_or_default();
        assert_eq!(any("gpt-4o"), "api:openai/gpt-4o");
        assert_eq!(any("azure/gpt-4o"), "api:azure/gpt-4o");
        assert_eq!(any("meta-llama/Llama-3-8B"), "hf:meta-llama/Llama-3-8B");
        assert_eq!(any("hf://Qwen/Qwen2-0.5B"), "hf:Qwen/Qwen2-0.5B");
        assert_eq!(any("https://huggingface.co/a-b/c-d"), "hf:a-b/c-d");
        assert_eq!(any("ollama/llama3:8b"), "oci:registry.ollama.ai/library/llama3:8b");
        assert_eq!(any("llama3:8b"), "oci:registry.ollama.ai/library/llama3:8b");
        assert_eq!(
            any("https://huggingface.co/o/n/resolve/main/m.Q4.gguf"),
            "https://huggingface.co/o/n/resolve/main/m.Q4.gguf"
        );
        let ollama = |text| place(text, Runner::Ollama, true).unwrap_or_default();
        assert_eq!(ollama("mistral"), "oci:registry.ollama.ai/library/mistral");
        assert_eq!(ollama("me/own:1b"), "oci:registry.ollama.ai/me/own:1b");
        assert_eq!(ollama("hf.co/o/n-GGUF:Q4_K_M"), "hf:o/n-GGUF");
        assert_eq!(
            place("chat-prod", Runner::Hosted("azure"), true).unwrap(),
            "api:azure/chat-prod"
        );
    }

    #[test]
    fn pins_by_revision_and_date() {
        let commit = "a1".repeat(20);
        let pin = |text: &str| read(text, Runner::Hub, true).unwrap().pin;
        assert_eq!(pin(&format!("org/name@{commit}")), Pin::Snapshot);
        assert_eq!(pin("org/name"), Pin::Alias);
        let pin = |text: &str| read(text, Runner::Unknown, true).unwrap().pin;
        assert_eq!(pin("gpt-4o-2024-08-06"), Pin::Snapshot);
        assert_eq!(pin("anthropic.claude-3-haiku-20240307-v1:0"), Pin::Snapshot);
        assert_eq!(pin("mistral-large-latest"), Pin::Alias);
        assert_eq!(pin("gpt-4o"), Pin::Unknown);
    }

    #[test]
    fn other_things_are_no_models() {
        for text in [
            "",
            "golf",
            "resnet50",
            "auth.user",
            "app/models.py",
            "./models/x.gguf",
            "models/llama.gguf",
            "${MODEL}",
            "{{ .Values.model }}",
            "your-model-name",
            "users/profile",
            "Deployment",
            "sk-abc",
            "redis:7",
            "python:3.11",
            "https://example.org/x",
            "some text of words",
            "true",
            "/models/x",
        ] {
            assert_eq!(read(text, Runner::Unknown, false), None, "{text}");
        }
        assert_eq!(read("/models/x", Runner::Ollama, true), None);
        assert_eq!(read("models/llama", Runner::Hub, true), None);
    }
}
