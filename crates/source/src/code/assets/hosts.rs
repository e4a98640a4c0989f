//! Services that code talks to by their addresses.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{AssetKind, Method},
    finding::Confidence,
};

use super::look::{Look, New};
use crate::code::{
    ir::{Module, Value},
    known::hosts::{self, Api},
    resolve::called,
};

/// Puts down the services at whose addresses the values of a module point, and gives the one provider of models among them.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) -> Option<&'static str> {
    let mut found = BTreeMap::new();
    walk(look.project.modules.get(at)?, &mut found);
    let providers: BTreeSet<&str> =
        found.values().filter(|(api, _, _)| api.models).map(|(api, _, _)| api.provider).collect();
    for (provider, (_, address, line)) in found {
        let new = New {
            location: Some(address),
            method: Method::Definition,
            confidence: Confidence::Medium,
            ..New::called(AssetKind::Service, provider)
        };
        look.put(new, at, line);
    }
    providers.first().copied().filter(|_| providers.len() == 1)
}

type Found = BTreeMap<&'static str, (&'static Api, String, u32)>;

fn walk(module: &Module, found: &mut Found) {
    for binding in &module.bindings {
        value(&binding.value, found, 0);
    }
    for call in &module.calls {
        if matches!(
            called(&call.callee),
            "print" | "log" | "info" | "error" | "warning" | "markdown"
        ) {
            continue;
        }
        for argument in &call.arguments {
            value(&argument.value, found, 0);
        }
    }
    for function in &module.functions {
        for given in &function.returns {
            value(given, found, 0);
        }
    }
}

fn value(of: &Value, found: &mut Found, depth: u32) {
    if depth > 8 {
        return;
    }
    match of {
        Value::Text(text) => {
            if let Some((api, address)) = hosts::of(&text.text) {
                found.entry(api.provider).or_insert((api, address, text.line));
            }
        }
        // The rest of an address may not be known; its host is.
        Value::Join(parts) => {
            if let Some(first) = parts.first() {
                value(first, found, depth + 1);
            }
        }
        Value::List(values) | Value::Choice(values) => {
            for inner in values.iter().take(100) {
                value(inner, found, depth + 1);
            }
        }
        Value::Dict(items) => {
            for (_, inner) in items.iter().take(100) {
                value(inner, found, depth + 1);
            }
        }
        _ => {}
    }
}
