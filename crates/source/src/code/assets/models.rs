//! Models that a call loads or asks.

use coseal_core::fact::{AssetKind, Method, Pin};
use coseal_core::finding::Confidence;

use super::{
    look::{Look, New},
    model_defaults, model_files,
};
use crate::code::{
    ir::{Call, Value},
    known::{
        hosted, hub,
        models::{self, From, ModelCall},
    },
    resolve::{At, Told},
};

/// The model that a call names, if a table has the call.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let Some(known) = models::known(name) else { return };
    match known.from {
        From::Callee => return of_callee(look, module, call, name, known),
        From::Fixed(model) => {
            look.put(New::called(AssetKind::Model, model), module, call.line);
            return;
        }
        _ => {}
    }
    for told in look.argument(module, call, known.arguments) {
        if told.whole {
            put(look, module, call, name, known, &told);
        } else {
            model_files::put_in_part(look, module, call, known.from, &told);
        }
    }
}

/// What is called is the model. Functions beside it, which are written small in one library and not in the other, are none.
fn of_callee(look: &mut Look<'_>, module: usize, call: &Call, name: &str, known: &ModelCall) {
    let model = name.rsplit('.').next().unwrap_or_default();
    let is_class = model.starts_with(|c: char| c.is_ascii_uppercase());
    let given = look.value(module, call, known.arguments);
    let off = |value: &Value| model_defaults::is_off(value);
    let loads = match (known.arguments.is_empty(), is_class) {
        // Weights are there unless they are left out.
        (true, true) => !call.keyword("weights").is_some_and(off),
        (false, false) => given.is_some_and(|(_, value)| !off(&value)),
        _ => false,
    };
    if loads && !model.ends_with("Weights") {
        look.put(New::called(AssetKind::Model, model), module, call.line);
    }
}

fn put(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    name: &str,
    known: &ModelCall,
    told: &Told,
) {
    let text = told.text.trim();
    if is_placeholder(text) {
        return;
    }
    match known.from {
        From::Hub(organisation) => {
            hub_or_file(look, module, call, AssetKind::Model, told, organisation);
        }
        From::Adapter => hub_or_file(look, module, call, AssetKind::Adapter, told, ""),
        From::Api(provider) => api(look, module, call, name, provider, told),
        From::Prefixed(provider) => match hosted::prefixed(text) {
            Some((provider, model)) => hosted_model(look, module, call, provider, model, told),
            None if text.starts_with("ollama") => ollama(look, module, call, told),
            None if hub::is_id(text.trim_start_matches("huggingface/")) => {
                hub_or_file(look, module, call, AssetKind::Model, told, "");
            }
            None => api(look, module, call, name, provider, told),
        },
        From::Ollama => ollama(look, module, call, told),
        From::File => file(look, module, call, told, None),
        From::FileOrLibrary => file(look, module, call, told, Some("")),
        From::Library(prefix) => library(look, module, call, told, prefix),
        From::Callee | From::Fixed(_) => {}
        from => model_files::put(look, module, call, from, told),
    }
}

fn api(look: &mut Look<'_>, module: usize, call: &Call, name: &str, provider: &str, told: &Told) {
    let text = told.text.trim();
    if !hosted::is_plausible(text) {
        return;
    }
    if let Some((provider, model)) = hosted::prefixed(text) {
        return hosted_model(look, module, call, provider, model, told);
    }
    let by_client = if provider.is_empty() { hosted::of_client(name) } else { Some(provider) };
    let family = hosted::by_name(text);
    let by_client = by_address(look, module, call).or(by_client);
    match (by_client, family) {
        (Some("ollama"), _) => ollama(look, module, call, told),
        // A client of OpenAI talks to many; the name of the model may say to whom.
        (Some("openai") | None, Some((provider, model))) => {
            hosted_model(look, module, call, provider, model, told);
        }
        (Some(_), _) if hub::is_known(text) && by_client == Some("openai") => {
            hub_or_file(look, module, call, AssetKind::Model, told, "");
        }
        (Some(provider), _) => {
            let model = text.strip_prefix("models/").unwrap_or(text);
            hosted_model(look, module, call, provider, model, told);
        }
        (None, None) if hub::is_id(text) => {
            hub_or_file(look, module, call, AssetKind::Model, told, "");
        }
        (None, None) if text.bytes().any(|b| b.is_ascii_digit()) => {
            hosted_model(look, module, call, "", text, told);
        }
        (None, None) => {}
    }
}

