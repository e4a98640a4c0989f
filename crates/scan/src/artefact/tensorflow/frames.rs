//! Loops as the first version wrote them, in one graph: frames that values enter, and go round in.

use std::collections::{BTreeSet, HashMap};

use coseal_core::{fact::ArtefactVerdict::Malformed, finding::Rule};

use crate::artefact::{
    growth::{Act, Graph, Key, Node},
    report::Report,
};

/// Nodes that are looked at for one condition.
const MAX_NODES: usize = 4096;
/// Conditions of one graph.
const MAX_CONDITIONS: usize = 1024;

/// Finds loops whose condition nothing in them changes.
pub(super) fn judge(graph: &Graph, rule: &'static Rule, report: &mut Report) {
    let conditions = graph.nodes.iter().filter(|node| node.name == "LoopCond");
    let conditions: Vec<&Node> = conditions.take(MAX_CONDITIONS).collect();
    if conditions.is_empty() {
        return;
    }
    let mut makers: HashMap<Key, &Node> = HashMap::new();
    for node in &graph.nodes {
        makers.extend(node.outputs.iter().map(|key| (*key, node)));
    }
    for condition in conditions {
        if !changes(condition, &makers) {
            let text = "a loop's condition is the same in each turn";
            report.find(rule, Malformed, condition.at, text);
        }
    }
}

/// Whether what a condition takes may change from turn to turn.
fn changes(condition: &Node, makers: &HashMap<Key, &Node>) -> bool {
    let mut waiting: Vec<Key> = condition.inputs.clone();
    let mut seen: BTreeSet<Key> = waiting.iter().copied().collect();
    if waiting.is_empty() {
        return true;
    }
    while let Some(key) = waiting.pop() {
        let Some(node) = makers.get(&key) else { return true };
        let further = match (node.name, &node.act) {
            ("Enter", _) | (_, Act::Stored(_)) => &[],
            ("Merge", _) => {
                if !goes_round(node, makers) {
                    return true;
                }
                &[]
            }
            (_, Act::Each(_) | Act::Reduce(_) | Act::Rearrange | Act::Reshape) => {
                node.inputs.as_slice()
            }
            _ => return true,
        };
        waiting.extend(further.iter().copied().filter(|key| seen.insert(*key)));
        if seen.len() > MAX_NODES {
            return true;
        }
    }
    false
}

/// Whether a value comes back as it went.
fn goes_round(merge: &Node, makers: &HashMap<Key, &Node>) -> bool {
    merge.inputs.iter().all(|input| {
        let mut at = *input;
        for _ in 0..MAX_NODES {
            let Some(node) = makers.get(&at) else { return false };
            match (node.name, node.inputs.first()) {
                ("Enter", _) => return true,
                ("Merge", _) => return std::ptr::eq(*node, merge),
                ("NextIteration" | "Switch" | "Identity", Some(first)) => at = *first,
                _ => return false,
            }
        }
        false
    })
}
