//! Models by their names alone, wherever a value stands: a default, a constant, an entry of a dictionary.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    look::Look,
    model_files::{is_whisper, of_name, of_speech},
    models::{Slot, beside_provider, by_name, by_ollama, of_host, unheard_of},
};
use crate::{
    code::{
        ir::{Module, Text, Value},
        known::hosted,
        resolve::{At, called},
    },
    deploy::model_name::is_of_ollama,
};

/// From this many names in values, a file is a list to choose from.
const LIST: usize = 6;
/// Calls that look at a text, and use no model.
const LOOKS: [&str; 30] = [
    "startswith",
    "endswith",
    "startsWith",
    "endsWith",
    "includes",
    "split",
    "replace",
    "index",
    "indexOf",
    "count",
    "print",
    "log",
    "info",
    "debug",
    "warning",
    "warn",
    "error",
    "write",
    "markdown",
    "match",
    "test",
    "find",
    "caption",
    "encoding_for_model",
    "load_dataset",
    "load_dataset_builder",
    "dataset_download",
    "from_hub",
    "sub",
    "compile",
];
/// Calls whose first text is the name of an option or variable, and a later one what it is otherwise.
const DEFAULTED: [&str; 8] =
    ["get", "getenv", "get_env", "env", "add_argument", "Option", "str", "config"];
/// Parts of names that say that a model's name stands there.
const SAYS_MODEL: [&str; 14] = [
    "model",
    "llm",
    "embed",
    "checkpoint",
    "tokenizer",
    "repo_id",
    "engine",
    "deployment",
    "encoder",
    "reranker",
    "rerank",
    "chat",
    "summarizer",
    "generator",
];

/// Names of models in the values of a module.
///
/// `bound` says what the results of calls are called, `host` is the one provider that the module talks to.
pub(super) fn in_module(
    look: &mut Look<'_>,
    at: usize,
    bound: &BTreeMap<usize, &str>,
    host: Option<&str>,
) {
    let Some(module) = look.project.modules.get(at) else { return };
    let mut walk = Walk { found: Vec::new() };
    walk.module(module, bound);
    let hosted: BTreeSet<&str> = walk
        .found
        .iter()
        .filter(|found| found.text_is_hosted)
        .map(|found| found.text.as_str())
        .collect();
    let list = hosted.len() >= LIST;
    let of_ollama = walk
        .found
        .iter()
        .any(|found| found.text.contains(":11434") || found.text.starts_with("/api/generate"));
    for found in &walk.found {
        if let Some(provider) = &found.provider {
            let at = At { module: at, scope: found.scope };
            let choice = list || found.slot == Slot::Choice;
            beside_provider(look, at, provider, &found.text, found.line, choice);
            continue;
        }
        let slot = if list && !found.first && (found.slot != Slot::Named || found.loose) {
            Slot::Choice
        } else {
            found.slot
        };
        if let Some(provider) = host.filter(|_| found.strict) {
            let (at, choice) = (At { module: at, scope: found.scope }, slot == Slot::Choice);
            if of_host(look, at, provider, &found.text, found.line, choice) {
                continue;
            }
        }
        let at = At { module: at, scope: found.scope };
        if found.speech && is_whisper(&found.text) {
            of_speech(look, at, &found.text, found.line, slot);
            continue;
        }
        let bare = found.text.trim_start_matches("./");
        if slot != Slot::Other && of_name(look, at, bare, found.line, slot) {
            continue;
        }
        if found.strict && of_ollama && is_of_ollama(&found.text) {
            by_ollama(look, at, &found.text, found.line, slot);
            continue;
        }
        let before = look.found.len();
        by_name(look, at, &found.text, found.line, slot);
        if look.found.len() == before && found.strict && slot == Slot::Named {
            unheard_of(look, at, &found.text, found.line);
        }
    }
}

struct Found {
    text: String,
    line: u32,
    scope: usize,
    slot: Slot,
    /// Whether it is no argument of a call.
    loose: bool,
    text_is_hosted: bool,
    /// Whether it is the first of a list of models: what is used unless another is chosen.
    first: bool,
    /// Whether the name that it stands under says that it is a model, and nothing else.
    strict: bool,
    /// Whether the name that it stands under says speech to text.
    speech: bool,
    /// What stands beside it as its provider.
    provider: Option<String>,
}

/// What is known of the place of a value.
#[derive(Clone, Copy)]
struct Place {
    scope: usize,
    slot: Slot,
    loose: bool,
    first: bool,
    strict: bool,
    speech: bool,
    depth: u32,
}

impl Place {
    fn new(scope: usize, name: &str, loose: bool) -> Self {
        let (slot, strict, speech) = (slot_of(name), is_strict(name), is_speech(name));
        Self { scope, slot, loose, first: false, strict, speech, depth: 0 }
    }

    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

struct Walk {
    found: Vec<Found>,
}

impl Walk {
    fn module(&mut self, module: &Module, bound: &BTreeMap<usize, &str>) {
        for binding in &module.bindings {
            self.value(&binding.value, Place::new(binding.scope, &binding.name, true));
        }
        for (index, call) in module.calls.iter().enumerate() {
            let callee = called(&call.callee);
            if LOOKS.contains(&callee) {
                continue;
            }
            for argument in &call.arguments {
                // Texts in a place are names where what is called says so; a default is of what the result is called.
                let named = call.place(0).and_then(Value::text);
                let named = named.filter(|_| DEFAULTED.contains(&callee));
                let name = match argument.name.as_deref() {
                    Some("value" | "default") => {
                        named.or(bound.get(&index).copied()).unwrap_or("value")
                    }
                    Some(name) => name,
                    None if named.is_some() && argument.value.text() == named => continue,
                    None => named.unwrap_or(callee),
                };
                let mut place = Place::new(call.scope, name, false);
                if name == "choices" {
                    place.slot = Slot::Choice;
                }
                place.strict &= argument.name.is_some();
                self.value(&argument.value, place);
            }
        }
        for function in &module.functions {
            for value in &function.returns {
                self.value(value, Place::new(function.body, &function.name, true));
            }
        }
        for (scope, value) in &module.loose {
            self.value(value, Place::new(*scope, "", true));
        }
    }

