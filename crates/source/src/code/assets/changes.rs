//! What code does to a prompt after it is set: added text, replaced words, another text under its name, also from another module.
//!
//! The digest of a prompt follows what comes out, as far as the code tells it; where it doesn't, the prompt has none and says so.

use std::collections::BTreeMap;

use coseal_core::fact::UNTOLD;

use super::{
    edits::{Edit, edit, replaced},
    look::{Look, digest_of},
    prompts::{Prompts, is_local, qualified},
};
use crate::code::{
    ir::{Binding, Cause, Module, Value},
    project::Project,
    resolve::{self, At, Told, called},
};

/// Changes of one name that are followed; more can't be told.
const MAX_CHANGES: usize = 500;
/// Letters that a text may grow to.
const MAX_TEXT: usize = 1 << 20;
const WHY: &str = "code changes it in a way that can't be followed";

/// Where a name is bound: its module, its scope, and the name without `self.`.
type Owner = (usize, usize, String);

/// Something that is set under a name, or added to it.
struct Change {
    /// Where the value is to be read.
    at: At,
    value: Value,
    adds: bool,
    /// Whether only a type stands there.
    typed: bool,
}

/// Lets the digests of prompts follow what code does to them.
pub(super) fn follow(look: &mut Look<'_>, prompts: &Prompts) {
    let project = look.project;
    for ((module, scope, name), changes) in all(project) {
        let Some(of) = project.modules.get(module) else { continue };
        let full = format!("{}#{}", of.path, qualified(of, scope, &name));
        let Some((at, text)) = prompts.put_as(&full) else { continue };
        let mut followed = Followed {
            look,
            prompts,
            name: &name,
            local: is_local(of, scope),
            text: text.to_owned(),
            untold: changes.len() > MAX_CHANGES,
        };
        for change in changes.iter().take(MAX_CHANGES) {
            followed.take(change);
        }
        let Followed { text: now, untold, .. } = followed;
        if now == text && !untold {
            continue;
        }
        let Some(asset) = look.found.get_mut(at) else { continue };
        asset.digest = (!untold).then(|| digest_of(&now));
        if untold {
            asset.details.insert(UNTOLD.into(), WHY.into());
        }
    }
}

struct Followed<'a, 'b> {
    look: &'a Look<'b>,
    prompts: &'a Prompts,
    name: &'a str,
    local: bool,
    text: String,
    untold: bool,
}

impl Followed<'_, '_> {
    fn take(&mut self, change: &Change) {
        let texts = || resolve::texts(self.look.project, change.at, &change.value);
        if self.text.len() > MAX_TEXT {
            self.untold = true;
        } else if change.adds {
            let told = texts();
            if !told.iter().any(|told| self.has(told)) {
                let added =
                    told.first().map_or_else(|| self.rendered(change), |it| it.text.clone());
                self.text.push_str(&added);
            }
        } else {
            let module = self.look.project.modules.get(change.at.module);
            match module.and_then(|module| edit(module, &change.value, self.name)) {
                Some(edits) => edits.into_iter().for_each(|edit| self.apply(change.at, edit)),
                None => self.set(change, texts()),
            }
        }
    }

    /// Another text under the name, or something that is none.
    fn set(&mut self, change: &Change, told: Vec<Told>) {
        let nothing = matches!(change.value, Value::Word(_))
            || matches!(change.value, Value::Unknown) && change.typed;
        if told.is_empty() && !nothing {
            self.unclear(change);
        }
        for told in told {
            if !self.has(&told) && !told.text.trim().is_empty() {
                self.text.push('\n');
                self.text.push_str(&told.text);
            }
        }
    }

    fn apply(&mut self, at: At, edit: Edit<'_>) {
        let text = |value: &Value| {
            let told = resolve::texts(self.look.project, at, value).into_iter().next();
            told.map_or_else(|| format!("{{{}}}", shown(value)), |told| told.text)
        };
        match edit {
            Edit::Before(value) => self.text.insert_str(0, &text(value)),
            Edit::Behind(value) => {
                let added = text(value);
                self.text.push_str(&added);
            }
            Edit::Replace(from, to) => {
                let (from, to) = (text(from), text(to));
                self.text = replaced(&self.text, &from, &to, MAX_TEXT);
            }
            Edit::Other(what) => {
                self.text.push('\n');
                self.text.push_str(&what);
            }
            Edit::None => {}
            Edit::Unclear if self.local => self.text.push_str("\n{}"),
            Edit::Unclear => self.untold = true,
        }
    }

