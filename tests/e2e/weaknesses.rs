//! Each weakness that an example's README names: put right, it turns its check and exactly those others that the README names.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;

use crate::harness::{check, copy_of, example, root, states};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weakness: Vec<Weakness>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weakness {
    id: String,
    check: String,
    before: String,
    after: String,
    #[serde(default)]
    also: Vec<Turn>,
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    check: String,
    before: String,
    after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: Option<String>,
    replace: Option<String>,
    copy: Option<String>,
    #[serde(default)]
    delete: bool,
}

#[test]
fn support_bot() {
    put_right("support-bot");
}

#[test]
fn fraud_classifier() {
    put_right("fraud-classifier");
}

fn put_right(name: &str) {
    let text = fs::read_to_string(root().join(format!("tests/weaknesses/{name}.toml"))).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    assert!(file.weakness.len() >= 7, "{name} names {} weaknesses", file.weakness.len());
    let before = states(&check(&example(name)));
    let mut wrong = Vec::new();
    for weakness in &file.weakness {
        let folder = copy_of(name);
        for edit in &weakness.edit {
            apply(folder.path(), edit, &weakness.id);
        }
        let after = states(&check(folder.path()));
        let turned: BTreeMap<&str, (&str, &str)> = before
            .iter()
            .filter(|(check, state)| after[*check] != **state)
            .map(|(check, state)| (check.as_str(), (state.as_str(), after[check].as_str())))
            .collect();
        let mut expected = BTreeMap::from([(
            weakness.check.as_str(),
            (weakness.before.as_str(), weakness.after.as_str()),
        )]);
        expected.extend(
            weakness
                .also
                .iter()
                .map(|turn| (turn.check.as_str(), (turn.before.as_str(), turn.after.as_str()))),
        );
        if turned != expected {
            wrong.push(format!("{}: turned {turned:?}, named {expected:?}", weakness.id));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    readme_agrees(name, &file);
}

/// The README's table and the test's file name the same weaknesses, checks and side effects.
fn readme_agrees(name: &str, file: &File) {
    let readme = fs::read_to_string(example(name).join("README.md")).unwrap();
    let rows: Vec<Vec<String>> = readme
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| {
            line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()
        })
        .collect();
    for weakness in &file.weakness {
        let row = rows
            .iter()
            .find(|row| row[0] == weakness.id)
            .unwrap_or_else(|| panic!("{name}: README lacks {}", weakness.id));
        assert_eq!(row[2], weakness.check, "{}", weakness.id);
        assert_eq!(row[3], weakness.before, "{}", weakness.id);
        let also: Vec<_> = weakness.also.iter().map(|turn| turn.check.as_str()).collect();
        let named =
            if row[4] == "—" { Vec::new() } else { row[4].split(',').map(str::trim).collect() };
        assert_eq!(named, also, "{}", weakness.id);
    }
}

fn apply(folder: &std::path::Path, edit: &Edit, weakness: &str) {
    let path = folder.join(&edit.file);
    if edit.delete {
        fs::remove_file(path).unwrap();
    } else if let Some(copy) = &edit.copy {
        fs::copy(root().join("tests/weaknesses").join(copy), path).unwrap();
    } else {
        let text = fs::read_to_string(&path).unwrap();
        let find = edit.find.as_deref().unwrap();
        assert_eq!(
            text.matches(find).count(),
            1,
            "{weakness}: {} does not hold once: {find}",
            edit.file
        );
        fs::write(path, text.replace(find, edit.replace.as_deref().unwrap())).unwrap();
    }
}
