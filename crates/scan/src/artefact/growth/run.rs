//! Following the graphs of a model.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use coseal_core::{fact::ArtefactVerdict::Malformed, finding::Rule};

use super::{
    MAX_ELEMENTS, MAX_GROWTH, calls,
    program::{Act, Graph, Key, Node, Program},
    shapes,
    value::Value,
};
use crate::artefact::report::Report;

/// Nodes that are followed, each as often as it is.
const MAX_FOLLOWED: u64 = 2_000_000;
/// Graphs within graphs, and functions within functions.
const MAX_DEPTH: usize = 32;
/// Findings of one model.
const MAX_FINDINGS: usize = 4;

/// Judges all graphs of a model: what is out of proportion is found under `rule`.
pub(crate) fn judge(program: &Program, rule: &'static Rule, report: &mut Report) {
    if program.full {
        report.gap("the sizes of what the model computes", "it has more nodes than are followed");
        return;
    }
    let mut run = Run::new(program, rule, report);
    if let Some(text) = calls::too_much(program) {
        run.find(0, &text);
        return;
    }
    for root in &program.roots {
        run.root(*root);
    }
    for function in program.functions.values() {
        run.alone(*function);
    }
    if run.left == 0 {
        let why = "there is more to follow than is done for one file";
        run.report.gap("the sizes of what the model computes", why);
    }
}

/// A walk through the graphs.
pub(super) struct Run<'p, 'r> {
    pub(super) program: &'p Program,
    rule: &'static Rule,
    pub(super) report: &'r mut Report,
    orders: BTreeMap<usize, Rc<[usize]>>,
    /// What functions give that are told nothing.
    alone: BTreeMap<usize, Vec<Value>>,
    scopes: Vec<HashMap<Key, Value>>,
    /// Nodes that may still be followed.
    pub(super) left: u64,
    /// Turns of the loops around.
    pub(super) turns: f64,
    /// In how many tries it is, which find nothing.
    pub(super) tries: u32,
    found: usize,
    /// Functions within each other that are followed alone.
    alone_in: usize,
}

impl<'p, 'r> Run<'p, 'r> {
    fn new(program: &'p Program, rule: &'static Rule, report: &'r mut Report) -> Self {
        Self {
            program,
            rule,
            report,
            orders: BTreeMap::new(),
            alone: BTreeMap::new(),
            scopes: Vec::new(),
            left: MAX_FOLLOWED,
            turns: 1.0,
            tries: 0,
            found: 0,
            alone_in: 0,
        }
    }

    /// Says something of a node.
    pub(super) fn find(&mut self, at: u64, text: &str) {
        if self.tries == 0 && self.found < MAX_FINDINGS {
            self.found = self.found.saturating_add(1);
            self.report.find(self.rule, Malformed, at, text);
        }
    }

    fn root(&mut self, graph: usize) {
        let outer = std::mem::take(&mut self.scopes);
        self.graph(graph, None);
        self.scopes = outer;
    }

    /// What a function gives that is told nothing.
    fn alone(&mut self, graph: usize) -> Vec<Value> {
        if let Some(known) = self.alone.get(&graph) {
            return known.clone();
        }
        if self.alone_in >= MAX_DEPTH {
            return Vec::new();
        }
        self.alone_in = self.alone_in.saturating_add(1);
        // One that calls itself finds this.
        self.alone.insert(graph, Vec::new());
        let outer = std::mem::take(&mut self.scopes);
        let (turns, tries) = (std::mem::replace(&mut self.turns, 1.0), self.tries);
        self.tries = 0;
        let values = self.graph(graph, None);
        (self.turns, self.tries, self.scopes) = (turns, tries, outer);
        self.alone_in = self.alone_in.saturating_sub(1);
        self.alone.insert(graph, values.clone());
        values
    }

    /// What a graph gives that is given `arguments`; what they are is unknown without.
    pub(super) fn graph(&mut self, index: usize, arguments: Option<Vec<Value>>) -> Vec<Value> {
        let program = self.program;
        let Some(graph) = program.graphs.get(index).filter(|_| self.scopes.len() < MAX_DEPTH)
        else {
            return Vec::new();
        };
        let mut scope: HashMap<Key, Value> = graph.inputs.iter().cloned().collect();
        if let Some(arguments) = arguments {
            scope.extend(graph.inputs.iter().map(|(key, _)| *key).zip(arguments));
        }
        scope.extend(graph.stored.iter().cloned());
        self.scopes.push(scope);
        for place in self.order(index, graph).iter() {
            let Some(node) = graph.nodes.get(*place) else { continue };
            self.left = self.left.saturating_sub(1);
            if self.left == 0 || self.found >= MAX_FINDINGS {
                break;
            }
            let values = self.node(node);
            if let Some(scope) = self.scopes.last_mut() {
                scope.extend(node.outputs.iter().copied().zip(values).filter(|(key, _)| *key != 0));
            }
        }
        let outputs = graph.outputs.iter().map(|key| self.value(*key)).collect();
        self.scopes.pop();
        outputs
    }