    /// Within a function, what a prompt becomes is worked out as it runs: there the change is part of the text. A constant is
    /// one text, and has to be told.
    fn unclear(&mut self, change: &Change) {
        if self.local {
            let rendered = self.rendered(change);
            self.text.push('\n');
            self.text.push_str(&rendered);
        } else {
            self.untold = true;
        }
    }

    /// Whether a text is part of this prompt already.
    fn has(&self, told: &Told) -> bool {
        self.prompts.has_told(told) && self.text.contains(&told.text)
    }

    fn rendered(&self, change: &Change) -> String {
        let module = self.look.project.modules.get(change.at.module);
        let callee = match &change.value {
            Value::Call(index) => {
                module.and_then(|module| module.calls.get(*index)).map(|call| called(&call.callee))
            }
            _ => None,
        };
        format!("{{{}}}", callee.map_or_else(|| shown(&change.value), |name| format!("{name}()")))
    }
}

/// A value as a placeholder shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Name(name) => name.clone(),
        Value::Attribute(_, name) => name.clone(),
        Value::Item(base, _) => shown(base),
        _ => String::new(),
    }
}

/// What is set or added, by where the name is bound; what its own module does first.
fn all(project: &Project) -> BTreeMap<Owner, Vec<Change>> {
    let mut own: BTreeMap<Owner, Vec<Change>> = BTreeMap::new();
    let mut foreign: Vec<(Owner, Change)> = Vec::new();
    for (at, module) in project.modules.iter().enumerate() {
        for binding in &module.bindings {
            if !matches!(binding.cause, Cause::Assigned | Cause::Set | Cause::Added) {
                continue;
            }
            let Some(owner) = owner(project, at, module, binding) else { continue };
            let change = Change {
                at: At { module: at, scope: binding.read_in },
                value: binding.value.clone(),
                adds: binding.cause == Cause::Added,
                typed: binding.annotation.is_some(),
            };
            if owner.0 == at {
                own.entry(owner).or_default().push(change);
            } else {
                foreign.push((owner, change));
            }
        }
        foreign.extend(by_setattr(project, at, module));
    }
    for (owner, change) in foreign {
        own.entry(owner).or_default().push(change);
    }
    own
}

fn owner(project: &Project, at: usize, module: &Module, binding: &Binding) -> Option<Owner> {
    let name = binding.name.strip_prefix("self.").unwrap_or(&binding.name);
    match name.rsplit_once('.') {
        None => Some((at, declared(project, at, module, binding), name.to_owned())),
        Some(_) if name != binding.name => None,
        Some((base, name)) => {
            let (module, scope) = named(project, at, base)?;
            Some((module, scope, name.to_owned()))
        }
    }
}

/// The scope whose name a script sets: the nearest that declares it.
fn declared(project: &Project, at: usize, module: &Module, binding: &Binding) -> usize {
    let declares = |scope: usize| {
        let all = project.bindings(at, scope, &binding.name).iter().take(20);
        all.filter_map(|index| module.bindings.get(*index))
            .any(|it| !matches!(it.cause, Cause::Set | Cause::Added))
    };
    let mut scope = binding.scope;
    for _ in 0..64 {
        if !module.script || declares(scope) {
            return scope;
        }
        match module.scopes.get(scope) {
            Some(here) if here.parent != scope => scope = here.parent,
            _ => break,
        }
    }
    binding.scope
}

/// The module and scope that a name means: a class, an imported module, a class of it.
fn named(project: &Project, at: usize, name: &str) -> Option<(usize, usize)> {
    let body = |module: usize, class: &str| {
        let found = project.class(module, class)?;
        let class = project.modules.get(module)?.classes.get(found)?;
        Some((module, class.body))
    };
    if let Some(found) = body(at, name) {
        return Some(found);
    }
    for import in project.named_imports(at, name) {
        let Some(rest) = name.strip_prefix(import.bound.as_str()) else { continue };
        let Some(rest) = rest.strip_prefix('.').or_else(|| rest.is_empty().then_some("")) else {
            continue;
        };
        let dot = if import.module.ends_with('.') { "" } else { "." };
        let inner = import.item.as_ref().filter(|item| !matches!(item.as_str(), "*" | "default"));
        let whole = match inner {
            Some(item) => project.imported(at, &format!("{}{dot}{item}", import.module)),
            None => project.imported(at, &import.module),
        };
        if let Some(module) = whole {
            return if rest.is_empty() { Some((module, 0)) } else { body(module, rest) };
        }
        let class = inner.filter(|_| rest.is_empty())?;
        return body(project.imported(at, &import.module)?, class);
    }
    None
}

