//! Texts in code that reach a model.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{AssetKind, Method, Sighting},
    finding::Confidence,
};

use super::{
    edits::edit,
    look::{Look, New, digest_of},
    prompt_text::{is_instruction, is_text, role_of, says_prompt},
};
use crate::code::{
    ir::{Binding, Call, Cause, Function, Module, Value},
    known::prompts::{AGENT_TEXTS, ASKS, CALLS, KEYWORDS, NOT_IN},
    project::Project,
    resolve::{self, At, Told, called},
};

/// Letters of the shortest text that counts, by a name alone and where a call says that it is one.
const LEAST_NAMED: usize = 40;
const LEAST_CALLED: usize = 20;

/// Calls that only keep or write an object.
const KEEPS: [&str; 9] =
    ["append", "extend", "insert", "dump", "dumps", "stringify", "print", "log", "write"];

/// Methods that add to a list.
const ADDS: [&str; 6] = ["append", "extend", "insert", "push", "unshift", "splice"];

/// The prompts of all modules.
pub(super) struct Prompts {
    /// Where a text starts, and the name that it is bound to.
    bound: BTreeMap<(usize, u32), String>,
    /// Where what was put down starts.
    told: BTreeSet<(usize, u32)>,
    /// What was put down under a name: its place in the list, and its text.
    used: BTreeMap<String, (usize, String)>,
    /// The names whose texts have grown since they were put down.
    grown: BTreeSet<String>,
}

impl Prompts {
    /// Knows the names of all texts.
    pub(super) fn new(look: &Look<'_>) -> Self {
        let mut bound = BTreeMap::new();
        for (at, module) in look.project.modules.iter().enumerate() {
            for function in
                module.functions.iter().filter(|function| gives_prompt(module, function))
            {
                let name = qualified(module, function.scope, &function.name);
                let given = function.returns.iter();
                for line in given.filter_map(|value| returned(look.project, at, function, value)) {
                    bound.entry((at, line)).or_insert_with(|| name.clone());
                }
            }
            for binding in &module.bindings {
                if let Some(line) = first_line(module, &binding.value, 0) {
                    let name = qualified(module, binding.scope, &binding.name);
                    bound.entry((at, line)).or_insert(name);
                }
            }
        }
        Self { bound, told: BTreeSet::new(), used: BTreeMap::new(), grown: BTreeSet::new() }
    }

    /// The place among the assets, and the text, of what was put down under a name.
    pub(super) fn put_as(&self, full: &str) -> Option<(usize, &str)> {
        self.used.get(full).map(|(at, text)| (*at, text.as_str()))
    }

    /// Gives what has grown the digest of all its text.
    pub(super) fn measure(&self, look: &mut Look<'_>) {
        for (at, text) in self.grown.iter().filter_map(|full| self.used.get(full)) {
            if let Some(asset) = look.found.get_mut(*at) {
                asset.digest = Some(digest_of(text));
            }
        }
    }

    /// Whether a text was put down, as a prompt or as part of one.
    pub(super) fn has_told(&self, told: &Told) -> bool {
        self.told.contains(&(told.module, told.line))
    }

