//! Prompts in tables and settings: dictionaries of texts, keys that say prompt, and texts that open as only prompts do.

use super::{
    look::Look,
    prompt_text::{is_instruction, is_text, opens_as_prompt, opens_long, role_of, says_prompt},
    prompts::{
        Prompts, file_says_prompt, in_texts, is_aside, is_local, is_part, qualified, values,
    },
};
use crate::code::{
    ir::{Binding, Cause, Module, Value},
    known::prompts::{KEYS, NOT_NAMES, SHOWN_BY},
    resolve::{self, At, Told, called},
};
use coseal_core::fact::Method;

/// Letters of the shortest text that counts in a table, and by how it opens.
const LEAST: usize = 40;
/// Texts of a table up to which they are variants of one prompt.
const VARIANTS: usize = 3;
/// Texts looked at of one table.
const MOST: usize = 60;
/// Dictionaries in one list beyond this many are records.
const RECORDS: usize = 6;
const DEEPEST: u32 = 10;

/// What the tables of a module hold, and what of its other texts opens as a prompt. What was put down before is left.
pub(super) fn in_module(prompts: &mut Prompts, look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    if is_aside(module) {
        return;
    }
    for binding in module.bindings.iter().filter(|binding| is_table(module, binding)) {
        table(prompts, look, at, module, binding);
    }
    for (scope, value, _) in values(module) {
        keys(prompts, look, At { module: at, scope }, value, 0);
    }
    openings(prompts, look, at, module);
}

fn is_table(module: &Module, binding: &Binding) -> bool {
    let named = says_prompt(&binding.name) || file_says_prompt(module) && binding.scope == 0;
    named
        && binding.cause == Cause::Assigned
        && matches!(binding.value, Value::Dict(_) | Value::List(_))
}

/// A few texts of one name are one prompt; of many each is one.
fn table(prompts: &mut Prompts, look: &mut Look<'_>, at: usize, module: &Module, of: &Binding) {
    let mut told = Vec::new();
    let here = At { module: at, scope: of.read_in };
    leaves(look, here, &of.value, "", &mut told, 0);
    told.retain(|(_, text)| {
        text.module == at && is_text(&text.text, LEAST) && !prompts.is_told(at, text.line)
    });
    let name = qualified(module, of.scope, &of.name);
    let each = told.len() > VARIANTS && told.iter().all(|(_, text)| is_instruction(&text.text));
    if each {
        for (key, text) in told {
            let role = role_of(&key).or_else(|| role_of(&name));
            prompts.put(look, &text, &format!("{name}.{key}"), role, Method::Definition);
        }
        return;
    }
    // Names of settings, and what a page suggests to ask, are lists of short texts.
    let list = matches!(of.value, Value::List(_));
    let instructs = |text: &str| is_instruction(text) || opens_as_prompt(text);
    if list && !told.iter().any(|(_, text)| instructs(&text.text)) {
        return;
    }
    let all: Vec<&str> = told.iter().map(|(_, text)| text.text.as_str()).collect();
    let Some((_, first)) = told.first() else { return };
    let whole = Told { text: all.join("\n"), ..first.clone() };
    prompts.put(look, &whole, &name, role_of(&name), Method::Definition);
    for (_, text) in told.iter().skip(1) {
        prompts.told_with(at, text.line);
        look.also_at(text);
    }
}

/// The texts in a table, each with the keys that lead to it.
fn leaves(
    look: &Look<'_>,
    at: At,
    value: &Value,
    key: &str,
    told: &mut Vec<(String, Told)>,
    depth: u32,
) {
    if depth > DEEPEST || told.len() >= MOST {
        return;
    }
    let below = |part: &str| if key.is_empty() { part.to_owned() } else { format!("{key}.{part}") };
    match value {
        Value::Dict(items) => {
            for (part, value) in items {
                let part = part.text().unwrap_or("text");
                leaves(look, at, value, &below(part), told, depth + 1);
            }
        }
        Value::List(values) => {
            for (number, value) in values.iter().enumerate() {
                leaves(look, at, value, &below(&number.to_string()), told, depth + 1);
            }
        }
        value => {
            let text = resolve::texts(look.project, at, value).into_iter().next();
            told.extend(text.map(|text| (key.to_owned(), text)));
        }
    }
}

