//! One setting: a name and its value.

use coseal_core::{
    fact::{AssetKind, Pin},
    finding::Confidence,
    plain::plain,
};

use super::{
    data,
    key::{is_address, is_model, is_model_by_place, is_secret, says, words},
};
use crate::{
    code::{addresses, is_whisper},
    deploy::{
        model_name::{ModelName, Runner, is_model_file, is_stored, names_itself, read},
        product::{self, Kind, Named},
        shell::with_defaults,
        told::Told,
    },
};

/// Values longer than this are no names.
const LONGEST: usize = 1_000;

/// What stands around a setting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// Words of the keys above it and of what siblings say of the provider.
    words: Vec<String>,
    /// Whether it stands in a container of this product, whose own variables point to itself.
    own: String,
}

impl Context {
    /// In a container that runs a product (empty: none that is known).
    pub(crate) fn of_container(product: &str) -> Self {
        Self { words: words(product), own: product.to_owned() }
    }

    /// Below a key.
    pub(crate) fn below(&self, key: &str) -> Self {
        let mut below = self.clone();
        below.words.extend(words(key));
        // The nearest say most.
        let far = below.words.len().saturating_sub(12);
        below.words.drain(..far);
        below
    }

    /// Whether the keys above say that it is about models for language.
    pub(crate) fn says(&self) -> bool {
        says(&self.words)
    }
}

/// What a setting tells.
pub(crate) fn tell(told: &mut Told<'_>, key: &str, value: &str, line: u32, context: &Context) {
    let own = words(key);
    if own.is_empty() || value.len() > LONGEST {
        return;
    }
    if is_secret(&own) {
        return tell_provider(told, &own, line, context);
    }
    let value = with_defaults(value, &|_| None);
    if tell_addressed(told, &own, value.trim(), line, context)
        || tell_image(told, &own, value.trim(), line, context)
    {
        return;
    }
    if tell_folder(told, &own, value.trim(), line)
        || tell_choice(told, &own, value.trim(), line, context)
    {
        return;
    }
    if tell_speech(told, &own, value.trim(), line, context)
        || tell_weights(told, &own, value.trim(), line, context)
    {
        return;
    }
    let placed = is_model(&own).or_else(|| is_model_by_place(&own, &context.words));
    if let Some(says) = placed {
        let recipe = |word: &String| {
            matches!(word.as_str(), "pretrained" | "base" | "or" | "hub" | "tokenizer" | "adapter")
        };
        let says = says || context.says() || own.iter().any(recipe);
        return tell_models(told, &own, &value, says, line, context);
    }
    if data::tell(told, &own, &context.words, &value, line) {
        return;
    }
    tell_address(told, &own, value.trim(), line, context);
}

/// `url: hf://org/name` is a model wherever it stands, `url: s3://bucket/key` where the keys above say so. Options stand behind a `?`.
fn tell_addressed(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    line: u32,
    context: &Context,
) -> bool {
    let of_models = || {
        let about = |word: &String| matches!(word.as_str(), "model" | "models");
        own.iter().chain(&context.words).any(about)
    };
    let places_one = own.iter().any(|word| matches!(word.as_str(), "url" | "uri" | "model"));
    if !(names_itself(value) || is_stored(value) && places_one && of_models()) {
        return false;
    }
    let bare = value.split(['?', '#']).next().unwrap_or(value);
    let Some(model) = read(bare, Runner::Unknown, true) else { return false };
    told.model(model, line, Confidence::High);
    true
}

/// `whisper.model_size: large-v2`, `ASR_MODEL=base`: a size of Whisper.
fn tell_speech(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    line: u32,
    context: &Context,
) -> bool {
    const SPEECH: [&str; 6] = ["whisper", "asr", "stt", "transcription", "transcribe", "speech"];
    let places = |word: &String| matches!(word.as_str(), "model" | "size" | "name");
    let speech = |word: &String| SPEECH.contains(&word.as_str());
    let fits = own.iter().any(places) && own.iter().chain(&context.words).any(speech);
    if !fits || !is_whisper(value) {
        return false;
    }
    let location = format!("hf:openai/whisper-{value}").parse().ok();
    told.model(
        ModelName { name: value.to_owned(), location, pin: Pin::Alias },
        line,
        Confidence::Medium,
    );
    true
}

