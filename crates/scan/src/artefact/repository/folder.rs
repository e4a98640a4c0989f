//! Code in the folder that a loader, a server or Python itself runs.

use std::collections::BTreeSet;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    card::{self, CARD, Card},
    format::{SHARED, is_marked},
    keys::Modules,
    python::Source,
    rules::{ACTS, CODE, ELSEWHERE},
    script,
};
use crate::{
    artefact::{format::Input, report::Report, requirements},
    bytes::{Beside, ReadAt, read_up_to},
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
/// Looks at the sources that `modules` name, and at those that run unnamed.
pub(super) fn read(name: &str, input: Input<'_>, modules: Modules, report: &mut Report) {
    let names: BTreeSet<String> = input.beside.names().into_iter().collect();
    let mut wanted: Vec<String> = modules;
    let stands =
        |main: &&&str| names.contains(**main) && (**main == name || leads(main, input.beside));
    let main = MAIN.iter().find(stands);
    let card = name.eq_ignore_ascii_case(CARD);
    if card || main.is_none_or(|main| *main == name) {
        wanted.extend(unnamed(name, input, &names, report));
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

/// Whether settings beside a file stand for their folder.
pub(super) fn led(beside: &dyn Beside) -> bool {
    let names = beside.names();
    MAIN.iter().any(|main| names.iter().any(|name| name == main) && leads(main, beside))
}

/// Whether a file of a name that others use too says that it is of a model.
fn leads(main: &str, beside: &dyn Beside) -> bool {
    let marked = |bytes: Box<dyn ReadAt + '_>| is_marked(main, &*bytes);
    !SHARED.contains(&main) || beside.open(main).is_some_and(marked)
}

fn source_of(module: &str) -> String {
    format!("{}.py", module.trim_end_matches(".py"))
}

fn unnamed(
    name: &str,
    input: Input<'_>,
    names: &BTreeSet<String>,
    report: &mut Report,
) -> Vec<String> {
    let data = name == "dataset_infos.json";
    let said = if name.eq_ignore_ascii_case(CARD) { card::read(input.bytes) } else { None };
    let said = said.unwrap_or(if data { Card::Data } else { Card::Model });
    let folder = input.path.rsplit('/').nth(1);
    let mut wanted = Vec::new();
    for (file, why) in script::unnamed(said, folder, names, input.beside) {
        report.find(&CODE, Unknown, 0, &format!("{file}: {why}"));
        wanted.push(file.trim_end_matches(".py").to_owned());
    }
    if data {
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
