//! Nodes that wait for each other: a graph is run in the order of what its nodes take, and there is none.

use std::collections::HashMap;

use super::program::{Act, Graph, Key, Program};

/// Graphs within graphs that are followed.
const MAX_DEPTH: usize = 32;
/// Names of the graphs within nodes that are looked at.
const MAX_NAMES: usize = 4_000_000;

/// The place of a node that takes, by whatever way, what it gives itself. What the nodes called `back` take comes from the turn before.
pub(crate) fn cycle(program: &Program, back: &str) -> Option<u64> {
    let mut left = MAX_NAMES;
    if program.full {
        return None;
    }
    program.graphs.iter().find_map(|graph| of(program, graph, back, &mut left))
}

/// The same of one graph: what is left when nodes that wait for none are taken away, again and again.
fn of(program: &Program, graph: &Graph, back: &str, left: &mut usize) -> Option<u64> {
    let mut makers: HashMap<Key, usize> = HashMap::new();
    for (place, node) in graph.nodes.iter().enumerate() {
        makers.extend(node.outputs.iter().filter(|key| **key != 0).map(|key| (*key, place)));
    }
    let mut takers: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut open = vec![0_usize; graph.nodes.len()];
    let mut waits = |place: usize, key: &Key| {
        let comes_back = graph.nodes.get(place).is_some_and(|node| node.name == back);
        if let (Some(maker), false) = (makers.get(key), comes_back) {
            takers.entry(*maker).or_default().push(place);
            if let Some(count) = open.get_mut(place) {
                *count = count.saturating_add(1);
            }
        }
    };
    for (place, node) in graph.nodes.iter().enumerate() {
        node.inputs.iter().for_each(|key| waits(place, key));
        let mut inner = Vec::new();
        within(program, &node.act, MAX_DEPTH, left, &mut inner);
        inner.iter().for_each(|key| waits(place, key));
    }
    graph.after.iter().for_each(|(place, key)| waits(*place, key));
    let mut ready: Vec<usize> =
        open.iter().enumerate().filter(|(_, count)| **count == 0).map(|(place, _)| place).collect();
    while let Some(place) = ready.pop() {
        for taker in takers.get(&place).into_iter().flatten() {
            let Some(count) = open.get_mut(*taker) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                ready.push(*taker);
            }
        }
    }
    let place = open.iter().position(|count| *count > 0)?;
    graph.nodes.get(place).map(|node| node.at)
}

/// What the graphs within a node take from around it.
fn within(program: &Program, act: &Act, depth: usize, left: &mut usize, out: &mut Vec<Key>) {
    let graphs: &[usize] = match act {
        Act::Branch(graphs) => graphs,
        Act::Loop(held) => held.body.as_ref().map(std::slice::from_ref).unwrap_or_default(),
        _ => return,
    };
    for graph in graphs.iter().filter_map(|graph| program.graphs.get(*graph)) {
        let named = |keys: &[Key]| keys.len();
        let names =
            graph.nodes.iter().map(|node| named(&node.inputs)).fold(0, usize::saturating_add);
        let Some(rest) = left.checked_sub(names).filter(|_| depth > 0) else { return };
        *left = rest;
        let mut taken = graph.outputs.clone();
        for node in &graph.nodes {
            taken.extend(&node.inputs);
            within(program, &node.act, depth.saturating_sub(1), left, &mut taken);
        }
        let own: std::collections::HashSet<Key> = graph
            .nodes
            .iter()
            .flat_map(|node| node.outputs.iter().copied())
            .chain(graph.inputs.iter().map(|(key, _)| *key))
            .chain(graph.stored.iter().map(|(key, _)| *key))
            .collect();
        out.extend(taken.into_iter().filter(|key| !own.contains(key)));
    }
}
