//! Where the texts come from that operations take for the places of files: backwards through the graph, its functions and the
//! objects that these are bound to.
//!
//! Nodes are kept as digests of their names, with that of the function that they are in: names that met by chance would be
//! followed both.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// Nodes of one file, and what they take from each other.
const MAX_NODES: usize = 400_000;
const MAX_EDGES: usize = 800_000;
/// Stands for all arguments of a function: one that is given them in no known order gives each of them.
const ALL: u64 = u64::MAX;
/// Stands for an argument of which nobody knows which it is.
const ANY: u64 = u64::MAX - 1;
/// The scope of what is in no function.
pub(super) const MAIN: u64 = 0;
/// Scopes of what is no node.
const OBJECTS: u64 = u64::MAX;
const RESULTS: u64 = u64::MAX - 1;
const ARGUMENTS: u64 = u64::MAX - 2;

/// How a node comes by its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// It hands on what it takes, or joins it.
    Passes,
    /// The caller gives it.
    Given,
    /// A text that the graph holds.
    Text,
    /// A path out of the model that the graph holds.
    Path,
    /// Computed in another way.
    Made,
}

/// What a walk backwards came to.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Whether the caller gives a part of it.
    pub(super) given: bool,
    /// Whether a text of the graph is a part of it.
    pub(super) text: bool,
    /// Whether it is computed in ways that are not followed.
    pub(super) made: bool,
    /// Nodes that are paths.
    pub(super) paths: BTreeSet<u64>,
    /// Nodes whose value is replaced by the place of one of the model's own files.
    pub(super) assets: BTreeSet<u64>,
}

/// All that nodes take from each other.
#[derive(Debug, Default)]
pub(super) struct Flow {
    nodes: Vec<(u64, Origin)>,
    edges: Vec<(u64, u64)>,
    /// Functions by the digest of their name: their scopes.
    functions: BTreeMap<u64, Vec<u64>>,
    /// What calls give: function, argument, node.
    calls: Vec<(u64, u64, u64)>,
    /// Calls: function, node.
    results: Vec<(u64, u64)>,
    /// How many arguments each scope has.
    arguments: BTreeMap<u64, u64>,
    /// Functions and the objects that are their last arguments.
    bound: Vec<(u64, Vec<u64>)>,
    full: bool,
}

/// The digest of a name in a scope; what stands behind a colon is which of its values is meant.
pub(super) fn key(scope: u64, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (scope, name.split(':').next().unwrap_or_default()).hash(&mut hasher);
    hasher.finish()
}

/// The digest of a number in a scope.
fn numbered(scope: u64, inner: u64, number: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (scope, inner, number).hash(&mut hasher);
    hasher.finish()
}

impl Flow {
    /// Whether there was more than is followed.
    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// There is more than is followed.
    pub(super) const fn overflow(&mut self) {
        self.full = true;
    }

    /// A node and what it takes.
    pub(super) fn node(&mut self, node: u64, origin: Origin, inputs: &[u64]) {
        if self.nodes.len() >= MAX_NODES {
            self.full = true;
            return;
        }
        self.nodes.push((node, origin));
        for input in inputs {
            self.edge(node, *input);
        }
    }

    /// `node` takes `input`.
    pub(super) fn edge(&mut self, node: u64, input: u64) {
        if self.edges.len() < MAX_EDGES {
            self.edges.push((node, input));
        } else {
            self.full = true;
        }
    }

    /// `node` gives a function its arguments, which begin `skipped` inputs behind the first; in no known order without.
    pub(super) fn call(
        &mut self,
        function: &str,
        node: u64,
        inputs: &[u64],
        skipped: Option<usize>,
    ) {
        let function = key(MAIN, function);
        self.full |= self.calls.len().saturating_add(inputs.len()) > MAX_EDGES;
        if self.full {
            return;
        }
        self.results.push((function, node));
        for (at, input) in inputs.iter().skip(skipped.unwrap_or(0)).enumerate() {
            let at = skipped.map_or(ALL, |_| at as u64);
            self.calls.push((function, at, *input));
        }
    }

    /// A function's name.
    pub(super) fn function(&mut self, name: &str, scope: u64) {
        self.functions.entry(key(MAIN, name)).or_default().push(scope);
    }

    /// An argument of the function of this scope; `many` if it may stand for several.
    pub(super) fn argument(&mut self, scope: u64, name: &str, many: bool) {
        let at = self.arguments.get(&scope).copied().unwrap_or(0);
        let next = if many { ALL } else { at.saturating_add(1) };
        self.arguments.insert(scope, next);
        let node = key(scope, name);
        self.node(node, Origin::Passes, &[numbered(ARGUMENTS, scope, ALL)]);
        self.edge(node, numbered(ARGUMENTS, scope, at));
        if next == ALL {
            self.edge(node, numbered(ARGUMENTS, scope, ANY));
        }
    }

