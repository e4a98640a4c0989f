//! Which functions call which.

use std::collections::BTreeMap;

use super::{
    MAX_CALLS_WITHIN, MAX_NODES_CALLED,
    program::{Act, Program},
};

/// What is wrong with the functions of a model: that they call themselves, or each other so often that the model is endless once each
/// call is replaced by what it calls.
pub(super) fn too_much(program: &Program) -> Option<String> {
    let mut costs: BTreeMap<usize, Option<u64>> = BTreeMap::new();
    for function in program.functions.values() {
        let mut open = vec![(*function, calls(program, *function), 0_usize)];
        while let Some((graph, called, next)) = open.last_mut() {
            let graph = *graph;
            costs.entry(graph).or_insert(None);
            if let Some(call) = called.get(*next).copied() {
                *next = next.saturating_add(1);
                match costs.get(&call) {
                    Some(Some(_)) => {}
                    Some(None) => return Some("a function calls itself".into()),
                    None if open.len() >= MAX_CALLS_WITHIN => {
                        return Some(format!("functions call each other {MAX_CALLS_WITHIN} deep"));
                    }
                    None => open.push((call, calls(program, call), 0)),
                }
                continue;
            }
            let own = program.graphs.get(graph).map_or(0, |graph| graph.nodes.len() as u64);
            let all = called.iter().filter_map(|call| costs.get(call).copied().flatten());
            let cost = all.fold(own.max(1), u64::saturating_add);
            costs.insert(graph, Some(cost));
            open.pop();
        }
    }
    let most = costs.values().copied().flatten().max().unwrap_or(0);
    (most > MAX_NODES_CALLED)
        .then(|| format!("functions call each other until they are {most} nodes"))
}

/// The functions that a graph calls, itself or in a graph within it, each as often as it does.
fn calls(program: &Program, graph: usize) -> Vec<usize> {
    let (mut open, mut found) = (vec![graph], Vec::new());
    while let Some(graph) = open.pop() {
        let nodes = program.graphs.get(graph).map(|graph| graph.nodes.as_slice());
        for node in nodes.unwrap_or_default() {
            match &node.act {
                Act::Call(functions, _) => found.extend(functions),
                Act::Branch(graphs) => open.extend(graphs),
                Act::Loop(held) => {
                    for part in [Some(held.body), held.condition].into_iter().flatten() {
                        match part {
                            Ok(graph) => open.push(graph),
                            Err(function) => found.push(function),
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.iter().filter_map(|key| program.functions.get(key).copied()).collect()
}
