//! Models in files, at addresses, and by names that libraries have for them.

use coseal_core::fact::{AssetKind, Method, Pin};
use coseal_core::finding::Confidence;

use super::{
    look::{Look, New},
    models::{Slot, hub_or_file, is_placeholder},
    paths::{self, suffix},
};
use crate::code::{
    ir::{Call, Value},
    known::{
        addresses::{self, is_model_file},
        hub,
        models::From,
    },
    resolve::{At, Told, called},
};

/// Sizes of Whisper, each the name of a model.
const WHISPER: [&str; 18] = [
    "tiny",
    "tiny.en",
    "base",
    "base.en",
    "small",
    "small.en",
    "medium",
    "medium.en",
    "large",
    "large-v1",
    "large-v2",
    "large-v3",
    "large-v3-turbo",
    "turbo",
    "distil-large-v2",
    "distil-large-v3",
    "distil-medium.en",
    "distil-small.en",
];
/// What a pickle of a model, or of a part of one, is called.
const PICKLED: [&str; 24] = [
    "model",
    "clf",
    "classifier",
    "regress",
    "estimator",
    "pipeline",
    "vectorizer",
    "encoder",
    "scaler",
    "weights",
    "forest",
    "xgb",
    "lgb",
    "svm",
    "svc",
    "knn",
    "kmeans",
    "tfidf",
    "lin_reg",
    "preprocessor",
    "predictor",
    "recommend",
    "transformer",
    "dv",
];
/// What a pickle of something else is called.
const NOT_PICKLED: [&str; 11] = [
    "token", "cred", "cache", "history", "session", "data", "cookie", "chunk", "train", "test",
    "result",
];

/// Whether a name is a size of Whisper.
pub(crate) fn is_whisper(name: &str) -> bool {
    WHISPER.contains(&name)
}

/// A size of Whisper under a name that says speech, where no call shows which library reads it.
pub(super) fn of_speech(look: &mut Look<'_>, at: At, text: &str, line: u32, slot: Slot) {
    let new = New {
        location: Some(format!("hf:openai/whisper-{text}")),
        pin: Pin::Alias,
        optional: slot == Slot::Choice,
        method: Method::Definition,
        confidence: Confidence::Medium,
        ..New::called(AssetKind::Model, text)
    };
    look.put(new, at.module, line);
}

/// A file of a model that a name holds which says so: `MODEL_PATH = "models/best.onnx"`.
pub(super) fn of_name(look: &mut Look<'_>, at: At, text: &str, line: u32, slot: Slot) -> bool {
    let fits =
        is_model_file(text) && !text.contains(' ') && !text.starts_with(['.', '/', '~', '{', '*']);
    let whole = Told { text: text.to_owned(), whole: true, module: at.module, line, choice: false };
    let Some(named) = paths::of(look, at.module, &whole).filter(|_| fits) else { return false };
    let new = New {
        location: Some(format!("path:{}", named.path)),
        optional: slot == Slot::Choice,
        method: Method::Definition,
        confidence: Confidence::Medium,
        ..New::called(AssetKind::Model, &named.path)
    };
    look.put(new, at.module, line);
    true
}

/// The model that a text of a call names.
pub(super) fn put(look: &mut Look<'_>, module: usize, call: &Call, from: From, told: &Told) {
    match from {
        From::Short(prefix) => short(look, module, call, told, prefix),
        From::Exact => exact(look, module, call, told),
        From::TorchHub => of_torch_hub(look, module, call, told),
        From::Address => {
            let _ = address(look, module, call, told, is_of_hub(call));
        }
        From::Registered => registered(look, module, call, told),
        From::FileOfAny => of_any(look, module, call, told),
        From::Pickled => pickled(look, module, call, told),
        From::Written => written(look, module, call, told),
        _ => {}
    }
}

/// The model that a text of a call names whose first part is not known: only a file can be told then.
pub(super) fn put_in_part(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    from: From,
    told: &Told,
) {
    match from {
        From::File | From::FileOrLibrary | From::FileOfAny | From::Exact => {
            file(look, module, call, told);
        }
        From::Pickled => pickled(look, module, call, told),
        From::Written => written(look, module, call, told),
        _ => {}
    }
}

/// Addresses of TensorFlow Hub have no suffix.
fn is_of_hub(call: &Call) -> bool {
    matches!(
        called(&call.callee),
        "KerasLayer" | "load" | "Module" | "loadGraphModel" | "loadLayersModel"
    )
}

