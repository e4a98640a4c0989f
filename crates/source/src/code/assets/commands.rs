//! Models and data that commands fetch which code runs, and those of the cells of a notebook.

use coseal_core::fact::AssetKind;

use super::look::{Look, New};
use crate::{
    code::ir::{Call, Value},
    deploy::{
        command::{Shown, shown},
        shell::{Word, commands},
    },
};

/// Calls that run a command, by the start of their full names.
const RUN: [&str; 9] = [
    "os.system",
    "os.popen",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.Popen",
    "child_process.exec",
    "child_process.execSync",
];

/// The commands of a notebook's cells.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let Some(module) = look.project.modules.get(at) else { return };
    let mut all = Vec::new();
    for command in module.commands.iter().take(2_000) {
        all.extend(shown(&commands(&command.text, command.line)));
    }
    put(look, at, all);
}

/// The command that a call runs, as one text or as its words.
pub(super) fn in_call(look: &mut Look<'_>, at: usize, call: &Call, name: &str) {
    if !RUN.contains(&name) {
        return;
    }
    let all = match call.keyword("args").or_else(|| call.place(0)) {
        Some(Value::List(values)) => {
            let words = values.iter().filter_map(Value::text).take(200);
            let words: Vec<Word> = words.map(|text| Word::new(text, call.line)).collect();
            shown(&[words])
        }
        Some(_) => {
            let told = look.argument(at, call, &["args", "command", "0"]);
            let each = |text: &str| shown(&commands(text, call.line));
            told.iter()
                .filter(|told| told.whole)
                .take(4)
                .flat_map(|told| each(&told.text))
                .collect()
        }
        None => Vec::new(),
    };
    put(look, at, all);
}

fn put(look: &mut Look<'_>, at: usize, all: Vec<Shown>) {
    for one in all {
        for (model, line) in one.models {
            let location = model.location.map(|location| location.to_string());
            let new = New::called(AssetKind::Model, &model.name);
            look.put(New { location, pin: model.pin, ..new }, at, line);
        }
        for (name, line) in one.datasets {
            let location = crate::deploy::place_of_data(&name);
            look.put(New { location, ..New::called(AssetKind::Dataset, &name) }, at, line);
        }
    }
}
