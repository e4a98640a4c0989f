//! Code in the folder that a loader, a server or Python itself runs.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    keys::Modules,
    python::Source,
    rules::{ACTS, CODE, ELSEWHERE},
};
use crate::{
    artefact::{format::Input, report::Report, requirements},
    bytes::{ReadAt, read_up_to},
};

/// Bytes of a source file that are read.
const MAX_SOURCE: u64 = 1 << 20;
/// Source files that are read.
const MAX_FILES: usize = 64;
/// Files that stand for the folder: at the first of them it is looked at as a whole.
const MAIN: &[&str] = &[
    "config.json",
    "model_index.json",
    "adapter_config.json",
    "tokenizer_config.json",
    "modules.json",
    "preprocessor_config.json",
    "dataset_infos.json",
];
/// Sources that are run without being named.
const UNNAMED: &[(&str, &str)] = &[
    ("handler.py", "servers of endpoints run it"),
    ("sitecustomize.py", "Python runs it when it starts in this folder"),
    ("usercustomize.py", "Python runs it when it starts in this folder"),
    ("custom_generate/generate.py", "generation runs it where remote code is trusted"),
];

/// Looks at the sources that `modules` name, and at those that run unnamed.
pub(super) fn read(name: &str, input: Input<'_>, modules: Modules, report: &mut Report) {
    let names: BTreeSet<String> = input.beside.names().into_iter().collect();
    let mut wanted: Vec<String> = modules;
    let main = MAIN.iter().find(|main| names.contains(**main));
    if main.is_none_or(|main| *main == name) {
        wanted.extend(unnamed(name, &names, report));
        let there = wanted.iter().any(|module| names.contains(&source_of(module)));
        let code = there || wanted.iter().any(|module| !module.contains('/'));
        requirements(input, &names, code, report);
    }
    let (mut seen, mut called) = (BTreeSet::new(), BTreeSet::new());
    while let Some(module) = wanted.pop() {
        let file = source_of(&module);
        if seen.len() >= MAX_FILES {
            report.gap("the code of the folder", "it has more files than are read");
            return;
        }
        if !names.contains(&file) || !seen.insert(file.clone()) {
            continue;
        }
        let Some(text) = text_of(input, &file) else {
            report.gap(&file, "it can't be read as code");
            continue;
        };
        let source = Source::read(&text);
        report.within(&file, |report| match source.act(&called) {
            Some(act) => {
                let text = format!("it {}: {}", act.what, act.mark);
                report.find(&ACTS, Malicious, act.at as u64, &text);
            }
            None => {
                report.find(&CODE, Unknown, 0, "this code runs when the model is loaded or used");
            }
        });
        let parent = file.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        for module in source.imports() {
            called.extend(module.rsplit('.').next().map(str::to_owned));
            let path = module.replace('.', "/");
            wanted.extend(parent.iter().map(|folder| format!("{folder}/{path}")));
            wanted.push(path);
        }
    }
}

fn source_of(module: &str) -> String {
    format!("{}.py", module.trim_end_matches(".py"))
}

fn unnamed(name: &str, names: &BTreeSet<String>, report: &mut Report) -> Vec<String> {
    let mut wanted = Vec::new();
    for (file, why) in UNNAMED.iter().filter(|(file, _)| names.contains(*file)) {
        report.find(&CODE, Unknown, 0, &format!("{file}: {why}"));
        wanted.push(file.trim_end_matches(".py").to_owned());
    }
    if name == "dataset_infos.json" {
        let scripts = names.iter().filter(|file| file.ends_with(".py") && !file.contains('/'));
        wanted.extend(scripts.map(|file| file.trim_end_matches(".py").to_owned()));
    }
    wanted
}

/// Packages that come with the code, from where nobody looks.
fn requirements(input: Input<'_>, names: &BTreeSet<String>, code: bool, report: &mut Report) {
    if !code || !names.contains("requirements.txt") {
        return;
    }
    let file = "requirements.txt";
    match input.beside.open(file) {
        Some(bytes) => requirements::read(file, &*bytes, &ELSEWHERE, report),
        None => report.gap(file, "it can't be read"),
    }
}

/// The text of a file of the folder, if it is short enough.
fn text_of(input: Input<'_>, file: &str) -> Option<String> {
    let bytes = input.beside.open(file)?;
    whole(&*bytes, MAX_SOURCE)
}

/// All of a file as text.
pub(crate) fn whole(bytes: &dyn ReadAt, limit: u64) -> Option<String> {
    if bytes.size() > limit {
        return None;
    }
    let mut text = vec![0; usize::try_from(bytes.size()).unwrap_or(0)];
    let read = read_up_to(bytes, 0, &mut text).ok()?;
    text.truncate(read);
    String::from_utf8(text).ok()
}