/// `model_path: models/best.onnx`: a file of a model, by its suffix and by what the key says.
fn tell_weights(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    line: u32,
    context: &Context,
) -> bool {
    const SAYS: [&str; 8] =
        ["model", "models", "weights", "checkpoint", "ckpt", "onnx", "pretrained", "classifier"];
    let says = |word: &String| SAYS.contains(&word.as_str());
    let served = told.file.ends_with("model-settings.json");
    let fits = own.iter().any(says) || context.words.last().is_some_and(says) || served;
    let path = value.trim_start_matches("./");
    let odd = |c: char| c.is_whitespace() || "${}<>*|;\"'()[],:".contains(c);
    let plain = !path.contains(odd) && !path.starts_with(['/', '~', '-', '.']) && path.len() < 200;
    if !fits || !plain || !addresses::is_model_file(path) {
        return false;
    }
    let location = format!("path:{path}").parse().ok();
    told.model(
        ModelName { name: path.to_owned(), location, pin: Pin::Unknown },
        line,
        Confidence::Medium,
    );
    true
}

/// `DOC_PATH=./my-docs` says where the documents are that the system reads. Only places within the folder count.
fn tell_folder(told: &mut Told<'_>, own: &[String], value: &str, line: u32) -> bool {
    let has = |wanted: &[&str]| own.iter().any(|word| wanted.contains(&word.as_str()));
    let places = own
        .last()
        .is_some_and(|last| matches!(last.as_str(), "path" | "dir" | "folder" | "directory"));
    let holds = has(&["doc", "docs", "document", "documents", "corpus", "knowledge", "dataset"]);
    let Some(path) = value.strip_prefix("./").filter(|_| places && holds) else { return false };
    let path = path.trim_end_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    if path.is_empty() || path.contains("..") || path.len() > 200 || !path.chars().all(fits) {
        return false;
    }
    let location = format!("path:{path}").parse().ok();
    told.asset(AssetKind::Dataset, path, line, Confidence::Medium).location = location;
    true
}

/// Images are called what the model servers in them are called; a name of one is no model.
fn tell_image(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    line: u32,
    context: &Context,
) -> bool {
    let named = |word: &String| matches!(word.as_str(), "image" | "images");
    let is_image = own.last().is_some_and(named) || context.words.last().is_some_and(named);
    if let Some(product) = product::of_image(value).filter(|_| is_image && value.contains('/')) {
        told.product(product, line, Some(value), Confidence::Medium);
    }
    is_image
}

/// `vectorstore.database: qdrant` and `llm.mode: ollama` choose a product by its name.
fn tell_choice(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    line: u32,
    context: &Context,
) -> bool {
    let chooses = own.last().is_some_and(|last| {
        matches!(
            last.as_str(),
            "database"
                | "db"
                | "store"
                | "mode"
                | "provider"
                | "type"
                | "backend"
                | "vectorstore"
                | "vectordb"
        )
    });
    let word = value.to_ascii_lowercase();
    // `huggingface` means models that are run here, mostly.
    let product = product::named(&word).filter(|(name, _)| chooses && *name != "huggingface");
    let Some(named) = product else { return false };
    let around = |wanted: &[&str]| {
        own.iter().chain(&context.words).any(|word| wanted.contains(&word.as_str()))
    };
    let fits = match named.1.kind {
        Kind::Store => around(&["vector", "vectorstore", "vectordb", "retriever", "rag", "index"]),
        Kind::Service => around(&["llm", "embedding", "embeddings", "model", "chat", "reranker"]),
        Kind::Part => false,
    };
    if fits {
        // A database that is chosen to keep vectors counts, whatever else it is for.
        let confidence = if named.1.generic { Confidence::Low } else { Confidence::Medium };
        told.product(named, line, None, confidence);
    }
    fits
}

