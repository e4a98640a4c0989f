//! Assets from the facts of code: each file here is for one kind.

mod agent_classes;
mod agents;
mod changes;
mod commands;
mod compiled_graphs;
mod data_names;
mod datasets;
mod edits;
mod hosts;
mod libraries;
mod look;
mod model_defaults;
mod model_files;
mod models;
mod names;
mod notebooks;
mod offered;
mod paths;
mod prompt_files;
mod prompt_tables;
mod prompt_text;
mod prompts;
mod services;
mod tools;

use std::collections::BTreeMap;

pub(crate) use look::{Look, MAX_FOUND, digest_of, is_optional};
pub(crate) use model_files::is_whisper;
pub(crate) use prompt_text::opens_as_prompt;

use super::ir::{Module, Value};

/// What the modules show, unjoined.
pub(crate) fn assets(look: &mut Look<'_>) {
    let project = look.project;
    let mut prompts = prompts::Prompts::new(look);
    let in_graphs = agent_classes::in_graphs(project);
    for (at, module) in project.modules.iter().enumerate() {
        let names = look.called_in(at);
        let bound = bound_calls(module);
        let given = returned_calls(module);
        let host = hosts::in_module(look, at);
        let graphs = compiled_graphs::Graphs::of(module);
        prompts.in_module(look, at);
        for (index, call) in module.calls.iter().enumerate() {
            let Some(name) = names.get(index) else { continue };
            let bound = bound.get(&index).copied();
            models::in_call(look, at, call, name);
            model_defaults::in_call(look, at, call, name);
            datasets::in_call(look, at, call, name);
            commands::in_call(look, at, call, name);
            services::in_call(look, at, call, name);
            services::by_keyword(look, at, call, name);
            prompts.in_call(look, at, call, name, bound);
            prompt_files::in_call(look, at, call, name);
            tools::in_call(look, at, call, name, bound.or(given.get(&index).copied()));
            agents::in_call(look, at, call, name, (bound, graphs.name(index)));
        }
        prompt_tables::in_module(&mut prompts, look, at);
        prompt_files::in_module(look, at);
        commands::in_module(look, at);
        tools::in_module(look, at);
        offered::in_module(look, at);
        agents::servers_in(look, at);
        agent_classes::in_module(look, at, &in_graphs);
        services::by_setting(look, at);
        names::in_module(look, at, &bound, host);
        data_names::in_module(look, at, &bound);
        libraries::in_module(look, at);
    }
    prompts.measure(look);
    changes::follow(look, &prompts);
    notebooks::fold(&mut look.found);
}

/// What the result of a call is called: the name it is bound to, or the key under which it stands.
fn bound_calls(module: &Module) -> BTreeMap<usize, &str> {
    let mut found = BTreeMap::new();
    for binding in &module.bindings {
        under(&binding.value, binding.name.trim_start_matches("self."), &mut found, 0);
    }
    for call in &module.calls {
        for argument in &call.arguments {
            under(&argument.value, "", &mut found, 0);
        }
    }
    for function in &module.functions {
        for value in &function.returns {
            under(value, "", &mut found, 0);
        }
    }
    found
}

/// What gives the result of a call: the function that returns it, a factory of what it is.
fn returned_calls(module: &Module) -> BTreeMap<usize, &str> {
    let mut found = BTreeMap::new();
    for function in &module.functions {
        for value in &function.returns {
            under(value, &function.name, &mut found, 0);
        }
    }
    found
}

fn under<'a>(value: &'a Value, name: &'a str, found: &mut BTreeMap<usize, &'a str>, depth: u32) {
    match value {
        Value::Call(index) if !name.is_empty() => drop(found.entry(*index).or_insert(name)),
        Value::Dict(items) if depth < 6 => {
            for (key, value) in items {
                under(value, key.text().unwrap_or_default(), found, depth + 1);
            }
        }
        Value::Choice(values) if depth < 6 => {
            for value in values {
                under(value, name, found, depth + 1);
            }
        }
        _ => {}
    }
}
