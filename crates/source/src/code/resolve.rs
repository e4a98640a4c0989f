//! Names followed to where they are set: constants, defaults of settings, environment and options, parameters to the calls
//! that fill them.

use super::{
    ir::{Binding, Call, Cause, Text, Value},
    known::defaults,
    project::{Project, called_as},
};

/// Steps that following one value may take.
const MAX_STEPS: u32 = 600;
/// Steps that looking for a name in all names of a module counts for.
const STAR: u32 = 10;
/// Hops from name to name.
const MAX_DEPTH: u32 = 14;
/// Texts that one value may have.
const MAX_TOLD: usize = 40;
/// Calls looked at to fill a parameter.
const MAX_CALLERS: usize = 20;

/// A place in code: a module and a scope of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// The module's index.
    pub(crate) module: usize,
    /// The scope's index in it.
    pub(crate) scope: usize,
}

/// A text that a value may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// The text; `{name}` stands for what is not known.
    pub(crate) text: String,
    /// Whether all of it is known.
    pub(crate) whole: bool,
    /// The module in which it stands.
    pub(crate) module: usize,
    /// Its line there, counted from 1.
    pub(crate) line: u32,
    /// Whether it is one of a list to choose from.
    pub(crate) choice: bool,
}

/// The texts that a value may have.
pub(crate) fn texts(project: &Project, at: At, value: &Value) -> Vec<Told> {
    let mut follow = Follow::new(project, project.steps.allowed(MAX_STEPS));
    let mut told = follow.texts(at, value, MAX_DEPTH);
    let cut = follow.cut || told.len() > MAX_TOLD;
    told.truncate(MAX_TOLD);
    project.steps.took(at.module, MAX_STEPS.saturating_sub(follow.steps), cut);
    told
}

/// The full dotted name of what a value is: `client.chat` is `openai.OpenAI().chat` where the client was made by that call.
pub(crate) fn dotted(project: &Project, at: At, value: &Value) -> String {
    let mut follow = Follow::new(project, 60);
    follow.dotted(at, value, 8)
}

/// The values of a list or of what a name is bound to, one level taken apart, each with where it is to be read.
pub(crate) fn items(project: &Project, at: At, value: &Value) -> Vec<(At, Value)> {
    let mut follow = Follow::new(project, 100);
    let mut found = Vec::new();
    for (at, value) in follow.behind(at, value, 6) {
        match value {
            Value::List(values) => found.extend(values.into_iter().map(|value| (at, value))),
            other => found.push((at, other)),
        }
    }
    found
}

struct Follow<'a> {
    project: &'a Project,
    steps: u32,
    /// Bindings whose values are being followed, by module and place: `x = f(x)` goes in circles.
    open: Vec<(usize, usize)>,
    /// Whether one of many values was left out because the steps were used up.
    cut: bool,
}

impl<'a> Follow<'a> {
    fn new(project: &'a Project, steps: u32) -> Self {
        Self { project, steps, open: Vec::new(), cut: false }
    }

