//! Texts in code that reach a model.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{AssetKind, Method, Sighting},
    finding::Confidence,
};

use super::look::{Look, New, digest_of};
use crate::code::{
    ir::{Call, Cause, Module, Value},
    known::prompts::{AGENT_TEXTS, CALLS, KEYWORDS, NAMES, NOT_NAMES},
    resolve::{self, At, Told, called},
};

/// Letters of the shortest text that counts, by a name alone and where a call says that it is one.
const LEAST_NAMED: usize = 40;
const LEAST_CALLED: usize = 20;

/// The prompts of all modules.
pub(super) struct Prompts {
    /// Where a text starts, and the name that it is bound to.
    bound: BTreeMap<(usize, u32), String>,
    told: BTreeSet<(usize, u32)>,
    /// What was put down under a name: its place in the list, and its text.
    used: BTreeMap<String, (usize, String)>,
}

impl Prompts {
    /// Knows the names of all texts.
    pub(super) fn new(look: &Look<'_>) -> Self {
        let mut bound = BTreeMap::new();
        for (at, module) in look.project.modules.iter().enumerate() {
            for binding in &module.bindings {
                if let Some(line) = first_line(module, &binding.value, 0) {
                    let name = qualified(module, binding.scope, &binding.name);
                    bound.entry((at, line)).or_insert(name);
                }
            }
        }
        Self { bound, told: BTreeSet::new(), used: BTreeMap::new() }
    }

    /// Constants and functions whose name says prompt.
    pub(super) fn in_module(&mut self, look: &mut Look<'_>, at: usize) {
        let project = look.project;
        let Some(module) = project.modules.get(at) else { return };
        for binding in &module.bindings {
            let text = matches!(
                binding.value,
                Value::Text(_) | Value::Join(_) | Value::Call(_) | Value::Choice(_)
            );
            if !text || !says_prompt(&binding.name) || matches!(binding.cause, Cause::Loop) {
                continue;
            }
            let read = At { module: at, scope: binding.read_in };
            for told in resolve::texts(project, read, &binding.value) {
                let here = told.module == at && told.line >= binding.line.saturating_sub(1);
                if here && is_text(&told.text, LEAST_NAMED) {
                    let name = qualified(module, binding.scope, &binding.name);
                    self.put(look, &told, &name, role_of(&binding.name), Method::Definition);
                }
            }
        }
        for function in module.functions.iter().filter(|function| says_prompt(&function.name)) {
            let inside = At { module: at, scope: function.body };
            let texts =
                function.returns.iter().flat_map(|value| resolve::texts(project, inside, value));
            for told in texts
                .filter(|told| told.module == at && is_text(&told.text, LEAST_NAMED))
                .take(4)
                .collect::<Vec<_>>()
            {
                let name = qualified(module, function.scope, &function.name);
                self.put(look, &told, &name, role_of(&function.name), Method::Definition);
            }
        }
        for class in &module.classes {
            let signature = class.bases.iter().any(|base| matches!(base, Value::Name(name) if name.rsplit('.').next() == Some("Signature")));
            if let (true, Some(doc)) = (signature, &class.doc) {
                let told = Told {
                    text: doc.text.clone(),
                    whole: true,
                    module: at,
                    line: doc.line,
                    choice: false,
                };
                self.put(look, &told, &class.name, Some("system"), Method::Definition);
            }
        }
        for (scope, value) in values(module) {
            self.messages(look, At { module: at, scope }, value, 0);
        }
    }