/// `{"system_prompt": …}` wherever it stands.
fn keys(prompts: &mut Prompts, look: &mut Look<'_>, at: At, value: &Value, depth: u32) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Dict(items) => {
            for (key, inner) in items {
                let key = key.text().unwrap_or_default();
                let name = !key.contains(['/', ' ', '.']);
                if KEYS.contains(&key) || name && says_prompt(key) {
                    under_key(prompts, look, at, key, inner);
                }
                keys(prompts, look, at, inner, depth + 1);
            }
        }
        Value::List(values) if values.len() <= RECORDS => {
            for inner in values {
                keys(prompts, look, at, inner, depth + 1);
            }
        }
        Value::Choice(values) => {
            for inner in values {
                keys(prompts, look, at, inner, depth + 1);
            }
        }
        _ => {}
    }
}

fn under_key(prompts: &mut Prompts, look: &mut Look<'_>, at: At, key: &str, value: &Value) {
    if !matches!(value, Value::Text(_) | Value::Join(_) | Value::Choice(_) | Value::Call(_)) {
        return;
    }
    let role = role_of(key);
    let module = look.project.modules.get(at.module);
    let name = module.map(|module| qualified(module, at.scope, key)).unwrap_or_default();
    for told in resolve::texts(look.project, at, value).into_iter().take(4) {
        // What is only called a prompt may be what somebody asks.
        let instructs = !matches!(key, "prompt" | "prompts") && is_instruction(&told.text);
        let counts = role.is_some() || instructs || opens_as_prompt(&told.text);
        let here = told.module == at.module && !told.choice;
        if here && counts && is_text(&told.text, LEAST) {
            prompts.put(look, &told, &name, role, Method::Definition);
        }
    }
}

/// Texts that open as only prompts do, whatever they are called.
fn openings(prompts: &mut Prompts, look: &mut Look<'_>, at: usize, module: &Module) {
    let (project, in_texts) = (look.project, in_texts(module));
    let part = |of: &Binding| is_local(module, of.scope) && is_part(project, at, of, &in_texts);
    for binding in module.bindings.iter().filter(|binding| !part(binding)) {
        let name = qualified(module, binding.scope, &binding.name);
        let read = At { module: at, scope: binding.read_in };
        if !is_local(module, binding.scope)
            && matches!(binding.value, Value::Text(_) | Value::Join(_))
        {
            constant(prompts, look, read, &binding.value, &name);
        }
        opening(prompts, look, read, &binding.value, &name, 0);
    }
    for call in module.calls.iter().filter(|call| !SHOWN_BY.contains(&called(&call.callee))) {
        let name = qualified(module, call.scope, called(&call.callee));
        for argument in &call.arguments {
            let read = At { module: at, scope: call.scope };
            opening(prompts, look, read, &argument.value, &name, 0);
        }
    }
    for function in &module.functions {
        let name = qualified(module, function.scope, &function.name);
        for value in &function.returns {
            opening(prompts, look, At { module: at, scope: function.body }, value, &name, 0);
        }
    }
}

/// Whether the first words of a text do; following names is left for those of which they do.
fn starts_as(value: &Value, opens: fn(&str) -> bool) -> bool {
    match value {
        Value::Text(text) => opens(&text.text),
        // The first part of a text that is put together may be too short to tell.
        Value::Join(parts) => match parts.first() {
            Some(Value::Text(text)) => text.text.trim().len() < 30 || opens(&text.text),
            _ => false,
        },
        _ => false,
    }
}