    fn texts(&mut self, at: At, value: &Value, depth: u32) -> Vec<Told> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        match value {
            Value::Text(Text { text, line }) => {
                let told = Told {
                    text: text.clone(),
                    whole: true,
                    module: at.module,
                    line: *line,
                    choice: false,
                };
                vec![told]
            }
            Value::Join(parts) => self.joined(at, parts, depth),
            Value::Choice(values) => self.each(at, values, depth),
            Value::List(values) => {
                let mut all = self.each(at, values, depth);
                all.iter_mut().for_each(|told| told.choice = true);
                all
            }
            Value::Call(index) => {
                let modules = &self.project.modules;
                let call = modules.get(at.module).and_then(|module| module.calls.get(*index));
                call.map(|call| self.given(at, call, depth)).unwrap_or_default()
            }
            Value::Name(_) | Value::Item(..) | Value::Attribute(..) => {
                let behind = self.behind(at, value, depth);
                let mut all = Vec::new();
                for (at, value) in behind {
                    if !matches!(value, Value::Name(_) | Value::Item(..) | Value::Attribute(..)) {
                        all.extend(self.texts(at, &value, depth));
                    }
                }
                all
            }
            _ => Vec::new(),
        }
    }

    fn each(&mut self, at: At, values: &[Value], depth: u32) -> Vec<Told> {
        let all = values.iter().flat_map(|value| self.texts(at, value, depth)).collect();
        self.cut |= self.steps == 0 && values.len() > MAX_TOLD;
        all
    }

    fn step(&mut self, depth: u32) -> Option<u32> {
        self.steps = self.steps.checked_sub(1)?;
        depth.checked_sub(1)
    }

    fn joined(&mut self, at: At, parts: &[Value], depth: u32) -> Vec<Told> {
        let mut all: Vec<Told> = Vec::new();
        let literal = parts.iter().find_map(|part| match part {
            Value::Text(text) => Some(text.line),
            _ => None,
        });
        for part in parts.iter().take(500) {
            let mut texts = self.texts(at, part, depth);
            if texts.is_empty() {
                let line = all.first().map_or(0, |told| told.line);
                let text = format!("{{{}}}", shown(part));
                texts.push(Told { text, whole: false, module: at.module, line, choice: false });
            }
            texts.truncate(4);
            if all.is_empty() {
                all = texts;
                continue;
            }
            let longer = all.iter().flat_map(|start| {
                texts.iter().map(|end| Told {
                    text: format!("{}{}", start.text, end.text),
                    whole: start.whole && end.whole,
                    module: start.module,
                    line: if start.line == 0 { end.line } else { start.line },
                    choice: start.choice || end.choice,
                })
            });
            all = longer.take(8).collect();
            if all.iter().any(|told| told.text.len() > 1 << 20) {
                return Vec::new();
            }
        }
        // It stands where its own words are, not where the constants in it do.
        if let Some(line) = literal {
            all.iter_mut().for_each(|told| (told.module, told.line) = (at.module, line));
        }
        all
    }

    /// What a call gives, as far as it is a text.
    fn given(&mut self, at: At, call: &'a Call, depth: u32) -> Vec<Told> {
        let here = At { module: at.module, scope: call.scope };
        let name = called(&call.callee);
        if matches!(name, "replace" | "replaceAll") {
            let replaced = self.replaced(here, call, depth);
            if !replaced.is_empty() {
                return replaced;
            }
        }
        if let Some(kind) = defaults::given(name) {
            let values = defaults::values(kind, call);
            if !values.is_empty() {
                let choice = kind == defaults::Gives::OneOf;
                let mut all = Vec::new();
                for value in values {
                    all.extend(self.texts(here, &value, depth));
                }
                if choice {
                    // What is not chosen otherwise is the first.
                    all.iter_mut().enumerate().for_each(|(at, told)| told.choice = at > 0);
                }
                return all;
            }
        }
        let Some((module, function)) = self.function(here, &call.callee, depth) else {
            return Vec::new();
        };
        let Some(function) =
            self.project.modules.get(module).and_then(|m| m.functions.get(function))
        else {
            return Vec::new();
        };
        let inside = At { module, scope: function.body };
        function.returns.iter().flat_map(|value| self.texts(inside, value, depth)).collect()
    }

    /// What `NAME.replace("…", "…")` gives, where both texts stand in the code: another text than that of the name. What is put in
    /// for a placeholder when it runs leaves the text as it is; so do another separator in a name, and words that are only cut out.
    fn replaced(&mut self, at: At, call: &'a Call, depth: u32) -> Vec<Told> {
        let Value::Name(callee) = &call.callee else { return Vec::new() };
        let (Some((base, _)), Some(from), Some(to)) =
            (callee.rsplit_once('.'), call.place(0), call.place(1))
        else {
            return Vec::new();
        };
        let (Some(from), Some(to)) =
            (from.text().filter(|from| !from.is_empty()), to.text().filter(|to| !to.is_empty()))
        else {
            return Vec::new();
        };
        let mut all = self.texts(at, &Value::Name(base.to_owned()), depth);
        let says = |text: &str| text.contains(char::is_whitespace) && text.len() < 1 << 16;
        all.retain(|told| says(&told.text) && told.text.contains(from));
        for told in &mut all {
            told.text = told.text.replace(from, to);
            (told.module, told.line) = (at.module, call.line);
        }
        all.retain(|told| told.text.len() <= 1 << 20);
        all
    }

    /// The function of the folder that a callee means.
    fn function(&mut self, at: At, callee: &Value, depth: u32) -> Option<(usize, usize)> {
        let Value::Name(name) = callee else { return None };
        if let Some(method) = name.strip_prefix("self.").or_else(|| name.strip_prefix("this.")) {
            let module = self.project.modules.get(at.module)?;
            let class = module.class_around(at.scope)?;
            let found = self.project.method(at.module, class, method);
            return found.map(|function| (at.module, function));
        }
        if let Some(found) = self.project.function(at.module, name) {
            return Some((at.module, found));
        }
        let (module, rest) = self.through_imports(at.module, name, depth)?;
        self.project.function(module, &rest).map(|function| (module, function))
    }

    /// The module of the folder and the name in it that an imported name means.
    fn through_imports(
        &mut self,
        module: usize,
        name: &str,
        depth: u32,
    ) -> Option<(usize, String)> {
        let depth = self.step(depth)?;
        for import in self.project.imports(module, name) {
            if import.bound == "*" {
                self.steps = self.steps.checked_sub(STAR)?;
                let Some(target) = self.project.imported(module, &import.module) else { continue };
                let root = name.split('.').next().unwrap_or_default();
                if !self.project.bindings(target, 0, root).is_empty()
                    || self.project.class(target, root).is_some()
                    || self.project.function(target, root).is_some()
                {
                    return Some((target, name.to_owned()));
                }
                continue;
            }
            let Some(rest) = name.strip_prefix(import.bound.as_str()) else { continue };
            let rest = match rest.strip_prefix('.') {
                Some(rest) => rest,
                None if rest.is_empty() => "",
                None => continue,
            };
            let Some(item) = &import.item else {
                let target = self.project.imported(module, &import.module)?;
                return Some((target, rest.to_owned()));
            };
            let dot = if import.module.ends_with('.') { "" } else { "." };
            let as_module = self.project.imported(module, &format!("{}{dot}{item}", import.module));
            if let Some(target) = as_module.filter(|_| !rest.is_empty()) {
                return Some((target, rest.to_owned()));
            }
            let target = self.project.imported(module, &import.module)?;
            let full = match (item.as_str(), rest) {
                ("default" | "*", rest) => rest.to_owned(),
                (item, "") => item.to_owned(),
                (item, rest) => format!("{item}.{rest}"),
            };
            let root = full.split('.').next().unwrap_or_default();
            let here = !self.project.bindings(target, 0, root).is_empty()
                || self.project.class(target, root).is_some()
                || self.project.function(target, root).is_some();
            if here {
                return Some((target, full));
            }
            return self.through_imports(target, &full, depth).or(Some((target, full)));
        }
        None
    }

    /// The values behind a name, item or attribute.
    fn behind(&mut self, at: At, value: &Value, depth: u32) -> Vec<(At, Value)> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        match value {
            Value::Name(name) => self.name(at, name, depth),
            Value::Item(base, index) => self.item(at, base, index, depth),
            Value::Attribute(base, name) => self.member(at, base, name, depth),
            Value::Choice(values) => {
                values.iter().flat_map(|value| self.behind(at, value, depth)).collect()
            }
            other => vec![(at, other.clone())],
        }
    }

    fn item(&mut self, at: At, base: &Value, index: &Value, depth: u32) -> Vec<(At, Value)> {
        let wanted = self.texts(at, index, depth.min(4)).into_iter().next();
        if let (Value::Name(name), Some(wanted)) = (base, &wanted) {
            let set = self.name(at, &format!("{name}.{}", wanted.text), depth);
            if !set.is_empty() {
                return set;
            }
        }
        let mut found = Vec::new();
        for (at, value) in self.behind(at, base, depth) {
            match (&value, &wanted) {
                (Value::Dict(_), Some(wanted)) => {
                    found.extend(value.key(&wanted.text).map(|value| (at, value.clone())));
                }
                (Value::Dict(items), None) => {
                    let all = items.iter().map(|(_, value)| value.clone()).collect();
                    found.push((at, Value::List(all)));
                }
                (Value::List(values), _) => {
                    let place = match index {
                        Value::Word(word) => word.parse::<usize>().ok(),
                        _ => None,
                    };
                    match place.and_then(|place| values.get(place)) {
                        Some(one) => found.extend(self.behind(at, one, depth)),
                        None => found.push((at, value)),
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn name(&mut self, at: At, name: &str, depth: u32) -> Vec<(At, Value)> {
        let own = name.strip_prefix("self.").or_else(|| name.strip_prefix("this."));
        if let Some(rest) = own {
            let class = self.project.modules.get(at.module).and_then(|m| m.class_around(at.scope));
            let Some(class) = class else { return Vec::new() };
            return self.of_class(At { module: at.module, scope: class }, rest, depth);
        }
        let (root, rest) = name.split_once('.').map_or((name, ""), |(root, rest)| (root, rest));
        let mut scope = at.scope;
        for _ in 0..64 {
            let here = At { module: at.module, scope };
            if !rest.is_empty() {
                let set = self.bound(here, name, depth);
                if !set.is_empty() {
                    return set;
                }
            }
            let bound = self.project.bindings(at.module, scope, root);
            if !bound.is_empty() {
                let values = self.bound(here, root, depth);
                return self.members(here, values, rest, depth);
            }
            let Some(around) =
                self.project.modules.get(at.module).and_then(|m| m.scopes.get(scope))
            else {
                break;
            };
            if around.parent == scope {
                break;
            }
            scope = around.parent;
        }
        if let Some(class) = self.project.class(at.module, root).filter(|_| !rest.is_empty()) {
            return self.of_class(self.class_scope(at.module, class), rest, depth);
        }
        match self.through_imports(at.module, name, depth) {
            Some((module, full)) if !full.is_empty() => {
                self.name(At { module, scope: 0 }, &full, depth.saturating_sub(1))
            }
            _ => Vec::new(),
        }
    }

    fn class_scope(&self, module: usize, class: usize) -> At {
        let class = self.project.modules.get(module).and_then(|m| m.classes.get(class));
        At { module, scope: class.map_or(0, |class| class.body) }
    }

    /// What is bound to a name in one scope.
    fn bound(&mut self, at: At, name: &str, depth: u32) -> Vec<(At, Value)> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        let mut found = Vec::new();
        let all = self.project.bindings(at.module, at.scope, name);
        for index in all {
            if self.steps == 0 {
                self.cut |= all.len() > MAX_TOLD;
                break;
            }
            let module = self.project.modules.get(at.module);
            let Some(binding) = module.and_then(|module| module.bindings.get(*index)) else {
                continue;
            };
            if self.open.contains(&(at.module, *index)) {
                continue;
            }
            self.open.push((at.module, *index));
            found.extend(self.bound_by(at.module, binding, depth));
            self.open.pop();
        }
        found
    }

    fn bound_by(&mut self, module: usize, binding: &Binding, depth: u32) -> Vec<(At, Value)> {
        let read = At { module, scope: binding.read_in };
        let mut found = match &binding.value {
            Value::Unknown => Vec::new(),
            value => self.behind(read, value, depth),
        };
        if matches!(binding.cause, Cause::Parameter(..)) {
            found.extend(self.filled(module, binding, depth));
        }
        found
    }

    /// What the calls of a function pass for a parameter.
    fn filled(&mut self, module: usize, binding: &Binding, depth: u32) -> Vec<(At, Value)> {
        let Cause::Parameter(function, place) = binding.cause else { return Vec::new() };
        let Some(of) = self.project.modules.get(module) else { return Vec::new() };
        let Some(function) = of.functions.get(function) else { return Vec::new() };
        let name = called_as(of, function);
        if self.project.functions.get(name).is_none_or(|count| *count > 2) {
            return Vec::new();
        }
        let method = matches!(function.parameters.first(), Some((name, _)) if name == "self" || name == "cls");
        let place = if method { place.checked_sub(1) } else { Some(place) };
        let mut found = Vec::new();
        let callers = self.project.callers.get(name).map_or(&[][..], Vec::as_slice);
        for (module, call) in callers.iter().take(MAX_CALLERS) {
            let Some(call) = self.project.modules.get(*module).and_then(|m| m.calls.get(*call))
            else {
                continue;
            };
            let by_key = call.keyword(&binding.name);
            let in_object = || call.place(0).and_then(|value| value.key(&binding.name));
            let value = by_key.or_else(|| place.and_then(|place| call.place(place)));
            if let Some(value) = value.or_else(in_object) {
                let at = At { module: *module, scope: call.scope };
                found.extend(self.behind(at, value, depth.saturating_sub(1)));
            }
        }
        found
    }

    /// An attribute of a class: bound in its body, set on the object, or in a class it derives from.
    fn of_class(&mut self, class: At, rest: &str, depth: u32) -> Vec<(At, Value)> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        let (root, rest) = rest.split_once('.').map_or((rest, ""), |(root, rest)| (root, rest));
        let mut values = self.bound(class, root, depth);
        values.extend(self.bound(class, &format!("self.{root}"), depth));
        if values.is_empty() && !rest.is_empty() {
            // `self.settings.model`, where the class says `settings: Settings`.
            for index in self.project.bindings(class.module, class.scope, root) {
                let module = self.project.modules.get(class.module);
                let annotation = module.and_then(|m| m.bindings.get(*index)?.annotation.clone());
                if let Some(Value::Name(name)) = annotation
                    && let Some(of) = self.class_named(class, &name, depth)
                {
                    return self.of_class(of, rest, depth);
                }
            }
        }
        if values.is_empty() {
            let found = self.project.class_of(class.module, class.scope);
            for base in found.map_or(&[][..], |class| class.bases.as_slice()).iter().take(5) {
                if let Value::Name(base) = base
                    && let Some(base) = self.class_named(class, base, depth)
                    && (base.module, base.scope) != (class.module, class.scope)
                {
                    values.extend(self.of_class(base, root, depth));
                }
            }
        }
        self.members(class, values, rest, depth)
    }

    fn class_named(&mut self, at: At, name: &str, depth: u32) -> Option<At> {
        if let Some(class) = self.project.class(at.module, name) {
            return Some(self.class_scope(at.module, class));
        }
        let (module, full) = self.through_imports(at.module, name, depth)?;
        let class = self.project.class(module, &full)?;
        Some(self.class_scope(module, class))
    }

    fn members(
        &mut self,
        _at: At,
        values: Vec<(At, Value)>,
        rest: &str,
        depth: u32,
    ) -> Vec<(At, Value)> {
        // The value of an enumeration's member is its text.
        if rest.is_empty() || matches!(rest, "value" | "name") {
            return values;
        }
        values.into_iter().flat_map(|(at, value)| self.member(at, &value, rest, depth)).collect()
    }

    fn member(&mut self, at: At, value: &Value, rest: &str, depth: u32) -> Vec<(At, Value)> {
        let Some(depth) = self.step(depth) else { return Vec::new() };
        match value {
            Value::Name(name) => self.name(at, &format!("{name}.{rest}"), depth),
            Value::Dict(_) => {
                let (root, rest) = rest.split_once('.').unwrap_or((rest, ""));
                let found = value.key(root).map(|value| (at, value.clone()));
                self.members(at, found.into_iter().collect(), rest, depth)
            }
            Value::Call(index) => {
                let modules = &self.project.modules;
                let call = modules.get(at.module).and_then(|module| module.calls.get(*index));
                let Some(call) = call else { return Vec::new() };
                self.of_instance(At { module: at.module, scope: call.scope }, call, rest, depth)
            }
            _ => Vec::new(),
        }
    }

    /// An attribute of what a call makes: an object of a class of the folder, or parsed options.
    fn of_instance(&mut self, at: At, call: &'a Call, rest: &str, depth: u32) -> Vec<(At, Value)> {
        if called(&call.callee).starts_with("parse_") {
            return self.option(at.module, rest);
        }
        // A keyword with which the object was made says what its attribute is.
        if let Some(value) = call.keyword(rest).filter(|value| !matches!(value, Value::Unknown)) {
            let values = self.behind(at, value, depth);
            if !values.is_empty() {
                return values;
            }
        }
        let Value::Name(name) = &call.callee else { return Vec::new() };
        if let Some(class) = self.class_named(at, name, depth) {
            return self.of_class(class, rest, depth);
        }
        // A function that gives an object: `settings()`.
        let Some((module, function)) = self.function(at, &call.callee, depth) else {
            return Vec::new();
        };
        let Some(function) =
            self.project.modules.get(module).and_then(|m| m.functions.get(function))
        else {
            return Vec::new();
        };
        let inside = At { module, scope: function.body };
        let mut found = Vec::new();
        for value in function.returns.iter().take(4) {
            found.extend(self.member(inside, value, rest, depth));
        }
        found
    }

    /// The default of an option: `parser.add_argument("--model", default="…")`.
    fn option(&self, module: usize, wanted: &str) -> Vec<(At, Value)> {
        let mut found = Vec::new();
        for call in self.project.options(module, wanted) {
            let at = At { module, scope: call.scope };
            match (call.keyword("default"), call.keyword("choices")) {
                (Some(value), _) => found.push((at, value.clone())),
                (None, Some(choices)) => found.push((at, choices.clone())),
                (None, None) => {}
            }
        }
        found
    }

    fn dotted(&mut self, at: At, value: &Value, depth: u32) -> String {
        let Some(depth) = self.step(depth) else { return String::new() };
        match value {
            Value::Name(name) => self.dotted_name(at, name, depth),
            Value::Attribute(base, name) => format!("{}.{name}", self.dotted(at, base, depth)),
            Value::Call(index) => {
                let modules = &self.project.modules;
                let call = modules.get(at.module).and_then(|module| module.calls.get(*index));
                let Some(call) = call else { return String::new() };
                let at = At { module: at.module, scope: call.scope };
                format!("{}()", self.dotted(at, &call.callee, depth))
            }
            Value::Item(base, _) => self.dotted(at, base, depth),
            Value::Choice(values) => {
                values.first().map(|value| self.dotted(at, value, depth)).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    fn dotted_name(&mut self, at: At, name: &str, depth: u32) -> String {
        let own = name.starts_with("self.") || name.starts_with("this.");
        let split = name.match_indices('.').nth(usize::from(own)).map(|(at, _)| at);
        let (root, rest) = split.map_or((name, ""), |at| name.split_at(at));
        let mut scope = at.scope;
        if own {
            let class = self.project.modules.get(at.module).and_then(|m| m.class_around(at.scope));
            scope = class.unwrap_or(at.scope);
        }
        for _ in 0..64 {
            for known in [root, root.trim_start_matches("self.")] {
                if let Some(made) = self.made(At { module: at.module, scope }, known, depth) {
                    return format!("{made}{rest}");
                }
            }
            let scopes = self.project.modules.get(at.module).map(|module| &module.scopes);
            match scopes.and_then(|scopes| scopes.get(scope)) {
                Some(here) if here.parent != scope => scope = here.parent,
                _ => break,
            }
        }
        self.imported_name(at.module, name)
    }

    /// What made the object that a name of this scope is bound to.
    fn made(&mut self, at: At, name: &str, depth: u32) -> Option<String> {
        for index in self.project.bindings(at.module, at.scope, name).iter().take(4) {
            let binding = self.project.modules.get(at.module)?.bindings.get(*index)?;
            let read = At { module: at.module, scope: binding.read_in };
            let by_value = match &binding.value {
                Value::Call(_) | Value::Attribute(..) | Value::Choice(_) => {
                    self.dotted(read, &binding.value, depth)
                }
                Value::Name(other) if other != name => self.dotted(read, &binding.value, depth),
                _ => String::new(),
            };
            if !by_value.is_empty() {
                return Some(by_value);
            }
            if let Some(annotation @ Value::Name(_)) = &binding.annotation {
                return Some(format!("{}()", self.dotted(read, annotation, depth)));
            }
        }
        None
    }

    fn imported_name(&self, module: usize, name: &str) -> String {
        for import in self.project.named_imports(module, name) {
            let Some(rest) = name.strip_prefix(import.bound.as_str()) else { continue };
            if rest.is_empty() || rest.starts_with('.') {
                return match &import.item {
                    // What a script's module exports by default has the name that it is given here.
                    Some(item) if item == "default" => {
                        format!("{}.{}{rest}", import.module, import.bound)
                    }
                    Some(item) => format!("{}.{item}{rest}", import.module),
                    None => format!("{}{rest}", import.module),
                };
            }
        }
        name.to_owned()
    }
}

/// The last part of what is called.
pub(crate) fn called(callee: &Value) -> &str {
    match callee {
        Value::Name(name) => name.rsplit('.').next().unwrap_or_default(),
        Value::Attribute(_, name) => name,
        _ => "",
    }
}

/// A value as a placeholder shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Name(name) => name.clone(),
        Value::Attribute(base, name) => format!("{}.{name}", shown(base)),
        Value::Item(base, _) => shown(base),
        _ => String::new(),
    }
}
