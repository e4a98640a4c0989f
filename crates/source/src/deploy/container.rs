//! What compose, Kubernetes, charts, workflows and Dockerfiles have in common: an image, arguments, variables and ports.

use std::collections::BTreeSet;

use coseal_core::{
    fact::{AssetKind, Setting, Workload},
    finding::Confidence,
    plain::plain,
};

use super::{
    command::{Shown, arguments, shown, value_of},
    model_name::Runner,
    product::{Named, RunnerWord, of_image},
    shell::Word,
    told::Told,
    variable,
};
use crate::{
    code::{addresses, is_data_path},
    settings::pair,
};

/// Flags that name a model where the image starts the server.
const MODEL_FLAGS: [&str; 6] =
    ["--model", "--model-id", "--model-path", "--model_id", "--hf-repo", "-hf"];

/// One container, as its file describes it.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) form: &'static str,
    pub(crate) name: String,
    pub(crate) line: u32,
    pub(crate) image: Option<Word>,
    /// Entry point and arguments.
    pub(crate) arguments: Vec<Word>,
    /// Commands of a shell, where it runs one.
    pub(crate) commands: Vec<Vec<Word>>,
    pub(crate) variables: Vec<(String, Word)>,
    pub(crate) ports: BTreeSet<String>,
    pub(crate) settings: Vec<Setting>,
    /// Whether its image is built from code that uses AI.
    pub(crate) of_ai: bool,
}

/// A setting.
pub(crate) fn setting(what: &str, value: &str, line: u32) -> Setting {
    Setting { what: what.into(), value: plain(value, 100), line }
}

impl Container {
    /// Its workload and what it shows of AI.
    pub(crate) fn tell(mut self, told: &mut Told<'_>) {
        let by_image = self.image.as_ref().and_then(|image| of_image(&image.text));
        if let (Some(named), Some(image)) = (by_image, &self.image) {
            told.product(named, image.line, Some(&image.text), Confidence::High);
        }
        let by_command = self.tell_commands(told, by_image);
        let named = by_image.or(by_command);
        self.tell_variables(told, named);
        let runs = named.map(|(name, _)| name.to_owned());
        told.workload(Workload {
            path: told.file.to_owned(),
            line: self.line,
            form: self.form.into(),
            name: plain(&self.name, 100),
            image: self.image.map(|image| plain(&image.text, 300)),
            runs: runs.or_else(|| self.of_ai.then(|| "app".into())),
            ports: self.ports,
            settings: self.settings,
        });
    }

    fn tell_commands(&mut self, told: &mut Told<'_>, by_image: Option<Named>) -> Option<Named> {
        let mut all = shown(std::slice::from_ref(&self.arguments));
        all.extend(shown(&self.commands));
        if all.is_empty() && !self.arguments.is_empty() {
            let runner = match by_image.and_then(|(_, product)| product.runner) {
                Some(RunnerWord::Hub) => Runner::Hub,
                Some(RunnerWord::Ollama) => Runner::Ollama,
                None => Runner::Unknown,
            };
            let flags: &[&str] = if by_image.is_some() { &MODEL_FLAGS } else { &[] };
            all.push(arguments(&self.arguments, runner, flags, false));
        }
        let speaks = self.image.as_ref().map_or("", |image| image.text.as_str());
        for (part, flag) in [("wyoming-whisper", "--model"), ("wyoming-piper", "--voice")] {
            let value = value_of(&self.arguments, &[flag]).filter(|_| speaks.contains(part));
            if let Some(word) = value.filter(|word| !word.text.contains(['$', '/'])) {
                told.asset(AssetKind::Model, &word.text, word.line, Confidence::High);
            }
        }
        let mut first = None;
        for one in all {
            let named = tell_shown(&one, told);
            first = first.or(named);
            self.settings.extend(one.settings);
        }
        first
    }

    fn tell_variables(&mut self, told: &mut Told<'_>, named: Option<Named>) {
        for (key, value) in &self.variables {
            if let Some(found) = variable::safety(key, value, named) {
                self.settings.push(found);
            }
            let own = named.map(|(name, _)| name).unwrap_or_default();
            pair::tell(told, key, &value.text, value.line, &pair::Context::of_container(own));
        }
    }
}

/// What a command shows, told; and its product.
pub(crate) fn tell_shown(one: &Shown, told: &mut Told<'_>) -> Option<Named> {
    if let Some(named) = one.product {
        told.product(named, one.line, None, Confidence::High);
    }
    for (model, line) in &one.models {
        told.model(model.clone(), *line, Confidence::High);
    }
    for (name, line) in &one.datasets {
        let location = place_of_data(name).and_then(|place| place.parse().ok());
        told.data(name, *line, Confidence::High).location = location;
    }
    one.product
}

/// Where data is that a command names: at an address, in a file, or of the hub.
pub(crate) fn place_of_data(name: &str) -> Option<String> {
    if name.contains("://") {
        return addresses::location(name);
    }
    if is_data_path(name) {
        return Some(format!("path:{name}"));
    }
    name.contains('/').then(|| format!("hf:datasets/{name}"))
}