/// A key for a provider shows that it is called.
fn tell_provider(told: &mut Told<'_>, own: &[String], line: u32, context: &Context) {
    let Some(named) = product::of_key(own) else { return };
    let is_key = own.last().is_some_and(|last| matches!(last.as_str(), "key" | "apikey" | "token"));
    if is_key && named.0 != context.own {
        told.product(named, line, None, Confidence::Medium);
    }
}

fn tell_models(
    told: &mut Told<'_>,
    own: &[String],
    value: &str,
    says: bool,
    line: u32,
    context: &Context,
) {
    // `gpt-4o;gpt-4o-mini` and `a,b` are lists.
    for part in value.split([',', ';']) {
        let part = part.trim().trim_start_matches('+');
        // A provider in front of an equals sign, as some proxies write.
        let part = part.split('=').next().unwrap_or(part);
        let runner = runner(own, context);
        let Some(model) = read(part, runner, says) else { continue };
        if is_model_file(&model.name) && !model.name.contains("://") {
            continue;
        }
        let confidence = if says { Confidence::High } else { Confidence::Medium };
        let asset = told.model(model, line, confidence);
        let has = |names: &[&str]| {
            own.iter().chain(&context.words).any(|word| names.contains(&word.as_str()))
        };
        if has(&["embedding", "embeddings", "embed", "embedder"]) {
            asset.details.insert("task".into(), "embedding".into());
        } else if has(&["rerank", "reranker", "reranking"]) {
            asset.details.insert("task".into(), "reranking".into());
        }
    }
}

/// What runs the model, by the words of the key, then by those around it.
fn runner(own: &[String], context: &Context) -> Runner {
    of_words(own).or_else(|| of_words(&context.words)).unwrap_or_default()
}

fn of_words(words: &[String]) -> Option<Runner> {
    // The last that says something is the nearest.
    (0..words.len()).rev().find_map(|at| {
        let until = words.get(at.saturating_sub(1)..=at).unwrap_or_default();
        match words.get(at)?.as_str() {
            "ollama" => Some(Runner::Ollama),
            "hf"
            | "huggingface"
            | "vllm"
            | "tgi"
            | "tei"
            | "llamacpp"
            | "transformers"
            | "sentencetransformers" => Some(Runner::Hub),
            "azure" | "azureopenai" | "azopenai" => Some(Runner::Hosted("azure")),
            _ => {
                let (name, product) = product::of_key(until)?;
                let hosted = product.kind == Kind::Service && product.is_hosted();
                hosted.then_some(Runner::Hosted(name))
            }
        }
    })
}

fn tell_address(told: &mut Told<'_>, own: &[String], value: &str, line: u32, context: &Context) {
    let is_url = value.starts_with("http://") || value.starts_with("https://");
    let named_address = is_address(own);
    if !named_address && !is_url {
        return;
    }
    let by_key = || {
        let all: Vec<String> = context.words.iter().chain(own).cloned().collect();
        product::of_key(own).or_else(|| product::of_key(&all))
    };
    let named = if is_url { product::of_address(value).or_else(by_key) } else { by_key() };
    let Some(named) = named.filter(|(name, _)| *name != context.own) else { return };
    if !is_url && is_switch(value) {
        return;
    }
    add_address(told, named, value, line);
}

/// Values that are no address at all.
fn is_switch(value: &str) -> bool {
    value.starts_with("os.environ")
        || matches!(
            value.to_ascii_lowercase().as_str(),
            "true" | "false" | "none" | "null" | "0" | "1" | "0.0.0.0"
        )
}

fn add_address(told: &mut Told<'_>, named: Named, value: &str, line: u32) {
    let (name, product) = named;
    told.product(named, line, None, Confidence::Medium);
    let kind = match product.kind {
        Kind::Service => AssetKind::Service,
        Kind::Store => AssetKind::Store,
        Kind::Part => return,
    };
    // An address with a name and password in it is not repeated.
    if product.generic || value.contains('@') || value.contains(['$', '{', '<']) || value.is_empty()
    {
        return;
    }
    let asset = told.asset(kind, name, line, Confidence::Medium);
    if value.starts_with("https://") {
        asset.location = asset.location.take().or_else(|| plain(value, 200).parse().ok());
    } else {
        asset.details.entry("address".into()).or_insert_with(|| plain(value, 200));
    }
}
