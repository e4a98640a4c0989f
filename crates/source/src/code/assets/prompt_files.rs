//! Prompts that code takes from elsewhere: files that it reads, and prompts of a hub.

use coseal_core::{
    fact::{AssetKind, Method, Pin},
    finding::Confidence,
};

use super::{
    look::{Look, New},
    prompt_text::says_prompt,
};
use crate::code::{
    ir::{Call, Value},
    known::prompts::{FILES, HUB_CALLS, NOT_FILES, TEMPLATES},
    resolve::{self, At, called},
};

/// How deep a name of a file may stand in a value.
const DEEPEST: u32 = 6;

/// The files that a module reads as prompts: their names say so, or that of what they are bound to, or of what reads them.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    for binding in &module.bindings {
        let says = says_prompt(&binding.name);
        let line = binding.line;
        names(look, At { module: at, scope: binding.read_in }, &binding.value, says, line, 0);
    }
    for call in &module.calls {
        let says = says_prompt(called(&call.callee));
        for argument in &call.arguments {
            let says = says || argument.name.as_deref().is_some_and(says_prompt);
            let read = At { module: at, scope: call.scope };
            names(look, read, &argument.value, says, call.line, 0);
        }
    }
}

fn names(look: &mut Look<'_>, at: At, value: &Value, says: bool, line: u32, depth: u32) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Text(text) => file(look, at.module, &text.text, says, text.line),
        Value::Join(parts) => {
            let told = resolve::texts(look.project, at, value);
            for told in told.iter().filter(|told| told.whole).take(2) {
                file(look, at.module, &told.text, says, line);
            }
            // Of a path below a folder that is not known its end is enough.
            if let Some(Value::Text(end)) = parts.last().filter(|_| !told.iter().any(|t| t.whole)) {
                file(look, at.module, end.text.trim_start_matches('/'), says, line);
            }
        }
        // What a call that is bound to a prompt's name reads: `(HERE / "system.txt").read_text()`.
        Value::Call(index) if says => {
            let project = look.project;
            let module = project.modules.get(at.module);
            let Some(call) = module.and_then(|module| module.calls.get(*index)) else { return };
            for argument in &call.arguments {
                names(look, at, &argument.value, says, line, depth + 1);
            }
            if let Value::Attribute(base, _) = &call.callee {
                names(look, at, base, says, line, depth + 1);
            }
        }
        Value::Choice(values) | Value::List(values) if values.len() <= 20 => {
            for inner in values {
                names(look, at, inner, says, line, depth + 1);
            }
        }
        Value::Dict(items) if items.len() <= 40 => {
            for (key, inner) in items {
                let says = says || key.text().is_some_and(says_prompt);
                names(look, at, inner, says, line, depth + 1);
            }
        }
        _ => {}
    }
}

fn file(look: &mut Look<'_>, module: usize, text: &str, says: bool, line: u32) {
    let fits = text.len() <= 200 && !text.contains(['\n', ' ', '{']) && !text.contains("://");
    let Some((stem, suffix)) = text.rsplit_once('.').filter(|_| fits) else { return };
    let of_text = FILES.contains(&suffix) && (says || says_prompt(stem));
    let template = TEMPLATES.contains(&suffix) && !NOT_FILES.iter().any(|end| stem.ends_with(end));
    if !of_text && !template {
        return;
    }
    let Some(path) = look.file(module, text).or_else(|| ending(look, text)) else { return };
    let (method, confidence) = (Method::Call, Confidence::High);
    let location = Some(format!("path:{path}"));
    look.put(
        New { location, method, confidence, ..New::called(AssetKind::Prompt, &path) },
        module,
        line,
    );
}

/// The only file of the folder whose path ends so.
fn ending(look: &Look<'_>, text: &str) -> Option<String> {
    let end = format!("/{}", text.trim_start_matches("./").trim_start_matches("../"));
    let mut found = look.files.iter().filter(|path| path.ends_with(&end));
    let first = found.next()?;
    found.next().is_none().then(|| (*first).to_owned())
}

/// A prompt that is fetched by its name: `hub.pull("owner/name:commit")`.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let Some((_, names, site)) = HUB_CALLS.iter().find(|(pattern, _, _)| pattern.fits(name)) else {
        return;
    };
    for told in look.argument(module, call, names).into_iter().filter(|told| told.whole).take(4) {
        let (name, commit) = told.text.split_once(':').unwrap_or((&told.text, ""));
        let plain = !name.is_empty() && name.len() <= 120 && !name.contains([' ', '\n', '{']);
        if !plain {
            continue;
        }
        let location = (!site.is_empty()).then(|| format!("{site}{name}"));
        let pin = if commit.len() >= 8 { Pin::Snapshot } else { Pin::Alias };
        look.put(New { location, pin, ..New::called(AssetKind::Prompt, name) }, module, call.line);
        look.also_at(&told);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use coseal_core::fact::AssetKind;

    use crate::code::{assets, project::Project, read};

    fn prompts(text: &str, files: &[&str]) -> Vec<String> {
        let project = Project::new(vec![read::one("app/a.py", text).unwrap()]);
        let (files, hosted) = (files.iter().copied().collect::<BTreeSet<_>>(), BTreeMap::new());
        let mut look = assets::Look {
            project: &project,
            files: &files,
            hosted: &hosted,
            running: &BTreeSet::new(),
            found: Vec::new(),
        };
        assets::assets(&mut look);
        let found = look.found.into_iter().filter(|asset| asset.kind == AssetKind::Prompt);
        found.map(|asset| asset.name).collect()
    }

    #[test]
    fn files_that_are_read_as_prompts() {
        let files =
            ["app/base.txt", "app/data.txt", "templates/answer.j2", "templates/unit.yaml.j2"];
        for (text, wanted) in [
            ("system_prompt = open('base.txt').read()", "app/base.txt"),
            ("system_prompt = (Path(__file__).parent / 'base.txt').read_text()", "app/base.txt"),
            ("x = load_prompt('base.txt')", "app/base.txt"),
            ("x = env.get_template('answer.j2')", "templates/answer.j2"),
        ] {
            assert_eq!(prompts(text, &files), [wanted], "{text}");
        }
        for text in ["rows = open('data.txt').read()", "x = env.get_template('unit.yaml.j2')"] {
            assert!(prompts(text, &files).is_empty(), "{text}");
        }
    }

    #[test]
    fn prompts_of_a_hub_are_told_by_name() {
        let text = "from langchain import hub\nhub.pull('shop/answers')\nhub.pull(name)\n";
        assert_eq!(prompts(text, &[]), ["shop/answers"]);
    }
}
