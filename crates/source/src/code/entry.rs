//! What is deployed by name: words of Dockerfiles, commands of services, entry points of packages.

use std::collections::BTreeSet;

use coseal_core::tree::{Walk, read_text};

use super::assets::is_optional;
use crate::node::{Node, json, toml, yaml};

/// Words that are kept.
const MAX_WORDS: usize = 20_000;
/// Files that are read.
const MAX_FILES: usize = 2_000;
/// Levels of configuration in which commands are looked for, and pairs of one level.
const MAX_DEPTH: u32 = 12;
const MAX_PAIRS: usize = 2_000;
/// Scripts of a package by which it runs.
const STARTS: [&str; 5] = ["start", "serve", "prod", "production", "start:prod"];

/// What a file is that names what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Dockerfile,
    Lines,
    Yaml,
    Package,
    Project,
}

/// Whether a file may name what runs.
pub(super) fn is_read(path: &str) -> bool {
    form(path).is_some()
}

fn form(path: &str) -> Option<Form> {
    let file = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    // What checks code in CI, and what examples say of themselves, is not what runs.
    if is_optional(path) || path.starts_with(".github/") || file.starts_with(".gitlab-ci") {
        return None;
    }
    let docker = ["dockerfile", "containerfile"].iter().any(|name| file.contains(name));
    match file.as_str() {
        _ if docker => Some(Form::Dockerfile),
        "procfile" | "setup.cfg" => Some(Form::Lines),
        "package.json" => Some(Form::Package),
        "pyproject.toml" => Some(Form::Project),
        _ if file.ends_with(".yml") || file.ends_with(".yaml") => Some(Form::Yaml),
        _ => None,
    }
}

/// Words that may name a file or folder that runs, paths relative to the root.
pub(super) fn words(walk: &Walk) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let files = walk.files.iter().filter_map(|file| Some((file, form(&file.name)?)));
    for (file, form) in files.take(MAX_FILES) {
        // What can't be read is a gap of the reader that it belongs to.
        let Ok(text) = read_text(&file.path) else { continue };
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for word in in_text(form, &text) {
            let word = word.trim_start_matches("./").trim_end_matches('/');
            if word.is_empty() || word == "." || found.len() >= MAX_WORDS {
                continue;
            }
            if !folder.is_empty() {
                found.insert(format!("{folder}/{word}"));
            }
            found.insert(word.to_owned());
        }
    }
    found
}

fn in_text(form: Form, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    match form {
        Form::Dockerfile => dockerfile(text, &mut found),
        Form::Lines => text.lines().for_each(|line| split(line, &mut found)),
        Form::Yaml => {
            if ["command", "args", "entrypoint"].iter().any(|key| text.contains(key)) {
                yaml(text).documents.iter().for_each(|it| commands(it, 0, &mut found));
            }
        }
        Form::Package => json(text).documents.iter().for_each(|it| package(it, &mut found)),
        Form::Project => toml(text).documents.iter().for_each(|it| project(it, &mut found)),
    }
    found
}

/// What is copied, started or run at the start; a line goes on behind a `\`.
fn dockerfile(text: &str, found: &mut Vec<String>) {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    for line in joined.lines() {
        let line = line.trim_start();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if matches!(word.to_ascii_uppercase().as_str(), "COPY" | "ADD" | "CMD" | "ENTRYPOINT") {
            split(rest, found);
        }
    }
}

fn commands(node: &Node, depth: u32, found: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    for pair in node.pairs().iter().take(MAX_PAIRS) {
        if matches!(&*pair.key, "command" | "args" | "entrypoint") {
            pair.node.words().iter().for_each(|(_, words)| split(words, found));
        }
        commands(&pair.node, depth + 1, found);
    }
    for item in node.items().iter().take(MAX_PAIRS) {
        commands(item, depth + 1, found);
    }
}

fn package(node: &Node, found: &mut Vec<String>) {
    for key in ["main", "module", "browser", "bin", "exports"] {
        node.get(key).into_iter().for_each(|node| texts(node, 0, found));
    }
    for start in STARTS {
        split(node.text_at(&["scripts", start]).unwrap_or_default(), found);
    }
}

fn project(node: &Node, found: &mut Vec<String>) {
    for keys in [
        ["project", "scripts"].as_slice(),
        &["project", "gui-scripts"],
        &["project", "entry-points"],
        &["tool", "poetry", "scripts"],
    ] {
        node.at(keys).into_iter().for_each(|node| texts(node, 0, found));
    }
}

fn texts(node: &Node, depth: u32, found: &mut Vec<String>) {
    if depth > 4 {
        return;
    }
    split(node.text().unwrap_or_default(), found);
    node.pairs().iter().take(MAX_PAIRS).for_each(|pair| texts(&pair.node, depth + 1, found));
    node.items().iter().take(MAX_PAIRS).for_each(|item| texts(item, depth + 1, found));
}

/// Words of a command; a list in brackets is one too.
fn split(text: &str, found: &mut Vec<String>) {
    let marks = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']' | ',' | '=');
    let words = text.split(marks).filter(|word| !word.is_empty() && word.len() <= 300);
    found.extend(words.take(200).map(str::to_owned));
}
