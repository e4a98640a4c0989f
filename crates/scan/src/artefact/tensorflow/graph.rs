//! What a file's graphs call, judged when all of it is known.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    policy::{Standing, standing},
    rules::{DANGEROUS, FILES, OPERATION, OUTSIDE, SHADOW},
};
use crate::artefact::report::Report;

/// Different operations, and functions, of one file.
const MAX_NAMES: usize = 20_000;
/// Constants that are paths.
const MAX_PATHS: usize = 256;

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Operations, with the first place.
    called: BTreeMap<String, u64>,
    functions: BTreeMap<String, u64>,
    /// Constants that are paths or addresses out of the model: the node, the path, the place.
    paths: Vec<(String, String, u64)>,
    /// Nodes whose value is replaced by the path of one of the model's own files.
    assets: BTreeSet<String>,
    /// Constants that are texts, where saving could take them for a place.
    texts: BTreeSet<String>,
    /// Operations that save or restore: the name, the node that gives the place, and where.
    savers: Vec<(String, String, u64)>,
    full: bool,
}

impl Graph {
    /// A node calls `name`.
    pub(super) fn call(&mut self, name: &str, at: u64) {
        if self.called.contains_key(name) {
            return;
        }
        self.full |= self.called.len() >= MAX_NAMES;
        if !self.full {
            self.called.insert(name.to_owned(), at);
        }
    }

    /// The file holds a function.
    pub(super) fn function(&mut self, name: String, at: u64) {
        self.full |= self.functions.len() >= MAX_NAMES;
        if !self.full {
            self.functions.entry(name).or_insert(at);
        }
    }

    /// The constant `node` is a path out of the model.
    pub(super) fn path(&mut self, node: &str, path: String, at: u64) {
        if self.paths.len() < MAX_PATHS {
            self.paths.push((node.to_owned(), path, at));
        }
    }

    /// A node whose value is the path of one of the model's own files.
    pub(super) fn asset(&mut self, node: &str) {
        self.full |= self.assets.len() >= MAX_NAMES;
        if !self.full {
            self.assets.insert(node.to_owned());
        }
    }

    /// What a node takes first, if it saves or restores, or that it is a text (`fixed`) itself.
    pub(super) fn wire(&mut self, name: &str, operation: &str, input: &str, fixed: bool, at: u64) {
        let full = self.texts.len() >= MAX_NAMES || self.savers.len() >= MAX_NAMES;
        self.full |= full;
        if full {
            return;
        }
        if fixed {
            self.texts.insert(name.to_owned());
        }
        if matches!(operation, "SaveV2" | "Save" | "SaveSlices" | "RestoreV2" | "Restore") {
            let node = input.split(':').next().unwrap_or_default();
            self.savers.push((operation.to_owned(), node.to_owned(), at));
        }
    }

    /// Judges all of it.
    pub(super) fn judge(&self, report: &mut Report) {
        if self.full {
            report.gap("the operations", "there are more different ones than are read");
        }
        report.measure("operations", self.called.len().to_string());
        for (name, at) in &self.functions {
            if standing(name) != Standing::Unknown {
                report.find(&SHADOW, Unknown, *at, name);
            }
        }
        for (name, at) in &self.called {
            self.operation(name, *at, report);
        }
        for (name, _, at) in self.savers.iter().filter(|(_, node, _)| self.texts.contains(node)) {
            let text = format!("{name} at a place that the graph names");
            report.find(&FILES, Unknown, *at, &text);
        }
        if self.called.contains_key("MergeV2Checkpoints") && !self.called.contains_key("SaveV2") {
            let text = "MergeV2Checkpoints deletes folders, and nothing is saved before";
            report.find(&FILES, Unknown, 0, text);
        }
    }

    fn operation(&self, name: &str, at: u64, report: &mut Report) {
        match standing(name) {
            Standing::Known | Standing::Print => {}
            Standing::Dangerous => {
                let path = self.paths.first().map(|(_, path, _)| format!(" with {path}"));
                let text = format!("{name}{}", path.unwrap_or_default());
                report.find(&DANGEROUS, Malicious, at, &text);
            }
            Standing::Saver => self.outside(name, report),
            Standing::Table if self.assets.is_empty() && self.paths.is_empty() => {
                report.find(&FILES, Unknown, at, name);
            }
            Standing::Table => self.outside(name, report),
            Standing::Unknown if self.functions.contains_key(name) => {}
            Standing::Unknown => report.find(&OPERATION, Unknown, at, name),
        }
    }

    /// A path in the graph, where an operation could use it.
    fn outside(&self, name: &str, report: &mut Report) {
        let stray = self.paths.iter().find(|(node, _, _)| !self.assets.contains(node));
        if let Some((_, path, at)) = stray {
            report.find(&OUTSIDE, Malicious, *at, &format!("{name} with {path}"));
        }
    }
}