    /// A value that the function of this scope gives.
    pub(super) fn result(&mut self, scope: u64, value: &str) {
        self.edge(numbered(RESULTS, scope, 0), key(scope, value));
    }

    /// The objects that a function's last arguments are.
    pub(super) fn bind(&mut self, function: &str, objects: Vec<u64>) {
        self.full |= self.bound.len() >= MAX_NODES;
        if !self.full && !objects.is_empty() {
            self.bound.push((key(MAIN, function), objects));
        }
    }

    /// The object of this number is the value of a node; computed without.
    pub(super) fn object(&mut self, number: u64, node: Option<&str>) {
        let object = numbered(OBJECTS, 0, number);
        let inputs = node.map(|node| key(MAIN, node));
        let origin = if node.is_some() { Origin::Passes } else { Origin::Made };
        self.node(object, origin, inputs.as_slice());
    }

    /// The object of this number is one of the model's own files.
    pub(super) fn file(&mut self, number: u64) {
        self.node(numbered(OBJECTS, 0, number), Origin::Given, &[]);
    }

    /// Nodes that take one of those that `wanted` asks for, and which.
    pub(super) fn takers(&self, wanted: impl Fn(u64) -> bool) -> Vec<(u64, u64)> {
        self.edges.iter().copied().filter(|(_, input)| wanted(*input)).collect()
    }

    /// Puts together what is known when all of the file is.
    pub(super) fn close(&mut self) {
        let calls = std::mem::take(&mut self.calls);
        for (function, at, input) in calls {
            for scope in self.functions.get(&function).cloned().unwrap_or_default() {
                self.edge(numbered(ARGUMENTS, scope, at), input);
                if at != ALL {
                    self.edge(numbered(ARGUMENTS, scope, ANY), input);
                }
            }
        }
        for (function, node) in std::mem::take(&mut self.results) {
            for scope in self.functions.get(&function).cloned().unwrap_or_default() {
                self.edge(node, numbered(RESULTS, scope, 0));
            }
        }
        for (function, objects) in std::mem::take(&mut self.bound) {
            for scope in self.functions.get(&function).cloned().unwrap_or_default() {
                self.bound_to(scope, &objects);
            }
        }
        self.nodes.sort_unstable();
        self.edges.sort_unstable();
    }

    fn bound_to(&mut self, scope: u64, objects: &[u64]) {
        let count = self.arguments.get(&scope).copied().unwrap_or(0);
        let first = count.checked_sub(objects.len() as u64).filter(|_| count != ALL);
        for (at, object) in objects.iter().enumerate() {
            let at = first.map_or(ALL, |first| first.saturating_add(at as u64));
            self.edge(numbered(ARGUMENTS, scope, at), numbered(OBJECTS, 0, *object));
        }
    }

    /// Walks backwards from `nodes`, as far as `assets`.
    pub(super) fn sources(&self, nodes: &[u64], assets: &BTreeMap<u64, String>) -> Sources {
        let mut found = Sources::default();
        let mut seen: BTreeSet<u64> = nodes.iter().copied().collect();
        let mut waiting: Vec<u64> = seen.iter().copied().collect();
        while let Some(node) = waiting.pop() {
            let held = |(_, origin): &(u64, Origin)| {
                matches!(origin, Origin::Text | Origin::Path | Origin::Given)
            };
            if assets.contains_key(&node) && all(&self.nodes, node).iter().all(held) {
                found.assets.insert(node);
                continue;
            }
            for (_, origin) in all(&self.nodes, node) {
                match origin {
                    Origin::Passes => {}
                    Origin::Given => found.given = true,
                    Origin::Text => found.text = true,
                    Origin::Path => {
                        found.paths.insert(node);
                    }
                    Origin::Made => found.made = true,
                }
            }
            let inputs = all(&self.edges, node).iter().map(|(_, input)| *input);
            waiting.extend(inputs.filter(|input| seen.insert(*input)));
        }
        found
    }
}

/// The pairs of a sorted list that begin with `first`.
fn all<T>(pairs: &[(u64, T)], first: u64) -> &[(u64, T)] {
    let start = pairs.partition_point(|(key, _)| *key < first);
    let rest = pairs.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|(key, _)| *key == first)).unwrap_or_default()
}