    /// Texts that a call passes as a prompt.
    pub(super) fn in_call(
        &mut self,
        look: &mut Look<'_>,
        module: usize,
        call: &Call,
        name: &str,
        bound: Option<&str>,
    ) {
        let here = look
            .project
            .modules
            .get(module)
            .map(|of| of.scope_name(call.scope).to_owned())
            .unwrap_or_default();
        let named = bound.map(|bound| join_names(&here, bound));
        let last = name.rsplit('.').next().unwrap_or_default();
        if let Some((_, keywords)) = AGENT_TEXTS.iter().find(|(pattern, _)| pattern.fits(name)) {
            return self.agent(look, module, call, keywords, named.unwrap_or(here));
        }
        for (pattern, arguments, role) in CALLS {
            if !pattern.fits(name) {
                continue;
            }
            for told in look.argument(module, call, arguments) {
                if is_text(&told.text, LEAST_CALLED) {
                    let name = named.clone().unwrap_or_else(|| join_names(&here, last));
                    self.put(look, &told, &name, Some(role), Method::Call);
                }
            }
        }
        for (keyword, role) in KEYWORDS {
            let Some((at, value)) = look.value(module, call, &[keyword]) else { continue };
            for told in resolve::texts(look.project, at, &value) {
                let least = if *role == "system" { LEAST_CALLED } else { LEAST_NAMED };
                if is_text(&told.text, least) {
                    let name = named.clone().unwrap_or_else(|| join_names(&here, keyword));
                    self.put(look, &told, &name, Some(role), Method::Call);
                }
            }
        }
    }

    /// The texts that describe an agent or its task, as one.
    fn agent(
        &mut self,
        look: &mut Look<'_>,
        module: usize,
        call: &Call,
        keywords: &[&str],
        name: String,
    ) {
        let mut parts = Vec::new();
        let mut first: Option<Told> = None;
        for keyword in keywords {
            if let Some(told) = look.argument(module, call, &[keyword]).into_iter().next() {
                parts.push(told.text.clone());
                first = first.or(Some(told));
            }
        }
        let Some(first) = first else { return };
        let told = Told { text: parts.join("\n"), line: call.line, module, ..first };
        if is_text(&told.text, LEAST_CALLED) {
            let name = if name.is_empty() { "agent".to_owned() } else { name };
            self.put(look, &told, &name, Some("system"), Method::Call);
        }
    }