/// A long constant that instructs, unless its name says that it is something else.
fn constant(prompts: &mut Prompts, look: &mut Look<'_>, at: At, value: &Value, name: &str) {
    let lower = name.to_lowercase();
    if NOT_NAMES.iter().any(|part| lower.contains(part)) {
        return;
    }
    if !starts_as(value, opens_long) {
        return;
    }
    let told = resolve::texts(look.project, at, value).into_iter().next();
    let Some(told) = told.filter(|told| told.module == at.module) else { return };
    if opens_long(&told.text) && is_text(&told.text, LEAST) {
        prompts.put(look, &told, name, None, Method::Definition);
    }
}

fn opening(
    prompts: &mut Prompts,
    look: &mut Look<'_>,
    at: At,
    value: &Value,
    name: &str,
    depth: u32,
) {
    match value {
        Value::Text(_) | Value::Join(_) if starts_as(value, opens_as_prompt) => {
            let told = resolve::texts(look.project, at, value).into_iter().next();
            let Some(told) = told.filter(|told| told.module == at.module) else { return };
            if opens_as_prompt(&told.text) && is_text(&told.text, LEAST) {
                prompts.put(look, &told, name, Some("system"), Method::Definition);
            }
        }
        Value::Dict(items) if depth < DEEPEST => {
            for (_, inner) in items {
                opening(prompts, look, at, inner, name, depth + 1);
            }
        }
        // More than a few records are data.
        Value::List(values)
            if values.len() > VARIANTS
                && values.iter().all(|one| matches!(one, Value::Dict(_))) => {}
        Value::List(values) if depth < DEEPEST && values.len() <= MOST => {
            for inner in values {
                opening(prompts, look, at, inner, name, depth + 1);
            }
        }
        Value::Choice(values) if depth < DEEPEST => {
            for inner in values {
                opening(prompts, look, at, inner, name, depth + 1);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind;

    use crate::code::of_text;

    fn prompts(path: &str, text: &str) -> Vec<String> {
        let found = of_text(path, text).unwrap();
        let prompts = found.into_iter().filter(|asset| asset.kind == AssetKind::Prompt);
        prompts.map(|asset| asset.name.split_once('#').unwrap().1.to_owned()).collect()
    }

    #[test]
    fn a_table_of_variants_is_one_prompt_and_a_long_one_is_several() {
        let few = "PROMPT_DICT = {\n 'with': 'Below stands a task of the shop. Do it.\\n{task}',\n 'without': 'Do what the shop asks of you now, please.'}\n";
        assert_eq!(prompts("a.py", few), ["PROMPT_DICT"]);
        let long =
            "Name the goods, and the price of each of them, as they stand in the list. ".repeat(4);
        let many: String = (0..5).map(|n| format!("'k{n}': '{long}',\n")).collect();
        let many = format!("PROMPTS = {{\n{many}}}\n");
        assert_eq!(prompts("a.py", &many).len(), 5);
    }

    #[test]
    fn keys_and_openings_tell_a_prompt() {
        let nested = "export const desk = { agent: { systemPrompt: `Answer each customer of the shop in two sentences.` }, label: 'Ask about the goods of the shop and their price' }\n";
        assert_eq!(prompts("a.ts", nested), ["systemPrompt"]);
        let opens = "def ask(q):\n    text = f'You are a clerk of a small shop by the sea. {q}'\n    return go(text)\nprint('You are a clerk of a small shop by the sea, or not.')\n";
        assert_eq!(prompts("a.py", opens), ["ask.text"]);
    }

    #[test]
    fn messages_are_read_in_every_form() {
        for text in [
            "m = [{ type: 'system', content: 'Speak as a sailor does, and be brief.' }]",
            "ask({ system: [{ type: 'text', text: 'Speak as a sailor does, and be brief.' }] })",
            "m = [{ role: 'system', content: [{ type: 'text', text: 'Speak as a sailor does, and be brief.' }] }]",
            "m = [{ role: 'system', parts: [{ text: 'Speak as a sailor does, and be brief.' }] }]",
        ] {
            assert_eq!(prompts("a.ts", text).len(), 1, "{text}");
        }
    }
}