    /// What is known of a value by its name, here or around.
    fn value(&self, key: Key) -> Value {
        let known = self.scopes.iter().rev().find_map(|scope| scope.get(&key));
        // What is nowhere may be anything; what has no name is not there.
        known.cloned().unwrap_or_else(|| Value::unknown(key != 0))
    }

    fn node(&mut self, node: &'p Node) -> Vec<Value> {
        let inputs: Vec<Value> = node.inputs.iter().map(|key| self.value(*key)).collect();
        let mut values = match &node.act {
            Act::Loop(held) => self.turns_of(node, held, &inputs),
            Act::Branch(graphs) => {
                let all = graphs.iter().map(|graph| self.graph(*graph, None));
                either(all.collect())
            }
            Act::Call(functions, first) => {
                let arguments = inputs.get(*first..).unwrap_or_default();
                let all = functions.iter().map(|function| self.call(*function, arguments));
                either(all.collect())
            }
            act => {
                let inputs: Vec<&Value> = inputs.iter().collect();
                let value = shapes::of(act, &inputs);
                let further = Value::unknown(value.varies);
                let mut values = vec![further; node.outputs.len().max(1)];
                values.splice(..1, [value]);
                values
            }
        };
        for value in &mut values {
            if value.least > MAX_ELEMENTS && value.least > value.base.saturating_mul(MAX_GROWTH) {
                let text = format!("{} makes a value of {} elements", node.name, value.least);
                self.find(node.at, &text);
                value.base = value.least;
            }
        }
        values
    }

    /// What a function gives.
    pub(super) fn call(&mut self, function: Key, arguments: &[Value]) -> Vec<Value> {
        let Some(graph) = self.program.functions.get(&function).copied() else { return Vec::new() };
        let told = |value: &Value| {
            value.held.is_some()
                || value.sizes.is_some()
                || value.counts.is_some()
                || value.range.is_some()
        };
        if !arguments.iter().any(told) || self.scopes.len() >= MAX_DEPTH {
            let mut values = self.alone(graph);
            let varies = arguments.iter().any(|value| value.varies);
            values.iter_mut().for_each(|value| value.varies |= varies);
            return values;
        }
        self.graph(graph, Some(arguments.to_vec()))
    }

    /// The nodes of a graph, each behind those that it takes something from, whatever their order in the file is.
    fn order(&mut self, index: usize, graph: &Graph) -> Rc<[usize]> {
        if let Some(order) = self.orders.get(&index) {
            return Rc::clone(order);
        }
        let mut makers: HashMap<Key, usize> = HashMap::new();
        for (place, node) in graph.nodes.iter().enumerate() {
            makers.extend(node.outputs.iter().map(|key| (*key, place)));
        }
        let mut seen = vec![false; graph.nodes.len()];
        let mut order = Vec::with_capacity(graph.nodes.len());
        for start in 0..graph.nodes.len() {
            let mut open = vec![(start, 0_usize)];
            while let Some((place, next)) = open.pop() {
                let Some(state) = seen.get_mut(place) else { continue };
                if next == 0 && std::mem::replace(state, true) {
                    continue;
                }
                let inputs =
                    graph.nodes.get(place).map(|node| node.inputs.as_slice()).unwrap_or_default();
                match inputs.get(next) {
                    Some(key) => {
                        open.push((place, next.saturating_add(1)));
                        if let Some(maker) = makers.get(key).filter(|_| *key != 0)
                            && seen.get(*maker) == Some(&false)
                        {
                            open.push((*maker, 0));
                        }
                    }
                    None => order.push(place),
                }
            }
        }
        let order: Rc<[usize]> = order.into();
        self.orders.insert(index, Rc::clone(&order));
        order
    }
}

/// What one of several gives: as large as the largest of them.
fn either(all: Vec<Vec<Value>>) -> Vec<Value> {
    let mut all = all.into_iter();
    let mut values = all.next().unwrap_or_default();
    for others in all {
        for (value, other) in values.iter_mut().zip(others) {
            let same = value.held == other.held
                && value.sizes == other.sizes
                && value.range == other.range;
            let varies = value.varies || other.varies;
            if !same {
                let larger = if other.least > value.least { other } else { value.clone() };
                *value = Value { held: None, counts: None, until: None, range: None, ..larger };
            }
            value.varies = varies;
        }
    }
    values
}