/// The provider behind the address of the client that a call is made on.
fn by_address(look: &Look<'_>, module: usize, call: &Call) -> Option<&'static str> {
    const ADDRESS: &[&str] =
        &["base_url", "baseURL", "openai_api_base", "api_base", "azure_endpoint", "endpoint"];
    let of_call = look.argument(module, call, ADDRESS);
    let told = of_call.iter().find_map(|told| hosted::of_address(&told.text));
    told.or_else(|| {
        let (of, made) = maker(look, module, call)?;
        let address = look.argument(of, &made, ADDRESS);
        address.iter().find_map(|told| hosted::of_address(&told.text))
    })
}

/// The call that made the object on which another is called.
fn maker(look: &Look<'_>, module: usize, call: &Call) -> Option<(usize, Call)> {
    let root = match &call.callee {
        Value::Name(name) => {
            let own = name.starts_with("self.") || name.starts_with("this.");
            let parts: Vec<&str> = name.split('.').take(if own { 2 } else { 1 }).collect();
            Value::Name(parts.join("."))
        }
        _ => return None,
    };
    let at = At { module, scope: call.scope };
    let made = crate::code::resolve::items(look.project, at, &root);
    made.into_iter().find_map(|(at, value)| {
        let Value::Call(index) = value else { return None };
        let call = look.project.modules.get(at.module)?.calls.get(index)?;
        Some((at.module, call.clone()))
    })
}

fn hosted_model(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    provider: &str,
    model: &str,
    told: &Told,
) {
    let new = New {
        location: (!provider.is_empty()).then(|| format!("api:{provider}/{model}")),
        pin: pin_of_hosted(look, model),
        optional: told.choice,
        ..New::called(AssetKind::Model, model)
    };
    look.put(new, module, call.line);
    look.also_at(told);
    let (of, optional) = (AssetKind::Service, told.choice);
    // What counts tokens asks no provider, and a gateway is a service of its own.
    let at = At { module, scope: call.scope };
    let name = crate::code::resolve::dotted(look.project, at, &call.callee);
    let aside = name.ends_with("encoding_for_model") || name.contains("gateway");
    if !provider.is_empty() && !aside {
        look.put(New { optional, ..New::called(of, provider) }, module, call.line);
    }
}

/// Whether the name of a hosted model always means the same one: by the catalogue, or by a date in it.
pub(super) fn pin_of_hosted(look: &Look<'_>, model: &str) -> Pin {
    look.hosted.get(model).copied().unwrap_or_else(|| pin_of_name(model))
}

/// A date in the name of a hosted model stands for one model.
pub(crate) fn pin_of_name(model: &str) -> Pin {
    let digits = model.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 8 { Pin::Snapshot } else { Pin::Unknown }
}

fn ollama(look: &mut Look<'_>, module: usize, call: &Call, told: &Told) {
    let text = told.text.trim();
    let model = text.trim_start_matches("ollama/").trim_start_matches("ollama_chat/");
    if !hosted::is_plausible(model) {
        return;
    }
    let full = if model.contains('/') { model.to_owned() } else { format!("library/{model}") };
    let new = New {
        location: Some(format!("oci:registry.ollama.ai/{full}")),
        pin: Pin::Alias,
        optional: told.choice,
        ..New::called(AssetKind::Model, model)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

fn library(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, prefix: &str) {
    let text = told.text.trim();
    if hub::is_id(text) || text.contains(['/', '\\', ' ']) {
        return hub_or_file(look, module, call, AssetKind::Model, told, "");
    }
    let name = format!("{prefix}{text}");
    let new = New { optional: told.choice, ..New::called(AssetKind::Model, &name) };
    look.put(new, module, call.line);
    look.also_at(told);
}

fn file(look: &mut Look<'_>, module: usize, call: &Call, told: &Told, library: Option<&str>) {
    let text = told.text.trim();
    if let Some(rest) = text.strip_prefix("models:/") {
        let new = New {
            location: Some(format!("mlflow:models/{}", rest.trim_start_matches('/'))),
            optional: told.choice,
            ..New::called(AssetKind::Model, text)
        };
        look.put(new, module, call.line);
        return;
    }
    if library.is_some() && !text.contains('/') && look.file(module, text).is_none() {
        let new = New { optional: told.choice, ..New::called(AssetKind::Model, text) };
        look.put(new, module, call.line);
        return;
    }
    model_files::file(look, module, call, told);
}

pub(super) fn hub_or_file(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    kind: AssetKind,
    told: &Told,
    organisation: &str,
) {
    let text = told.text.trim();
    let local = text.starts_with(['.', '/', '~']) || text.contains('\\');
    if let Some(path) = look.file(module, text).filter(|_| local || !hub::is_known(text)) {
        let location = Some(format!("path:{path}"));
        look.put(New { location, ..New::called(kind, &path) }, module, call.line);
        return;
    }
    let address = ["https://huggingface.co/", "hf://"];
    let text = address.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
    if !(hub::is_id(text) || hub::is_bare(text) && !local) {
        return;
    }
    let full = match text.contains('/') || organisation.is_empty() {
        true => text.to_owned(),
        false => format!("{organisation}/{text}"),
    };
    let data =
        look.argument(module, call, &["repo_type"]).iter().any(|told| told.text == "dataset");
    let kind = if data { AssetKind::Dataset } else { kind };
    let revision = look.argument(module, call, &["revision"]).into_iter().find(|told| told.whole);
    let revision = revision.map(|told| told.text);
    let root = if data { "hf:datasets/" } else { "hf:" };
    let suffix = revision.as_ref().map(|revision| format!("@{revision}")).unwrap_or_default();
    let new = New {
        location: Some(format!("{root}{full}{suffix}")),
        pin: pin_of_revision(revision.as_deref()),
        optional: told.choice,
        ..New::called(kind, text)
    };
    look.put(new, module, call.line);
    look.also_at(told);
}

pub(super) fn pin_of_revision(revision: Option<&str>) -> Pin {
    let commit = |text: &str| text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match revision {
        Some(text) if commit(text) => Pin::Snapshot,
        _ => Pin::Alias,
    }
}

/// What stands where a name should be put in.
pub(super) fn is_placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.is_empty()
        || text.contains(['<', '>', '{', '}', ' ', '\n'])
        || lower.starts_with("your")
        || lower.contains("your-")
        || lower.contains("your_")
        || matches!(
            lower.as_str(),
            "model"
                | "model_name"
                | "none"
                | "default"
                | "auto"
                | "test"
                | "fake"
                | "mock"
                | "custom"
                | "..."
        )
}

/// A model by its name alone, where no table knows the call.
pub(super) fn by_name(look: &mut Look<'_>, at: At, text: &str, line: u32, slot: Slot) {
    let (method, confidence) = match slot {
        Slot::Named => (Method::Definition, Confidence::High),
        Slot::Other => (Method::Name, Confidence::Medium),
        Slot::Choice => (Method::Name, Confidence::Low),
    };
    let optional = slot == Slot::Choice;
    let known = look.hosted.contains_key(text) && text.len() >= 5 && text.contains('-')
        || matches!(text, "o1" | "o3" | "sonar") && slot == Slot::Named;
    if let Some((provider, model)) = hosted::by_name(text).or(known.then_some(("", text))) {
        let location = (!provider.is_empty()).then(|| format!("api:{provider}/{model}"));
        let pin = pin_of_hosted(look, model);
        let new = New {
            kind: AssetKind::Model,
            name: model,
            location,
            pin,
            optional,
            method,
            confidence,
        };
        look.put(new, at.module, line);
        return;
    }
    let short = hub::short(text).filter(|organisation| {
        // What has no organisation may be a word of something else.
        slot != Slot::Other && (!organisation.is_empty() || loads(look, at))
    });
    if let Some(organisation) = short {
        let slash = if organisation.is_empty() { "" } else { "/" };
        let new = New {
            location: Some(format!("hf:{organisation}{slash}{text}")),
            pin: Pin::Alias,
            optional,
            method,
            confidence: Confidence::Medium,
            ..New::called(AssetKind::Model, text)
        };
        look.put(new, at.module, line);
        return;
    }
    let hub = hub::is_known(text) || slot == Slot::Named && hub::is_id(text);
    if hub && look.file(at.module, text).is_none() && !is_placeholder(text) {
        let location = Some(format!("hf:{text}"));
        let confidence = if slot == Slot::Named { Confidence::Medium } else { Confidence::Low };
        let new = New {
            kind: AssetKind::Model,
            name: text,
            location,
            pin: Pin::Alias,
            optional,
            method,
            confidence,
        };
        look.put(new, at.module, line);
    }
}

/// Whether a module imports what loads models by their short names.
fn loads(look: &Look<'_>, at: At) -> bool {
    const LOADERS: [&str; 6] = [
        "sentence_transformers",
        "transformers",
        "langchain_huggingface",
        "keybert",
        "bertopic",
        "chromadb",
    ];
    let imports = look.project.modules.get(at.module).map_or(&[][..], |of| of.imports.as_slice());
    imports.iter().any(|import| LOADERS.iter().any(|loader| import.module.starts_with(loader)))
}

/// A model of the one provider that a module talks to, of no family that is known.
pub(super) fn of_host(
    look: &mut Look<'_>,
    at: At,
    provider: &str,
    text: &str,
    line: u32,
    choice: bool,
) -> bool {
    let fits = hosted::is_plausible(text)
        && !is_placeholder(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && hosted::by_name(text).is_none()
        && look.file(at.module, text).is_none();
    if fits {
        let new = New {
            location: Some(format!("api:{provider}/{text}")),
            pin: pin_of_hosted(look, text),
            optional: choice,
            method: Method::Definition,
            confidence: Confidence::Medium,
            ..New::called(AssetKind::Model, text)
        };
        look.put(new, at.module, line);
    }
    fits
}

/// A model of Ollama, by a name of its library where a module talks to it.
pub(super) fn by_ollama(look: &mut Look<'_>, at: At, text: &str, line: u32, slot: Slot) {
    let new = New {
        location: Some(format!("oci:registry.ollama.ai/library/{text}")),
        pin: Pin::Alias,
        optional: slot == Slot::Choice,
        method: Method::Definition,
        confidence: Confidence::Medium,
        ..New::called(AssetKind::Model, text)
    };
    look.put(new, at.module, line);
}

/// A model that no table knows, under a name that says nothing but model: where a version or size is in it.
pub(super) fn unheard_of(look: &mut Look<'_>, at: At, text: &str, line: u32) {
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let parts = text.split(['-', '_']).filter(|part| !part.is_empty()).count();
    let fits = (6..=60).contains(&text.len())
        && digit
        && letters >= 4
        && parts >= 2
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && !is_placeholder(text)
        && !text.to_lowercase().contains("test");
    if fits && look.file(at.module, text).is_none() {
        let (method, confidence) = (Method::Name, Confidence::Low);
        let new = New { method, confidence, ..New::called(AssetKind::Model, text) };
        look.put(new, at.module, line);
    }
}

/// A model that an entry of a list names beside its provider: `{ modelId: "…", provider: "…" }`.
pub(super) fn beside_provider(
    look: &mut Look<'_>,
    at: At,
    provider: &str,
    text: &str,
    line: u32,
    choice: bool,
) {
    let lower = provider.to_lowercase();
    let known = hosted::PREFIXES.iter().find(|(prefix, _)| *prefix == lower);
    let Some((_, provider)) = known.filter(|_| hosted::is_plausible(text) && !is_placeholder(text))
    else {
        return;
    };
    let new = New {
        location: Some(format!("api:{provider}/{text}")),
        pin: pin_of_hosted(look, text),
        optional: choice,
        method: Method::Definition,
        confidence: Confidence::Medium,
        ..New::called(AssetKind::Model, text)
    };
    look.put(new, at.module, line);
}

/// Where the name of a model stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// Under a name that says model.
    Named,
    /// Elsewhere.
    Other,
    /// Among others to choose from.
    Choice,
}