    fn value(&mut self, value: &Value, place: Place) {
        if place.depth > 12 || self.found.len() > 20_000 {
            return;
        }
        match value {
            Value::Text(text) => self.text(text, place),
            Value::List(values) => self.list(values, place),
            Value::Dict(items) => self.dict(items, place),
            Value::Choice(values) => {
                for value in values {
                    self.value(value, place.deeper());
                }
            }
            Value::Join(parts) => {
                // An address whose later parts are not known.
                if let Some(Value::Text(text)) =
                    parts.iter().find(|part| part.text().is_some_and(|t| t.contains("/models/")))
                {
                    self.text(text, place);
                }
            }
            Value::Item(base, _) => self.value(base, place.deeper()),
            _ => {}
        }
    }

    fn text(&mut self, text: &Text, place: Place) {
        let name = in_address(&text.text).unwrap_or(&text.text);
        // As LlamaIndex writes models that run here.
        let name = name.strip_prefix("local:").unwrap_or(name);
        if name.len() > 100 || name.len() < 2 {
            return;
        }
        self.found.push(Found {
            text: name.to_owned(),
            line: text.line,
            scope: place.scope,
            slot: place.slot,
            loose: place.loose,
            text_is_hosted: hosted::by_name(name).is_some(),
            first: place.first,
            strict: place.strict,
            speech: place.speech,
            provider: None,
        });
    }

    /// Of a list of names of models, the first is what is used unless another is chosen.
    fn list(&mut self, values: &[Value], place: Place) {
        let names = place.strict
            && place.depth == 0
            && place.loose
            && values.iter().all(|value| value.text().is_some());
        for (at, value) in values.iter().enumerate() {
            let first = names && at == 0;
            let slot = match (first, values.len()) {
                (true, _) => Slot::Named,
                (false, 0 | 1) => place.slot,
                (false, _) => Slot::Choice,
            };
            self.value(value, Place { slot, first, ..place.deeper() });
        }
    }

    fn dict(&mut self, items: &[(Value, Value)], place: Place) {
        let text = |wanted: &[&str]| {
            let found =
                items.iter().find(|(key, _)| key.text().is_some_and(|key| wanted.contains(&key)));
            match found {
                Some((_, Value::Text(text))) => Some(text),
                _ => None,
            }
        };
        let model = text(&["modelId", "model_id", "model", "modelName", "model_name", "id"]);
        if let (Some(provider), Some(model)) =
            (text(&["provider", "llm_provider", "litellm_provider"]), model)
        {
            self.found.push(Found {
                text: model.text.clone(),
                line: model.line,
                scope: place.scope,
                slot: place.slot,
                loose: place.loose,
                text_is_hosted: false,
                first: false,
                strict: false,
                speech: false,
                provider: Some(provider.text.clone()),
            });
        }
        for (key, value) in items {
            let name = key.text().unwrap_or_default();
            if hosted::by_name(name).is_some() {
                self.value(key, Place { slot: Slot::Choice, ..place.deeper() });
            }
            let slot = match place.slot {
                Slot::Choice => Slot::Choice,
                _ if slot_of(name) == Slot::Named => Slot::Named,
                slot => slot,
            };
            let speech = place.speech || is_speech(name);
            self.value(value, Place { slot, strict: is_strict(name), speech, ..place.deeper() });
        }
    }
}

/// Whether a name says that it holds the name of a model: `DEFAULT_MODEL`, `model_id`, `modelName`, `models`.
fn is_strict(name: &str) -> bool {
    let lower = name.to_lowercase().replace(['_', '-', ' '], "");
    ["model", "models", "modelname", "modelid", "modellist"].iter().any(|end| lower.ends_with(end))
}

/// Whether a name says that a model stands there that writes down what is said: `WHISPER_MODEL`, `asr_model_size`.
fn is_speech(name: &str) -> bool {
    let lower = name.to_lowercase();
    let about = ["whisper", "asr", "stt", "transcri", "model_size"];
    about.iter().any(|word| lower.contains(word)) && !lower.contains("device")
}

fn slot_of(name: &str) -> Slot {
    let lower = name.to_lowercase();
    if lower.ends_with("models") || lower.ends_with("options") || lower.ends_with("choices") {
        return Slot::Choice;
    }
    if SAYS_MODEL.iter().any(|part| lower.contains(part)) { Slot::Named } else { Slot::Other }
}

/// The model in the address of an API: `https://…/models/NAME:generate`.
fn in_address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("http").filter(|_| text.len() < 300)?;
    let (_, after) = rest.split_once("/models/")?;
    let name = after.split([':', '?', '/']).next()?;
    hosted::by_name(name).map(|_| name)
}
