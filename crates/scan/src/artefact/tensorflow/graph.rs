//! What a file's graphs call, judged when all of it is known.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::{
    flow::{Flow, MAIN, Sources, key},
    policy::{Standing, is_system_path, standing},
    rules::{DANGEROUS, FILES, OPERATION, OUTSIDE, SHADOW},
    variables::Variables,
};
use crate::artefact::report::Report;

/// Different operations, functions and files of the model's own, of one file.
const MAX_NAMES: usize = 20_000;
/// Constants that are paths.
const MAX_PATHS: usize = 256;

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) flow: Flow,
    pub(super) variables: Variables,
    /// Operations, with the first place.
    called: BTreeMap<String, u64>,
    functions: BTreeMap<String, u64>,
    /// Constants that are paths or addresses out of the model: the node, the path, the place.
    paths: Vec<(u64, String, u64)>,
    /// Nodes whose value is replaced by the path of one of the model's own files: its name.
    assets: BTreeMap<u64, String>,
    /// Nodes that give savers, and tables, their places.
    savers: Vec<u64>,
    tables: Vec<u64>,
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
    pub(super) fn function(&mut self, name: &str, scope: u64, at: u64) {
        self.full |= self.functions.len() >= MAX_NAMES;
        if !self.full {
            self.flow.function(name, scope);
            self.functions.entry(name.to_owned()).or_insert(at);
        }
    }

    /// A constant is a path out of the model.
    pub(super) fn path(&mut self, node: u64, path: String, at: u64) {
        self.full |= self.paths.len() >= MAX_PATHS;
        if self.paths.len() < MAX_PATHS {
            self.paths.push((node, path, at));
        }
    }

    /// A node whose value is the path of the model's own file `name`.
    pub(super) fn asset(&mut self, node: &str, name: &str) {
        self.full |= self.assets.len() >= MAX_NAMES;
        if !self.full {
            self.assets.insert(key(MAIN, node), name.to_owned());
        }
    }

    /// Takes over the files of the model's own that another knows of.
    pub(super) fn adopt(&mut self, other: Self) {
        self.full |= self.assets.len() >= MAX_NAMES;
        if !self.full {
            self.assets.extend(other.assets);
        }
    }

    /// What gives an operation that reads or writes files their places.
    pub(super) fn places(&mut self, operation: &str, inputs: &[u64]) {
        let (list, places) = match (standing(operation), operation) {
            (Standing::Saver, "MergeV2Checkpoints") => (&mut self.savers, inputs.get(..2)),
            (Standing::Saver, _) => (&mut self.savers, inputs.get(..1)),
            (Standing::Table, _) => (&mut self.tables, inputs.get(1..2)),
            _ => return,
        };
        self.full |= list.len() >= MAX_NAMES;
        if !self.full {
            list.extend(places.unwrap_or_default());
        }
    }

    /// The operation, if there is one only.
    pub(super) fn only(&self) -> Option<String> {
        self.called.keys().next().filter(|_| self.called.len() == 1).cloned()
    }

    /// Judges all of it.
    pub(super) fn judge(&mut self, report: &mut Report) {
        std::mem::take(&mut self.variables).close(&mut self.flow);
        self.flow.close();
        let reaches = !self.savers.is_empty() || !self.tables.is_empty();
        if self.full || self.flow.is_full() && reaches {
            report.gap("the operations", "there are more of them than are followed");
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
        self.files(report);
    }

    fn operation(&self, name: &str, at: u64, report: &mut Report) {
        match standing(name) {
            Standing::Known
            | Standing::Print
            | Standing::Message
            | Standing::Saver
            | Standing::Table => {}
            Standing::Dangerous => {
                let path = self.paths.first().map(|(_, path, _)| format!(" with {path}"));
                let text = format!("{name}{}", path.unwrap_or_default());
                report.find(&DANGEROUS, Malicious, at, &text);
            }
            Standing::Unknown if self.functions.contains_key(name) => {}
            Standing::Unknown => report.find(&OPERATION, Unknown, at, name),
        }
    }

    /// The places that savers and tables are given.
    fn files(&self, report: &mut Report) {
        let saved = self.flow.sources(&self.savers, &self.assets);
        self.outside(&saved, "variables are saved or restored", report);
        if saved.text || saved.made || !saved.assets.is_empty() {
            let text = "variables are saved or restored at a place that the graph names";
            report.find(&FILES, Unknown, 0, text);
        }
        if self.called.contains_key("MergeV2Checkpoints") && !self.called.contains_key("SaveV2") {
            let text = "MergeV2Checkpoints deletes folders, and nothing is saved before";
            report.find(&FILES, Unknown, 0, text);
        }
        let tables = ["InitializeTableFromTextFile", "InitializeTableFromTextFileV2"];
        let Some((name, at)) = tables.iter().find_map(|name| self.called.get_key_value(*name))
        else {
            return;
        };
        let read = self.flow.sources(&self.tables, &self.assets);
        self.outside(&read, name, report);
        self.assets(&read, report);
        let own = read.given || !read.assets.is_empty();
        if read.text || read.made || !own {
            report.find(&FILES, Unknown, *at, name);
        }
    }

    /// Paths that reach an operation.
    fn outside(&self, sources: &Sources, name: &str, report: &mut Report) {
        for (node, path, at) in &self.paths {
            if sources.paths.contains(node) {
                report.find(&OUTSIDE, Malicious, *at, &format!("{name}: {path}"));
            }
        }
    }

    /// Paths that are replaced, in the runs in which they are: elsewhere the text itself is read, and is where the model was made.
    fn assets(&self, sources: &Sources, report: &mut Report) {
        for (node, path, at) in &self.paths {
            let asset = self.assets.get(node).filter(|_| sources.assets.contains(node));
            let Some(asset) = asset else { continue };
            let base = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            if base(path) != base(asset) || is_system_path(path) {
                let text = format!("{path}, in the place of the model's own {asset}");
                report.find(&OUTSIDE, Malicious, *at, &text);
            }
        }
    }
}
