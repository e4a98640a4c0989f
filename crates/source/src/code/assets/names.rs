//! Models by their names alone, wherever a value stands: a default, a constant, an entry of a dictionary.

use std::collections::BTreeSet;

use super::{
    look::Look,
    models::{Slot, by_name},
};
use crate::code::{
    ir::{Module, Value},
    known::hosted,
    resolve::{At, called},
};

/// From this many names in values, a file is a list to choose from.
const LIST: usize = 6;
/// Calls that look at a text, and use no model.
const LOOKS: [&str; 24] = [
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
];
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
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let Some(module) = look.project.modules.get(at) else { return };
    let mut walk = Walk { found: Vec::new() };
    walk.module(module);
    let hosted: BTreeSet<&str> = walk
        .found
        .iter()
        .filter(|found| found.text_is_hosted)
        .map(|found| found.text.as_str())
        .collect();
    let list = hosted.len() >= LIST;
    for found in &walk.found {
        let slot = if list && found.slot != Slot::Named || list && found.loose {
            Slot::Choice
        } else {
            found.slot
        };
        by_name(look, At { module: at, scope: found.scope }, &found.text, found.line, slot);
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
}

struct Walk {
    found: Vec<Found>,
}

impl Walk {
    fn module(&mut self, module: &Module) {
        for binding in &module.bindings {
            self.value(module, &binding.value, binding.scope, slot_of(&binding.name), true, 0);
        }
        for call in &module.calls {
            let callee = called(&call.callee);
            if LOOKS.contains(&callee) {
                continue;
            }
            for argument in &call.arguments {
                // Texts in a place are names where what is called says so.
                let name = argument.name.as_deref().unwrap_or(callee);
                let slot = if name == "choices" { Slot::Choice } else { slot_of(name) };
                self.value(module, &argument.value, call.scope, slot, false, 0);
            }
        }
        for function in &module.functions {
            for value in &function.returns {
                self.value(module, value, function.body, slot_of(&function.name), true, 0);
            }
        }
        for (scope, value) in &module.loose {
            self.value(module, value, *scope, Slot::Other, true, 0);
        }
    }

    fn value(
        &mut self,
        module: &Module,
        value: &Value,
        scope: usize,
        slot: Slot,
        loose: bool,
        depth: u32,
    ) {
        if depth > 12 || self.found.len() > 20_000 {
            return;
        }
        match value {
            Value::Text(text) => {
                let name = in_address(&text.text).unwrap_or(&text.text);
                if name.len() > 100 || name.len() < 2 {
                    return;
                }
                let text_is_hosted = hosted::by_name(name).is_some();
                self.found.push(Found {
                    text: name.to_owned(),
                    line: text.line,
                    scope,
                    slot,
                    loose,
                    text_is_hosted,
                });
            }
            Value::List(values) => {
                let slot = if values.len() > 1 { Slot::Choice } else { slot };
                for value in values {
                    self.value(module, value, scope, slot, loose, depth + 1);
                }
            }
            Value::Dict(items) => self.dict(module, items, scope, slot, loose, depth),
            Value::Choice(values) => {
                for value in values {
                    self.value(module, value, scope, slot, loose, depth + 1);
                }
            }
            Value::Join(parts) => {
                // An address whose later parts are not known.
                if let Some(Value::Text(text)) =
                    parts.iter().find(|part| part.text().is_some_and(|t| t.contains("/models/")))
                {
                    self.value(module, &Value::Text(text.clone()), scope, slot, loose, depth + 1);
                }
            }
            Value::Item(base, _) => self.value(module, base, scope, slot, loose, depth + 1),
            _ => {}
        }
    }

    fn dict(
        &mut self,
        module: &Module,
        items: &[(Value, Value)],
        scope: usize,
        slot: Slot,
        loose: bool,
        depth: u32,
    ) {
        for (key, value) in items {
            let name = key.text().unwrap_or_default();
            if hosted::by_name(name).is_some() {
                self.value(module, key, scope, Slot::Choice, loose, depth + 1);
            }
            let inner = match slot {
                Slot::Choice => Slot::Choice,
                _ if slot_of(name) == Slot::Named => Slot::Named,
                slot => slot,
            };
            self.value(module, value, scope, inner, loose, depth + 1);
        }
    }
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
