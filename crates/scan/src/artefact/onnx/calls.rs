//! Which operators and functions a model calls, and what they are.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::ArtefactVerdict::{Malformed, Malicious, Unknown};

use super::{
    operators,
    rules::{BROKEN, CODE, OPERATOR, SHADOW},
};
use crate::artefact::report::Report;

/// Different operators, and functions, of one model.
const MAX_NAMES: usize = 20_000;

/// Operators that run code which the model names or brings along.
const CODE_OPERATORS: &[&str] = &["PyOp", "PyCustomOp", "PythonOp", "PythonOpGrad", "ATen"];

/// An operator or a function: its domain, name and overload.
pub(super) type Name = (String, String, String);

/// What calls what.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Called by anything, with the first place and a path out of the folder that a call names.
    called: BTreeMap<Name, (u64, Option<String>)>,
    /// The model's functions and what each calls.
    functions: BTreeMap<Name, (u64, BTreeSet<Name>)>,
    full: bool,
}

impl Calls {
    /// A node calls `name`.
    pub(super) fn call(&mut self, name: &Name, at: u64, path: Option<String>) {
        if let Some((_, known)) = self.called.get_mut(name) {
            *known = known.take().or(path);
        } else if self.called.len() < MAX_NAMES {
            self.called.insert(name.clone(), (at, path));
        } else {
            self.full = true;
        }
    }

    /// A function of the model is over.
    pub(super) fn function(
        &mut self,
        name: &Name,
        at: u64,
        calls: BTreeSet<Name>,
        report: &mut Report,
    ) {
        if self.functions.len() >= MAX_NAMES {
            self.full = true;
        } else if self.functions.insert(name.clone(), (at, calls)).is_some() {
            report.find(&BROKEN, Malformed, at, &format!("the function {} is there twice", name.1));
        }
    }

    /// Judges all of it.
    pub(super) fn judge(&self, report: &mut Report) {
        if self.full {
            report.gap("the operators", "there are more different ones than are read");
        }
        report.measure("operators", self.called.len().to_string());
        for (name, (at, path)) in &self.called {
            if !self.functions.contains_key(name) {
                operator(name, *at, path.as_deref(), report);
            }
        }
        for (name, (at, _)) in &self.functions {
            if known(&name.0, &name.1) || is_own(&name.0) {
                report.find(&SHADOW, Unknown, *at, &shown(name));
            }
        }
        if let Some((name, at)) = self.cycle() {
            let text = format!("the function {} calls itself", shown(name));
            report.find(&BROKEN, Malformed, at, &text);
        }
    }

    /// A function that reaches itself: what is left when functions that call no open one are taken away, again and again.
    fn cycle(&self) -> Option<(&Name, u64)> {
        let mut callers: BTreeMap<&Name, Vec<&Name>> = BTreeMap::new();
        let mut open: BTreeMap<&Name, usize> = BTreeMap::new();
        for (name, (_, calls)) in &self.functions {
            let own = calls.iter().filter(|call| self.functions.contains_key(*call));
            open.insert(name, own.clone().count());
            own.for_each(|call| callers.entry(call).or_default().push(name));
        }
        let mut ready: Vec<&Name> =
            open.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
        while let Some(name) = ready.pop() {
            open.remove(name);
            for caller in callers.get(name).into_iter().flatten() {
                let Some(count) = open.get_mut(caller) else { continue };
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(caller);
                }
            }
        }
        let name = *open.keys().next()?;
        self.functions.get(name).map(|(at, _)| (name, *at))
    }
}

fn operator(name: &Name, at: u64, path: Option<&str>, report: &mut Report) {
    let text = shown(name);
    if CODE_OPERATORS.contains(&name.1.as_str()) {
        report.find(&CODE, Malicious, at, &text);
    } else if !known(&name.0, &name.1) {
        match path {
            Some(path) => report.find(&CODE, Malicious, at, &format!("{text} with {path}")),
            None => report.find(&OPERATOR, Unknown, at, &text),
        }
    }
}

fn shown(name: &Name) -> String {
    let domain = if name.0.is_empty() { "ai.onnx" } else { &name.0 };
    format!("{domain}.{}", name.1)
}

/// Whether a domain belongs to the standard.
fn is_own(domain: &str) -> bool {
    matches!(domain, "" | "ai.onnx" | "ai.onnx.ml")
}

/// Whether an operator is known to compute and do nothing else.
fn known(domain: &str, name: &str) -> bool {
    let table = match domain {
        "" | "ai.onnx" => operators::STANDARD,
        "ai.onnx.ml" => operators::LEARNING,
        "ai.onnx.training" | "ai.onnx.preview" | "ai.onnx.preview.training" => operators::TRAINING,
        "com.microsoft" => operators::CONTRIBUTED,
        "com.microsoft.nchwc" | "com.ms.internal.nhwc" => operators::CHANNELS,
        _ => return false,
    };
    table.binary_search(&name).is_ok()
}