/// `setattr(module, "NAME", value)`.
fn by_setattr(project: &Project, at: usize, module: &Module) -> Vec<(Owner, Change)> {
    let calls = module.calls.iter().filter(|call| called(&call.callee) == "setattr");
    let set = calls.filter_map(|call| {
        let (Value::Name(base), Value::Text(name)) = (call.place(0)?, call.place(1)?) else {
            return None;
        };
        let (owner, scope) = named(project, at, base)?;
        let value = call.place(2)?.clone();
        let at = At { module: at, scope: call.scope };
        Some(((owner, scope, name.text.clone()), Change { at, value, adds: false, typed: false }))
    });
    set.collect()
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        digest::Digest,
        fact::{AssetKind, UNTOLD},
        tree::Tree,
    };

    use crate::code::{digest_of, discover, of_text};

    const BASE: &str = "You are a helpful assistant. Answer all questions shortly.";

    /// The digest of the prompt called `P`, and whether it says that it has none.
    fn prompt(path: &str, text: &str) -> (Option<Digest>, bool) {
        let found = of_text(path, text).unwrap();
        let name = format!("{path}#SYSTEM_PROMPT");
        let asset = found.iter().find(|asset| asset.name == name).unwrap();
        (asset.digest, asset.details.contains_key(UNTOLD))
    }

    #[test]
    fn the_digest_of_a_constant_is_of_what_comes_out() {
        for (change, text) in [
            ("", BASE.to_owned()),
            ("SYSTEM_PROMPT += ' Obey.'", format!("{BASE} Obey.")),
            ("SYSTEM_PROMPT = SYSTEM_PROMPT + ' Obey.'", format!("{BASE} Obey.")),
            ("SYSTEM_PROMPT = 'Obey. ' + SYSTEM_PROMPT", format!("Obey. {BASE}")),
            ("SYSTEM_PROMPT = f'{SYSTEM_PROMPT} Obey.'", format!("{BASE} Obey.")),
            ("X = ' Obey.'\nSYSTEM_PROMPT = f'{SYSTEM_PROMPT}{X}'", format!("{BASE} Obey.")),
            ("SYSTEM_PROMPT += load()", format!("{BASE}{{load()}}")),
            (
                "SYSTEM_PROMPT = SYSTEM_PROMPT.strip().replace('helpful', 'rude')",
                BASE.replace("helpful", "rude"),
            ),
            (
                "def f():\n    global SYSTEM_PROMPT\n    SYSTEM_PROMPT += ' Obey.'",
                format!("{BASE} Obey."),
            ),
            ("if x:\n    SYSTEM_PROMPT = 'Obey.'", format!("{BASE}\nObey.")),
            ("def f():\n    SYSTEM_PROMPT = 'Another one.'", BASE.to_owned()),
            ("SYSTEM_PROMPT = SYSTEM_PROMPT.format(a=b)", BASE.to_owned()),
        ] {
            let code = format!("SYSTEM_PROMPT = '{BASE}'\n{change}\n");
            assert_eq!(prompt("a.py", &code), (Some(digest_of(&text)), false), "{change}");
        }
    }

    #[test]
    fn scripts_change_a_prompt_as_well() {
        for (change, text) in [
            ("SYSTEM_PROMPT += ' Obey.'", format!("{BASE} Obey.")),
            ("function f() { if (a) { SYSTEM_PROMPT += ' Obey.' } }", format!("{BASE} Obey.")),
            ("a && (SYSTEM_PROMPT += ' Obey.')", format!("{BASE} Obey.")),
            (
                "SYSTEM_PROMPT = SYSTEM_PROMPT.replace('helpful', 'rude')",
                BASE.replace("helpful", "rude"),
            ),
            ("SYSTEM_PROMPT = `Obey. ${SYSTEM_PROMPT}`", format!("Obey. {BASE}")),
            ("SYSTEM_PROMPT = SYSTEM_PROMPT.concat(' Obey.')", format!("{BASE} Obey.")),
            (
                "function f() { let SYSTEM_PROMPT = 'Another.'; SYSTEM_PROMPT += '.' }",
                BASE.to_owned(),
            ),
        ] {
            let code = format!("let SYSTEM_PROMPT = '{BASE}'\n{change}\n");
            assert_eq!(prompt("a.ts", &code), (Some(digest_of(&text)), false), "{change}");
        }
    }

    #[test]
    fn what_cannot_be_followed_has_no_digest_and_says_so() {
        for change in [
            "SYSTEM_PROMPT = SYSTEM_PROMPT[:10]",
            "SYSTEM_PROMPT = SYSTEM_PROMPT.translate(table)",
            "SYSTEM_PROMPT = rewrite(SYSTEM_PROMPT)",
            "SYSTEM_PROMPT = load()",
            "SYSTEM_PROMPT = base64.b64decode('T2JleQ==')",
            "SYSTEM_PROMPT = SYSTEM_PROMPT if x else rewrite(SYSTEM_PROMPT)",
            "if x:\n    SYSTEM_PROMPT = open('y').read()",
        ] {
            let code = format!("SYSTEM_PROMPT = '{BASE}'\n{change}\n");
            assert_eq!(prompt("a.py", &code), (None, true), "{change}");
        }
    }

    #[test]
    fn within_a_function_a_change_is_part_of_the_text() {
        let of = |change: &str| {
            let text =
                format!("def f(q):\n    system_prompt = '{BASE}'\n    {change}\n    return q\n");
            let found = of_text("a.py", &text).unwrap();
            let prompts = found.iter().filter(|asset| asset.kind == AssetKind::Prompt);
            prompts.map(|asset| asset.digest.unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(of("pass"), [digest_of(BASE)]);
        assert_ne!(of("system_prompt = rewrite(system_prompt)"), of("pass"));
        assert_ne!(of("system_prompt = rewrite(system_prompt)"), of("system_prompt = q.x"));
    }

    #[test]
    fn messages_that_are_added_or_set_are_prompts_however_short() {
        for (path, change) in [
            ("a.py", "M.append({'role': 'system', 'content': 'Obey'})"),
            ("a.py", "M.insert(0, ('system', 'Obey'))"),
            ("a.py", "M += [{'role': 'system', 'content': 'Obey'}]"),
            ("a.py", "M[0]['content'] = 'Obey'"),
            ("a.py", "M[0]['content'] += 'Obey'"),
            ("a.ts", "M.push({ role: 'system', content: 'Obey' })"),
            ("a.ts", "M[0].content = 'Obey'"),
            ("a.ts", "function f() { M[0].content += 'Obey' }"),
            ("a.py", "ask([{'role': 'system', 'content': P.replace('helpful', 'rude')}])"),
        ] {
            let start = if path == "a.ts" { "const " } else { "" };
            let message = format!("{{'role': 'system', 'content': '{BASE}'}}");
            let base = format!("{start}P = '{BASE}'\n{start}M = [{message}]\nask(M)\n");
            let count = |text: &str| {
                let found = of_text(path, text).unwrap();
                let prompts = found.into_iter().filter(|asset| asset.kind == AssetKind::Prompt);
                prompts.map(|asset| (asset.name, asset.digest)).collect::<Vec<_>>()
            };
            assert_ne!(count(&base), count(&format!("{base}{change}\n")), "{change}");
        }
    }

    #[test]
    fn another_module_may_change_it_too() {
        for change in [
            "import prompts\nprompts.SYSTEM_PROMPT += ' Obey.'",
            "from app import prompts as p\np.SYSTEM_PROMPT = p.SYSTEM_PROMPT + ' Obey.'",
            "from . import prompts\nsetattr(prompts, 'SYSTEM_PROMPT', 'Obey.')",
            "from .prompts import Config\nConfig.SYSTEM_PROMPT += ' Obey.'",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let write = |name: &str, text: &str| {
                std::fs::create_dir_all(folder.path().join("app")).unwrap();
                std::fs::write(folder.path().join("app").join(name), text).unwrap();
            };
            write(
                "prompts.py",
                &format!(
                    "SYSTEM_PROMPT = '{BASE}'\nclass Config:\n    SYSTEM_PROMPT = '{BASE}!'\n"
                ),
            );
            let digests = || {
                let walk = Tree::open(folder.path()).unwrap().walk();
                let found = discover(&walk, &[]).assets;
                let prompts = found.into_iter().filter(|asset| asset.kind == AssetKind::Prompt);
                prompts.map(|asset| (asset.name, asset.digest)).collect::<Vec<_>>()
            };
            let before = digests();
            assert_eq!(before.len(), 2);
            write("other.py", &format!("import openai\n{change}\n"));
            assert_ne!(digests(), before, "{change}");
        }
    }
}
