//! Variables: what is read from one is what was assigned to it, as long as nothing else takes its handle.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    flow::{Flow, Origin, key},
    open::Node,
};

/// Variables of one file.
const MAX_VARIABLES: usize = 100_000;
/// The scope of variables by the names under which graphs share them.
const SHARED: u64 = u64::MAX - 3;

/// The variables of a file.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// Nodes that give a handle, and the variable.
    handles: BTreeMap<u64, u64>,
    /// Nodes that take a handle only to read, to assign, or to ask.
    known: BTreeSet<u64>,
    /// Handles, and what is assigned.
    assigned: Vec<(u64, u64)>,
    full: bool,
}

impl Variables {
    /// Takes a node in that stands in a place.
    pub(super) fn node(&mut self, node: &Node, place: u64) {
        self.full |= self.handles.len().max(self.known.len()) >= MAX_VARIABLES;
        if self.full {
            return;
        }
        match (node.operation.as_str(), node.inputs.as_slice()) {
            ("VarHandleOp", _) => {
                let name = if node.shared.is_empty() { &node.name } else { &node.shared };
                self.handles.insert(place, key(SHARED, name));
            }
            ("AssignVariableOp", [handle, value]) => {
                self.known.insert(place);
                self.assigned.push((*handle, *value));
            }
            ("ReadVariableOp" | "VarIsInitializedOp", [_]) => {
                self.known.insert(place);
            }
            _ => {}
        }
    }

    /// Tells a flow what variables hold: unknown things where there were more than are kept, or where a handle goes elsewhere.
    pub(super) fn close(self, flow: &mut Flow) {
        if self.full {
            flow.overflow();
        }
        let made = key(SHARED, "");
        flow.node(made, Origin::Made, &[]);
        let taken = flow.takers(|input| self.handles.contains_key(&input));
        let elsewhere: BTreeSet<u64> = taken
            .into_iter()
            .filter(|(node, _)| self.full || !self.known.contains(node))
            .filter_map(|(_, handle)| self.handles.get(&handle).copied())
            .collect();
        for (handle, variable) in &self.handles {
            flow.edge(*handle, *variable);
            if self.full || elsewhere.contains(variable) {
                flow.edge(*variable, made);
            }
        }
        let variables: BTreeSet<u64> = self.handles.values().copied().collect();
        for variable in variables {
            flow.node(variable, Origin::Passes, &[]);
        }
        for (handle, value) in self.assigned {
            if let Some(variable) = self.handles.get(&handle) {
                flow.edge(*variable, value);
            }
        }
    }
}