    /// Messages with a role: `{"role": "system", "content": …}`, `("system", …)`.
    fn messages(&mut self, look: &mut Look<'_>, at: At, value: &Value, depth: u32) {
        if depth > 10 {
            return;
        }
        match value {
            Value::Dict(items) => {
                if let (Some(role), Some(content)) =
                    (value.key("role").and_then(Value::text), value.key("content"))
                {
                    let content =
                        value.key("content").and_then(|c| c.key("text")).unwrap_or(content);
                    self.message(look, at, role, content);
                }
                for (_, value) in items {
                    self.messages(look, at, value, depth + 1);
                }
            }
            Value::List(values) => {
                if let [Value::Text(role), content] = values.as_slice() {
                    self.message(look, at, &role.text, content);
                }
                for value in values {
                    self.messages(look, at, value, depth + 1);
                }
            }
            Value::Join(values) | Value::Choice(values) => {
                for value in values {
                    self.messages(look, at, value, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn message(&mut self, look: &mut Look<'_>, at: At, role: &str, content: &Value) {
        let (role, least) = match role {
            "system" | "developer" => ("system", LEAST_CALLED),
            "user" | "human" => ("user", 60),
            _ => return,
        };
        let here = look
            .project
            .modules
            .get(at.module)
            .map(|of| of.scope_name(at.scope).to_owned())
            .unwrap_or_default();
        for told in resolve::texts(look.project, at, content) {
            if is_text(&told.text, least) {
                self.put(look, &told, &join_names(&here, role), Some(role), Method::Call);
            }
        }
    }

    fn put(
        &mut self,
        look: &mut Look<'_>,
        told: &Told,
        name: &str,
        role: Option<&str>,
        method: Method,
    ) {
        if !self.told.insert((told.module, told.line)) {
            return;
        }
        let project = look.project;
        let Some(module) = project.modules.get(told.module) else { return };
        let own = self.bound.get(&(told.module, told.line)).cloned();
        let bound = own.as_deref().unwrap_or(name).trim_start_matches("self.").to_owned();
        let mut full = format!("{}#{bound}", module.path);
        if own.is_some() && self.grow(look, &full, told) {
            return;
        }
        for count in 2..1_000 {
            if !self.used.contains_key(&full) {
                break;
            }
            full = format!("{}#{bound}-{count}", module.path);
        }
        let confidence = if method == Method::Call { Confidence::High } else { Confidence::Medium };
        let new = New {
            location: Some(format!("path:{}", module.path)),
            method,
            confidence,
            ..New::called(AssetKind::Prompt, &full)
        };
        let Some(asset) = look.put(new, told.module, told.line) else { return };
        asset.digest = Some(digest_of(&told.text));
        if let Some(role) = role {
            asset.details.insert("role".into(), role.into());
        }
        self.used.insert(full, (look.found.len() - 1, told.text.clone()));
    }

    /// A text that is added to a name, or bound to it in another branch, is more of the same prompt.
    fn grow(&mut self, look: &mut Look<'_>, full: &str, told: &Told) -> bool {
        let Some((at, text)) = self.used.get_mut(full) else { return false };
        let Some(asset) = look.found.get_mut(*at) else { return false };
        text.push('\n');
        text.push_str(&told.text);
        asset.digest = Some(digest_of(text));
        if let Some(first) = asset.seen.first().cloned() {
            asset.seen.push(Sighting { line: told.line, ..first });
        }
        true
    }
}

/// All values of a module that could hold messages.
fn values(module: &Module) -> impl Iterator<Item = (usize, &Value)> {
    let bound = module.bindings.iter().map(|binding| (binding.read_in, &binding.value));
    let passed = module
        .calls
        .iter()
        .filter(|call| !matches!(called(&call.callee), "print" | "log"))
        .flat_map(|call| call.arguments.iter().map(|argument| (call.scope, &argument.value)));
    let given = module
        .functions
        .iter()
        .flat_map(|function| function.returns.iter().map(|value| (function.body, value)));
    bound.chain(passed).chain(given)
}

fn first_line(module: &Module, value: &Value, depth: u32) -> Option<u32> {
    if depth > 6 {
        return None;
    }
    match value {
        Value::Text(text) => Some(text.line),
        Value::Join(parts) => parts.iter().find_map(|part| first_line(module, part, depth + 1)),
        // `dedent("…")`, `"…".strip()`, `PromptTemplate.from_template("…")`: the text has the name of what is made of it.
        Value::Call(index) => {
            let call = module.calls.get(*index)?;
            let inner = match &call.callee {
                Value::Attribute(base, _) => first_line(module, base, depth + 1),
                _ => None,
            };
            let template = call.keyword("template").or_else(|| call.keyword("messages"));
            inner.or_else(|| first_line(module, template.or_else(|| call.place(0))?, depth + 1))
        }
        _ => None,
    }
}

fn qualified(module: &Module, scope: usize, name: &str) -> String {
    join_names(module.scope_name(scope), name.trim_start_matches("self."))
}

fn join_names(scope: &str, name: &str) -> String {
    let name = name.trim_start_matches("self.");
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

fn says_prompt(name: &str) -> bool {
    let lower = name.to_lowercase();
    NAMES.iter().any(|part| lower.contains(part))
        && !NOT_NAMES.iter().any(|part| lower.contains(part))
}

fn role_of(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    (lower.contains("system") || lower.contains("instruction")).then_some("system")
}

/// Whether a text is one for a model: words, and no markup, address, query or file name.
fn is_text(text: &str, least: usize) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let lower = text.get(..text.len().min(12)).unwrap_or(text).to_lowercase();
    let markup = [
        "<!doctype",
        "<html",
        "<div",
        "<svg",
        "<style",
        "<script",
        "<p>",
        "<h",
        "<table",
        "http://",
        "https://",
        "select ",
        "create table",
    ];
    text.len() >= least
        && words >= 4
        && !markup.iter().any(|start| lower.starts_with(start))
        && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > text.chars().count()
}
