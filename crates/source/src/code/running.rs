//! Which files of tests, examples and documentation the system runs: what other code imports, and what is deployed.

use std::collections::BTreeSet;

use super::{
    assets::is_optional,
    ir::{Call, Module, Value},
    project::Project,
    resolve::called,
};

/// Texts of one module that may name a file.
const MAX_TEXTS: usize = 2_000;
/// Values in values.
const MAX_DEPTH: u32 = 4;
/// Letters of the longest text that names a file.
const MAX_NAME: usize = 200;

/// Optional files that run: those that code imports which is not optional, or that `deployed` words name, and what these import.
pub(super) fn files(project: &Project, deployed: &BTreeSet<String>) -> BTreeSet<String> {
    let mut open: Vec<usize> = Vec::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for (at, module) in project.modules.iter().enumerate() {
        if !is_optional(&module.path) || is_deployed(&module.path, deployed) {
            open.push(at);
            seen.insert(at);
        }
    }
    for word in deployed {
        open.extend(named(project, 0, word).filter(|at| seen.insert(*at)));
    }
    // Each module is gone through once.
    while let Some(at) = open.pop() {
        let Some(module) = project.modules.get(at) else { continue };
        for target in imports(project, at, module) {
            if seen.insert(target) {
                open.push(target);
            }
        }
    }
    let paths = seen.into_iter().filter_map(|at| project.modules.get(at));
    paths.map(|module| module.path.clone()).filter(|path| is_optional(path)).collect()
}

/// Whether a file or a folder around it is deployed by name.
fn is_deployed(path: &str, deployed: &BTreeSet<String>) -> bool {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    // What copies everything says nothing of its parts: only a folder that is optional itself counts.
    let mut named = folders.filter(|folder| is_optional(&format!("{folder}/x"))).chain([path]);
    named.any(|name| deployed.contains(name))
}

/// The modules that a module imports, as far as they are of the folder.
fn imports(project: &Project, at: usize, module: &Module) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for import in &module.imports {
        found.extend(project.imported(at, &import.module));
        if let Some(item) = &import.item {
            let dot = if import.module.ends_with('.') { "" } else { "." };
            found.extend(project.imported(at, &format!("{}{dot}{item}", import.module)));
        }
    }
    let mut texts = Vec::new();
    for call in &module.calls {
        of_call(call, &mut texts);
    }
    for text in texts {
        found.extend(named(project, at, text));
    }
    found
}

/// Texts of a call that may name a file or module.
fn of_call<'a>(call: &'a Call, texts: &mut Vec<&'a str>) {
    // What is printed, logged or compared runs nothing.
    if matches!(called(&call.callee), "print" | "log" | "info" | "warning" | "error" | "startswith")
    {
        return;
    }
    for argument in &call.arguments {
        in_value(&argument.value, 0, texts);
    }
}

fn in_value<'a>(value: &'a Value, depth: u32, texts: &mut Vec<&'a str>) {
    if depth > MAX_DEPTH || texts.len() >= MAX_TEXTS {
        return;
    }
    match value {
        Value::Text(text) if text.text.len() <= MAX_NAME => {
            texts.extend(text.text.split_whitespace().filter(|word| word.contains(['.', '/'])));
        }
        Value::List(values) | Value::Choice(values) => {
            values.iter().for_each(|value| in_value(value, depth + 1, texts));
        }
        Value::Dict(items) => items.iter().for_each(|(_, value)| in_value(value, depth + 1, texts)),
        _ => {}
    }
}

/// The optional module that a word names: `demo/core.py`, `/app/demo/core.py`, `./core`, `demo.core`, `demo.core:app`.
fn named(project: &Project, from: usize, word: &str) -> impl Iterator<Item = usize> {
    let word = word.split(':').next().unwrap_or_default();
    let path = word.trim_start_matches("./");
    let tails = path.match_indices('/').take(20).filter_map(|(at, _)| path.get(at + 1..));
    let by_path = [path].into_iter().chain(tails).find_map(|path| project.file(path));
    let relative = || word.contains('.').then(|| project.imported(from, word)).flatten();
    let optional =
        |at: &usize| project.modules.get(*at).is_some_and(|module| is_optional(&module.path));
    by_path.or_else(relative).filter(optional).into_iter()
}