fn short(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, prefix: &str) {
    let text = told.text.trim();
    if !told.whole || is_placeholder(text) {
        return;
    }
    if !is_whisper(text) {
        return hub_or_file(look, module, call, AssetKind::Model, told, "");
    }
    let new = New {
        location: Some(format!("hf:{prefix}{text}")),
        pin: Pin::Alias,
        optional: told.choice,
        ..New::called(AssetKind::Model, text)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

/// A name as written. What is written as a repository of the hub is one; what leads to a file is that.
fn exact(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "{}<>$".contains(c);
    if !told.whole && is_model_file(text) {
        return file(look, module, call, told);
    }
    if !told.whole || is_placeholder(text) || text.len() > 120 || text.contains(odd) {
        return;
    }
    if text.starts_with("http") {
        let _ = address(look, module, call, told, false);
        return;
    }
    if hub::is_id(text) && !is_model_file(text) {
        return hub_or_file(look, module, call, AssetKind::Model, told, "");
    }
    if text.contains('/') && is_model_file(text) || look.file(module, text).is_some() {
        return file(look, module, call, told);
    }
    if text.starts_with(['.', '/', '~']) {
        return;
    }
    let new = New { optional: told.choice, ..New::called(AssetKind::Model, text) };
    look.put(new, module, call.line);
    look.also_at(told);
}

/// `torch.hub.load("owner/repository", "entry")`: the entry, from the repository.
fn of_torch_hub(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    if !told.whole || is_placeholder(text) {
        return;
    }
    let repository = look.argument(module, call, &["repo_or_dir", "0"]).into_iter().next();
    let repository = repository.filter(|told| told.whole).map(|told| told.text);
    let of = repository.as_deref().map(|name| name.split(':').next().unwrap_or(name));
    let new = New {
        location: of
            .filter(|name| hub::is_id(name))
            .map(|name| format!("https://github.com/{name}")),
        pin: Pin::Alias,
        optional: told.choice,
        ..New::called(AssetKind::Model, text)
    };
    look.put(new, module, call.line);
}

/// An address that leads to a model; `any` says that the call takes no other.
fn address(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, any: bool) -> bool {
    let text = told.text.trim();
    let fits = text.starts_with("https://") && any && text.len() <= 300 && !text.contains('@');
    if !told.whole || !(fits || addresses::is_model(text)) {
        return false;
    }
    let new = New {
        location: addresses::location(text),
        optional: told.choice,
        ..New::called(AssetKind::Model, addresses::bare(text))
    };
    look.put(new, module, call.line);
    look.also_at(told);
    true
}

fn registered(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    if told.whole && !is_placeholder(text) {
        let new = New {
            location: Some(format!("mlflow:models/{text}")),
            optional: told.choice,
            ..New::called(AssetKind::Model, text)
        };
        look.put(new, module, call.line);
        look.also_at(told);
    }
}

/// A file of a model, whatever its suffix.
fn of_any(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    if text.starts_with("http") {
        let _ = address(look, module, call, told, true);
        return;
    }
    if hub::is_known(text) {
        return hub_or_file(look, module, call, AssetKind::Model, told, "");
    }
    if is_model_file(text) || text.contains('.') && !text.ends_with('.') {
        put_path(look, module, call, told);
    }
}

/// A file of a model, by its suffix.
pub(super) fn file(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    if address(look, module, call, told, false) || !is_model_file(told.text.trim()) {
        return;
    }
    put_path(look, module, call, told);
}

fn put_path(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let Some(named) = paths::of(look, module, told) else { return };
    if is_placeholder(&named.path) || named.path.starts_with('~') {
        return;
    }
    // What lies outside of the folder has no place in it.
    let inside = !named.path.starts_with('/');
    let confidence = if named.there { Confidence::High } else { Confidence::Medium };
    let new = New {
        location: inside.then(|| format!("path:{}", named.path)),
        confidence,
        optional: told.choice,
        ..New::called(AssetKind::Model, &named.path)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

fn pickled(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let path = told.text.to_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let given = match call.place(0) {
        Some(Value::Name(name)) => name.to_lowercase(),
        _ => String::new(),
    };
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let model = has(file, &PICKLED) || has(&given, &PICKLED) || path.contains("models/");
    if model && !has(file, &NOT_PICKLED) && (is_model_file(&path) || suffix(&path) == "dump") {
        put_path(look, module, call, told);
    }
}

/// Much is saved; what has a suffix that only models have is one.
fn written(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    const ONLY: [&str; 9] =
        ["pt", "pth", "ckpt", "safetensors", "onnx", "h5", "keras", "gguf", "mlmodel"];
    if ONLY.contains(&suffix(told.text.trim()).as_str()) {
        put_path(look, module, call, told);
    }
}
