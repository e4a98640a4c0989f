//! Models that calls use by themselves.

use coseal_core::fact::{AssetKind, Pin};
use coseal_core::finding::Confidence;

use super::look::{Look, New};
use crate::code::{
    ir::{Call, Value},
    known::model_defaults::{DEFAULTS, TASKS},
};

/// The model that a call uses where none of its arguments names one.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    if is_pipeline(name) {
        return of_task(look, module, call);
    }
    let Some(known) = DEFAULTS.iter().find(|known| known.pattern.fits(name)) else { return };
    // What is spread may name one.
    let spread =
        call.arguments.iter().any(|argument| matches!(argument.name.as_deref(), Some("*" | "**")));
    if spread || look.value(module, call, known.unless).is_some() {
        return;
    }
    put(look, module, call, known.model, known.location);
}

fn is_pipeline(name: &str) -> bool {
    name == "transformers.pipeline" || name == "transformers.pipelines.pipeline"
}

/// `pipeline("summarization")` takes the model that the library has for the task.
fn of_task(look: &mut Look<'_>, module: usize, call: &Call) {
    let spread = call.arguments.iter().any(|argument| argument.name.as_deref() == Some("**"));
    if spread || look.value(module, call, &["model", "1"]).is_some() {
        return;
    }
    for told in look.argument(module, call, &["task", "0"]) {
        let known = TASKS.iter().find(|(task, _)| *task == told.text);
        if let Some((_, model)) = known {
            put(look, module, call, model, &format!("hf:{model}"));
        }
    }
}

fn put(look: &mut Look<'_>, module: usize, call: &Call, model: &str, location: &str) {
    let new = New {
        location: (!location.is_empty()).then(|| location.to_owned()),
        pin: if location.starts_with("hf:") { Pin::Alias } else { Pin::Unknown },
        confidence: Confidence::Medium,
        ..New::called(AssetKind::Model, model)
    };
    look.put(new, module, call.line);
}

/// Whether what a call was given leaves a model out on purpose.
pub(super) fn is_off(value: &Value) -> bool {
    matches!(value, Value::Word(word) if matches!(word.as_str(), "None" | "False" | "null" | "false"))
}
