//! From the text of a register to what it registers, or to what is wrong with it.

use std::collections::BTreeMap;

use super::types::{LockFile, schema};
use crate::{
    fact::{LockFact, Locked},
    system::{Location, Parsed, Problem, Spans, parse, settle, shape::compare},
};

/// Bytes that a register may have.
pub const MAX_LOCK: u64 = 1 << 20;
/// Characters that a name or location may have.
const MAX_TEXT: usize = 1_000;
/// What a place in code begins with.
const IN_CODE: &str = "code:";

/// Reads the text of a register. It has entries, or a problem: a register that is wrong in one place is not believed in another.
#[must_use]
pub fn read(text: &str) -> LockFact {
    if text.len() as u64 > MAX_LOCK {
        let problem = Some(format!("it is larger than {MAX_LOCK} bytes"));
        return LockFact { present: true, problem, entries: Vec::new() };
    }
    let Parsed { value, spans, mut problems } = parse(text);
    let mut entries = Vec::new();
    if problems.is_empty() {
        drop(compare(&value, schema(), &spans, &mut problems));
    }
    if problems.is_empty() {
        match serde_json::from_value::<LockFile>(value) {
            Ok(file) => {
                validate(&file.asset, &spans, &mut problems);
                entries = file.asset;
            }
            Err(_) => problems.push(Problem::error(
                "wrong-value",
                1,
                0..0,
                "a value does not fit",
                "write it anew with `coseal assets lock`",
            )),
        }
    }
    settle(&mut problems);
    entries.sort();
    match problems.first() {
        None => LockFact { present: true, problem: None, entries },
        Some(first) => {
            LockFact { present: true, problem: Some(told(first, problems.len())), entries: vec![] }
        }
    }
}

fn told(problem: &Problem, all: usize) -> String {
    let more = if all > 1 { format!(" (and {} more)", all - 1) } else { String::new() };
    format!("line {}: {}{more}; {}", problem.line, problem.message, problem.hint)
}

/// Looks at what the types can't say: places that can be, each once.
fn validate(entries: &[Locked], spans: &Spans, problems: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    let mut wrong = |path: &str, message: &str, hint: &str| {
        let span = spans.value(path);
        let line = spans.line_at(span.start);
        problems.push(Problem::error("wrong-value", line, span, message, hint));
    };
    for (index, entry) in entries.iter().enumerate() {
        if !is_text(&entry.name) {
            wrong(
                &format!("asset.{index}.name"),
                "a name is a line of text",
                "write the register anew with `coseal assets lock`",
            );
        }
        if !is_place(&entry.location) {
            wrong(
                &format!("asset.{index}.location"),
                "this is no place that bytes can be at",
                "it is path:… below this folder, code:PATH#NAME, or a location of the system file that has bytes",
            );
        }
        if seen.insert(entry.key(), index).is_some() {
            wrong(
                &format!("asset.{index}.location"),
                "this place is registered twice for the same kind",
                "keep the entry that is right; a merge may have left both",
            );
        }
    }
}

fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_TEXT && !text.contains(char::is_control)
}

fn is_place(location: &str) -> bool {
    if !is_text(location) {
        return false;
    }
    if let Some(in_code) = location.strip_prefix(IN_CODE) {
        return in_code.split_once('#').is_some_and(|(path, name)| {
            !name.is_empty() && format!("path:{path}").parse::<Location>().is_ok()
        });
    }
    location.parse::<Location>().is_ok_and(|location| location.has_bytes())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::fact::AssetKind;

    const GOOD: &str = r#"schema = 1

[[asset]]
kind = "model"
name = "model.intent"
location = "path:models/intent.safetensors"
digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111"
size = 12

[[asset]]
kind = "prompt"
name = "app/ask.py#SYSTEM"
location = "code:app/ask.py#SYSTEM"
digest = "sha256:2222222222222222222222222222222222222222222222222222222222222222"
"#;

    fn problem(text: &str) -> String {
        let lock = read(text);
        assert!(lock.present && lock.entries.is_empty(), "{lock:?}");
        lock.problem.unwrap()
    }

    #[test]
    fn what_it_registers_is_found_by_kind_and_place() {
        let lock = read(GOOD);
        assert_eq!(lock.problem, None);
        let model = lock.entry(AssetKind::Model, "path:models/intent.safetensors").unwrap();
        assert_eq!((model.name.as_str(), model.size), ("model.intent", Some(12)));
        assert!(lock.entry(AssetKind::Dataset, "path:models/intent.safetensors").is_none());
        assert_eq!(read("schema = 1\n").entries, []);
    }

    #[test]
    fn each_slip_names_its_line() {
        let of = |from: &str, to: &str| problem(&GOOD.replacen(from, to, 1));
        for (from, to, expected) in [
            ("size = 12", "sise = 12", "line 8: "),
            ("schema = 1", "schema = 2", "line 1: "),
            ("\"model\"", "\"modal\"", "line 4: "),
            ("size = 12", "size = -1", "line 8: "),
            ("size = 12", "size = 9223372036854775808", "line 8: "),
            ("path:models", "path:../models", "line 6: "),
            ("path:models", "api:models", "line 6: this is no place"),
            ("code:app/ask.py#SYSTEM", "code:/app/ask.py#SYSTEM", "line 13: this is no place"),
            ("code:app/ask.py#SYSTEM", "code:app/ask.py", "line 13: this is no place"),
            ("model.intent", "a\\tb", "line 5: a name is"),
            ("sha256:1111", "sha256:111", "line 7: "),
            ("[[asset]]", "<<<<<<< HEAD\n[[asset]]", "line 3: "),
        ] {
            let told = of(from, to);
            assert!(told.starts_with(expected), "{to}: {told}");
        }
    }

    #[test]
    fn the_same_place_twice_is_refused_as_a_merge_leaves_it() {
        let twice = format!("{GOOD}\n{}", GOOD.split_once("\n\n").unwrap().1);
        assert!(problem(&twice).starts_with("line 19: this place is registered twice"));
    }

    #[test]
    fn a_register_without_end_is_refused() {
        assert_eq!(problem(&"#".repeat(2 << 20)), "it is larger than 1048576 bytes");
    }
}