    /// Constants and functions whose name says prompt.
    pub(super) fn in_module(&mut self, look: &mut Look<'_>, at: usize) {
        let project = look.project;
        let Some(module) = project.modules.get(at) else { return };
        if is_aside(module) {
            return;
        }
        let whole_file = file_says_prompt(module);
        let in_texts = in_texts(module);
        for binding in &module.bindings {
            let text = matches!(
                binding.value,
                Value::Text(_) | Value::Join(_) | Value::Call(_) | Value::Choice(_)
            );
            let named = says_prompt(&binding.name);
            let local = is_local(module, binding.scope);
            if !text
                || !(named || whole_file && !local)
                || matches!(binding.cause, Cause::Loop)
                || local && is_part(project, at, binding, &in_texts)
                || self.is_change(module, binding)
            {
                continue;
            }
            let read = At { module: at, scope: binding.read_in };
            let role = role_of(&binding.name);
            let built = local && role.is_none() && matches!(binding.value, Value::Join(_));
            for told in resolve::texts(project, read, &binding.value) {
                let here = told.module == at && told.line >= binding.line.saturating_sub(1);
                let counts = named && !built || is_instruction(&told.text);
                if here && counts && is_text(&told.text, LEAST_NAMED) {
                    let name = qualified(module, binding.scope, &binding.name);
                    self.put(look, &told, &name, role, Method::Definition);
                }
            }
        }
        for function in module.functions.iter().filter(|function| gives_prompt(module, function)) {
            let named = says_prompt(&function.name);
            let inside = At { module: at, scope: function.body };
            let texts =
                function.returns.iter().flat_map(|value| resolve::texts(project, inside, value));
            let fits = |told: &Told| {
                told.module == at
                    && is_text(&told.text, LEAST_NAMED)
                    && (named || is_instruction(&told.text))
            };
            for told in texts.filter(fits).take(4).collect::<Vec<_>>() {
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
        for (scope, value, added) in values(module) {
            self.messages(look, At { module: at, scope }, value, (false, added), 0);
        }
        self.set_messages(look, at);
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
            let asks = *role == "user" && !last.to_lowercase().contains("template");
            for told in self.whole(look, module, call, arguments) {
                if is_text(&told.text, LEAST_CALLED) && !(asks && self.is_data(look, &told)) {
                    let name = named.clone().unwrap_or_else(|| join_names(&here, last));
                    self.put(look, &told, &name, Some(role), Method::Call);
                }
            }
        }
        for (_, arguments) in ASKS.iter().filter(|(pattern, _)| pattern.fits(name)) {
            for told in self.whole(look, module, call, arguments) {
                if is_text(&told.text, LEAST_NAMED) && !told.choice && is_instruction(&told.text) {
                    let name = named.clone().unwrap_or_else(|| join_names(&here, last));
                    self.put(look, &told, &name, Some("user"), Method::Call);
                }
            }
        }
        // `ChatMessage(role="system", content=…)`
        if let (Some(role), Some(content)) =
            (call.keyword("role").and_then(Value::text), call.keyword("content"))
        {
            self.message(
                look,
                At { module, scope: call.scope },
                role,
                within(content),
                (false, false),
            );
        }
        if KEEPS.contains(&last) {
            return;
        }
        for (keyword, role) in KEYWORDS {
            for told in self.whole(look, module, call, &[keyword]) {
                let least = if *role == "system" { LEAST_CALLED } else { LEAST_NAMED };
                let data = *keyword == "prompt" && self.is_data(look, &told);
                if is_text(&told.text, least) && !data {
                    let name = named.clone().unwrap_or_else(|| join_names(&here, keyword));
                    self.put(look, &told, &name, Some(role), Method::Call);
                }
            }
        }
    }

    /// The texts of an argument; named constants that are only set one behind the other count each by itself.
    fn whole(&self, look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> Vec<Told> {
        let Some((at, value)) = look.value(module, call, names) else { return Vec::new() };
        told_of(look, at, within(&value))
    }

    /// Whether what a user says is data: one of a list, or too short to instruct. A constant of the module is a prompt.
    fn is_data(&self, look: &Look<'_>, told: &Told) -> bool {
        let own = self.bound.get(&(told.module, told.line));
        let path = look.project.modules.get(told.module).map_or("", |module| module.path.as_str());
        let put = own.is_some_and(|own| self.used.contains_key(&format!("{path}#{own}")));
        let constant = own.is_some_and(|own| !own.contains('.')) && told.whole;
        told.choice || !put && !constant && !is_instruction(&told.text)
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
        let (mut parts, mut lines) = (Vec::new(), Vec::new());
        let mut first: Option<Told> = None;
        for keyword in keywords {
            if let Some(told) = look.argument(module, call, &[keyword]).into_iter().next() {
                lines.push((told.module, told.line));
                parts.push(told.text.clone());
                first = first.or(Some(told));
            }
        }
        let Some(first) = first else { return };
        let told = Told { text: parts.join("\n"), line: call.line, module, ..first };
        if is_text(&told.text, LEAST_CALLED) {
            let name = if name.is_empty() { "agent".to_owned() } else { name };
            self.put(look, &told, &name, Some("system"), Method::Call);
            self.told.extend(lines);
        }
    }

    /// Messages with a role: `{"role": "system", "content": …}`, `("system", …)`.
    ///
    /// `how`: whether a system's message stands beside, and whether it is added to a list that is there.
    fn messages(
        &mut self,
        look: &mut Look<'_>,
        at: At,
        value: &Value,
        how: (bool, bool),
        depth: u32,
    ) {
        if depth > 10 {
            return;
        }
        match value {
            Value::Dict(items) => {
                let role = value.key("role").or_else(|| value.key("type")).and_then(Value::text);
                let content = value.key("content").or_else(|| value.key("parts"));
                if let (Some(role), Some(content)) = (role, content) {
                    self.message(look, at, role, within(content), how);
                }
                for (_, value) in items {
                    self.messages(look, at, value, how, depth + 1);
                }
            }
            Value::List(values) => {
                if let [Value::Text(role), content] = values.as_slice() {
                    self.message(look, at, &role.text, content, how);
                }
                let how = (values.iter().any(is_system), how.1);
                for value in values {
                    self.messages(look, at, value, how, depth + 1);
                }
            }
            Value::Join(values) | Value::Choice(values) => {
                for value in values {
                    self.messages(look, at, value, how, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// `MESSAGES[0]["content"] = "…"`: the first message is a system's, however short.
    fn set_messages(&mut self, look: &mut Look<'_>, at: usize) {
        let project = look.project;
        let Some(module) = project.modules.get(at) else { return };
        for binding in &module.bindings {
            let Some((place, "content" | "text")) = binding.name.rsplit_once('.') else { continue };
            let Some((_, index)) = place.rsplit_once('.') else { continue };
            let first = index == "0";
            if !first && index != "*" && index.parse::<u32>().is_err() {
                continue;
            }
            let read = At { module: at, scope: binding.read_in };
            for told in resolve::texts(project, read, &binding.value) {
                if first && !told.text.trim().is_empty() || is_text(&told.text, LEAST_CALLED) {
                    let name = qualified(module, binding.scope, &binding.name);
                    self.put(look, &told, &name, first.then_some("system"), Method::Definition);
                }
            }
        }
    }

    fn message(
        &mut self,
        look: &mut Look<'_>,
        at: At,
        role: &str,
        content: &Value,
        (paired, added): (bool, bool),
    ) {
        let (role, least) = match role {
            "system" | "developer" => ("system", LEAST_CALLED),
            // What the user says beside a system's text is of the same prompt.
            "user" | "human" if !paired => ("user", 60),
            _ => return,
        };
        let here = look
            .project
            .modules
            .get(at.module)
            .map(|of| of.scope_name(at.scope).to_owned())
            .unwrap_or_default();
        // Constants that are put in do not make an instruction of a message.
        let own = match content {
            Value::Join(parts) => parts.iter().filter_map(Value::text).collect::<String>(),
            _ => String::new(),
        };
        for told in told_of(look, at, content) {
            let short = !own.is_empty() && !is_instruction(&own);
            let data = role == "user" && (short || self.is_data(look, &told));
            // What is added behind a system's text may be short.
            let short = added && role == "system" && !told.text.trim().is_empty();
            if (short || is_text(&told.text, least)) && !data {
                self.put(look, &told, &join_names(&here, role), Some(role), Method::Call);
            }
        }
    }

    /// Whether a value is made of the prompt that has its name already: what it does to that is followed when all is known.
    fn is_change(&self, module: &Module, binding: &Binding) -> bool {
        let name = binding.name.trim_start_matches("self.");
        let full = || format!("{}#{}", module.path, qualified(module, binding.scope, name));
        let changes = binding.cause == Cause::Added || edit(module, &binding.value, name).is_some();
        changes && self.used.contains_key(&full())
    }

    pub(super) fn put(
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

    /// Whether what starts here was put down.
    pub(super) fn is_told(&self, module: usize, line: u32) -> bool {
        self.told.contains(&(module, line))
    }

    /// Also what starts here is of the prompt that was put down last.
    pub(super) fn told_with(&mut self, module: usize, line: u32) {
        self.told.insert((module, line));
    }

    /// A text that is added to a name, or bound to it in another branch, is more of the same prompt.
    fn grow(&mut self, look: &mut Look<'_>, full: &str, told: &Told) -> bool {
        let Some((at, text)) = self.used.get_mut(full) else { return false };
        let Some(asset) = look.found.get_mut(*at) else { return false };
        text.push('\n');
        text.push_str(&told.text);
        self.grown.insert(full.to_owned());
        if let Some(first) = asset.seen.first().cloned() {
            asset.seen.push(Sighting { line: told.line, ..first });
        }
        true
    }
}

/// Whether the texts of a module are for people, or stand in for a model's.
pub(super) fn is_aside(module: &Module) -> bool {
    module.path.split(['/', '.']).any(|part| NOT_IN.contains(&part))
}

/// All values of a module that could hold messages.
/// Each with its scope, and whether it is added to a list that is there.
pub(super) fn values(module: &Module) -> impl Iterator<Item = (usize, &Value, bool)> {
    let bound = module
        .bindings
        .iter()
        .map(|binding| (binding.read_in, &binding.value, binding.cause == Cause::Added));
    let passed = module
        .calls
        .iter()
        .filter(|call| !matches!(called(&call.callee), "print" | "log"))
        .flat_map(|call| {
            let adds = ADDS.contains(&called(&call.callee));
            call.arguments.iter().map(move |argument| (call.scope, &argument.value, adds))
        });
    let given = module
        .functions
        .iter()
        .flat_map(|function| function.returns.iter().map(|value| (function.body, value, false)));
    bound.chain(passed).chain(given)
}

/// Whether a message is a system's: `{"role": "system", …}`, `("system", …)`.
fn is_system(value: &Value) -> bool {
    let role = match value {
        Value::List(parts) => parts.first().and_then(Value::text),
        other => other.key("role").or_else(|| other.key("type")).and_then(Value::text),
    };
    matches!(role, Some("system" | "developer"))
}

/// What a message says: `{"text": …}` and `[{"type": "text", "text": …}]` are the text in them.
fn within(content: &Value) -> &Value {
    let first = match content {
        Value::List(parts) => parts.iter().find(|part| part.key("text").is_some()),
        other => Some(other),
    };
    first.and_then(|part| part.key("text")).unwrap_or(content)
}

fn told_of(look: &Look<'_>, at: At, value: &Value) -> Vec<Told> {
    match value {
        Value::Join(parts)
            if parts.iter().all(|part| matches!(part, Value::Name(_) | Value::Choice(_))) =>
        {
            parts.iter().take(20).flat_map(|part| resolve::texts(look.project, at, part)).collect()
        }
        value => resolve::texts(look.project, at, value),
    }
}

/// Whether a scope is the body of a function.
pub(super) fn is_local(module: &Module, scope: usize) -> bool {
    scope != 0 && module.scopes.get(scope).is_some_and(|scope| !scope.class)
}

/// Names that are put into a text under another name or that a function gives, with the scope of that.
pub(super) fn in_texts(module: &Module) -> BTreeSet<(usize, &str)> {
    let bound = module.bindings.iter().flat_map(|binding| {
        let names = put_into(&binding.value).filter(|name| *name != binding.name);
        names.map(|name| (binding.scope, name))
    });
    let given = module.functions.iter().flat_map(|function| {
        let names = function.returns.iter().flat_map(put_into);
        names.map(|name| (function.body, name))
    });
    bound.chain(given).collect()
}

/// The names in a text that says something itself.
fn put_into(value: &Value) -> impl Iterator<Item = &str> {
    let parts = if let Value::Join(parts) = value { parts.as_slice() } else { &[] };
    let says = parts.iter().filter_map(Value::text).map(str::len).sum::<usize>();
    let parts = if says >= LEAST_NAMED { parts } else { &[] };
    parts.iter().filter_map(|part| match part {
        Value::Name(name) => Some(name.as_str()),
        _ => None,
    })
}

/// Whether a local name is only put into another text of its function, or given back as what the function gives.
pub(super) fn is_part(
    project: &Project,
    at: usize,
    binding: &Binding,
    in_texts: &BTreeSet<(usize, &str)>,
) -> bool {
    let given = |value: &Value| matches!(value, Value::Name(name) if *name == binding.name);
    let function = project.function_of(at, binding.scope);
    let gives = |function: &Function| {
        let module = project.modules.get(at);
        module.is_some_and(|module| gives_prompt(module, function))
            && function.returns.iter().any(given)
    };
    in_texts.contains(&(binding.scope, binding.name.as_str())) || function.is_some_and(gives)
}

/// Whether what a function gives is a prompt: its name says so, or that of its class or file does.
fn gives_prompt(module: &Module, function: &Function) -> bool {
    let class = module.class_around(function.scope).map(|class| module.scope_name(class));
    let around = class.is_some_and(|class| class.to_lowercase().contains("prompt"));
    // A prompt that an MCP server offers.
    let offered = function.decorators.iter().any(|decorator| match decorator {
        Value::Call(index) => {
            module.calls.get(*index).is_some_and(|call| called(&call.callee) == "prompt")
        }
        _ => false,
    });
    offered || says_prompt(&function.name) || around || file_says_prompt(module)
}

pub(super) fn file_says_prompt(module: &Module) -> bool {
    let file = module.path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().to_lowercase();
    stem.ends_with("prompts") || stem.ends_with("prompt")
}

/// The line of a text that a function gives, also where a name stands for it.
fn returned(project: &Project, at: usize, function: &Function, value: &Value) -> Option<u32> {
    let module = project.modules.get(at)?;
    let Value::Name(name) = value else { return first_line(module, value, 0) };
    let binding = project.bindings(at, function.body, name).first()?;
    first_line(module, &module.bindings.get(*binding)?.value, 0)
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

pub(super) fn qualified(module: &Module, scope: usize, name: &str) -> String {
    join_names(module.scope_name(scope), name.trim_start_matches("self."))
}

fn join_names(scope: &str, name: &str) -> String {
    let name = name.trim_start_matches("self.");
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}
