//! From nested containers to tensors with names: the keys on the way to each, joined by dots.

use std::collections::BTreeMap;

use coseal_core::plain::plain;

use super::{
    array::Array,
    object::{Id, Object, Objects},
    plan::Dropped,
    stream::Step,
};

/// Containers within containers.
const MAX_DEPTH: usize = 64;
/// Values walked over.
const MAX_VISITS: u32 = 1 << 20;
/// Bytes of a name, and of all names of tensors.
const MAX_NAME: usize = 4096;
const MAX_NAMES: usize = 16 << 20;
/// What is dropped is named so far; the rest is counted.
const MAX_DROPPED: usize = 4096;
/// Where a module keeps its tensors.
const PARTS: &[&str] = &["_parameters", "_buffers", "_modules"];

/// Tensors by name, and what is none.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) tensors: BTreeMap<String, Array>,
    pub(super) dropped: Vec<Dropped>,
    /// Beyond those named.
    pub(super) more: u64,
    visits: u32,
    named: usize,
}

/// Everything below `root`.
pub(super) fn flatten(objects: &Objects, root: Id) -> Step<Found> {
    let mut found = Found::default();
    found.walk(objects, root, "", 0)?;
    Ok(found)
}

impl Found {
    fn walk(&mut self, objects: &Objects, id: Id, name: &str, depth: usize) -> Step {
        self.visits = self.visits.saturating_add(1);
        if depth > MAX_DEPTH || self.visits > MAX_VISITS {
            return Err("its containers nest too deep, or hold themselves");
        }
        if name.len() > MAX_NAME {
            return Err("its keys make names longer than anybody writes");
        }
        let deeper = depth.saturating_add(1);
        match objects.of(id) {
            Object::Array(array) => self.tensor(name, array),
            Object::Dict(pairs) => {
                pairs.iter().try_for_each(|(key, value)| match objects.of(*key) {
                    Object::Text(key) => self.walk(objects, *value, &join(name, key), deeper),
                    Object::Int(key) => {
                        self.walk(objects, *value, &join(name, &key.to_string()), deeper)
                    }
                    _ => {
                        self.drop(name, "what stands under a key that is no text");
                        Ok(())
                    }
                })
            }
            Object::List(items) | Object::Tuple(items) if holds(objects, items) => {
                let mut items = items.iter().enumerate();
                items.try_for_each(|(at, item)| {
                    self.walk(objects, *item, &join(name, &at.to_string()), deeper)
                })
            }
            Object::Made(class, _, Some(state)) if is_module(objects, *state) => {
                self.drop(
                    name,
                    &format!("an object of {class}: its tensors are kept, its settings are not"),
                );
                self.module(objects, *state, name, deeper)
            }
            other => {
                self.drop(name, &what(other));
                Ok(())
            }
        }
    }

    fn tensor(&mut self, name: &str, array: &Array) -> Step {
        let name = if name.is_empty() { "tensor" } else { name };
        if let Err(why) = array.dtype {
            self.drop(name, why);
            return Ok(());
        }
        self.named = self.named.saturating_add(name.len());
        if self.named > MAX_NAMES {
            return Err("its tensors have longer names than are held");
        }
        if name == "__metadata__" {
            return Err("a tensor has a name that safetensors keeps for itself");
        }
        match self.tensors.insert(name.to_owned(), array.clone()) {
            None => Ok(()),
            Some(_) => Err("two tensors have the same name once their keys are joined"),
        }
    }

    /// What `state_dict()` gives of a module: parameters, buffers that last, and those of the modules in it.
    fn module(&mut self, objects: &Objects, state: Id, name: &str, depth: usize) -> Step {
        for part in PARTS {
            let Some(Object::Dict(pairs)) = objects.field(state, part).map(|part| objects.of(part))
            else {
                continue;
            };
            for (key, value) in pairs {
                let empty = matches!(objects.of(*value), Object::None);
                let Some(key) = objects.text(*key).filter(|_| !empty) else { continue };
                self.walk(objects, *value, &join(name, key), depth)?;
            }
        }
        Ok(())
    }

    fn drop(&mut self, name: &str, what: &str) {
        if self.dropped.len() < MAX_DROPPED {
            let name = if name.is_empty() { "the object" } else { name };
            self.dropped.push(Dropped { name: plain(name, 200), what: plain(what, 200) });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

fn join(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") }
}

/// Whether a sequence is more than plain values.
fn holds(objects: &Objects, items: &[Id]) -> bool {
    let nested = |item: &Id| {
        matches!(
            objects.of(*item),
            Object::Array(_)
                | Object::Dict(_)
                | Object::List(_)
                | Object::Tuple(_)
                | Object::Made(..)
        )
    };
    items.iter().any(nested)
}

fn is_module(objects: &Objects, state: Id) -> bool {
    PARTS.iter().all(|part| objects.field(state, part).is_some())
}

fn what(object: &Object) -> String {
    match object {
        Object::None => "None".into(),
        Object::Bool(_) => "a truth value".into(),
        Object::Int(_) | Object::Number => "a number".into(),
        Object::Text(_) | Object::Latin(..) => "a text".into(),
        Object::Bytes(..) => "bytes".into(),
        Object::List(items) | Object::Tuple(items) => {
            format!("a sequence of {} values", items.len())
        }
        Object::Set => "a set".into(),
        Object::Import(name) => format!("{name} itself"),
        Object::Made(class, ..) if class.contains('.') => format!("what {class} makes"),
        Object::Made(what, ..) => what.to_string(),
        Object::Storage(_) => "a storage without a tensor".into(),
        Object::Dict(_) | Object::Array(_) => "a container".into(),
    }
}
