//! What is reached if one part of a system is hostile.

use coseal_core::system::{DataClass, Effect, System};
use serde::Serialize;

use crate::{
    graph::{Element, Graph, Journey, Node, Via},
    threat::Step,
};

/// What is reached from a part that is hostile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blast {
    /// The part: an element, an actor, or the name of a key or identity.
    pub name: String,
    /// What it reads: what passes to it without anything between, and the most sensitive class of data on the way.
    pub reads: Vec<Read>,
    /// What it reaches, the gravest first.
    pub reached: Vec<Reached>,
}

/// Something that a hostile part reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// Where it comes from.
    pub from: String,
    /// Most sensitive class of data on it; none where that is not said.
    pub class: Option<DataClass>,
    /// The fact of the system file.
    pub fact: String,
}

/// Something that a hostile part reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// The element or actor.
    pub id: String,
    /// What that means.
    pub weight: Weight,
    /// The shortest way.
    pub steps: Vec<Step>,
}

/// What it means that something is reached, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It can do what can't be taken back, or reach people outside.
    Acts,
    /// It can change something that can be changed back.
    Changes,
    /// A model or adapter becomes another one.
    Becomes,
    /// People or organisations get it.
    Told,
    /// Content about people, or worse, is there, and can be changed.
    Private,
    /// It is passed on.
    Passed,
}

/// What is reached if the part of this name is hostile; none where the system file has no such element, actor, key or identity.
#[must_use]
pub fn blast(system: &System, name: &str) -> Option<Blast> {
    let graph = Graph::of(system);
    let starts = starts(&graph, name)?;
    let journey = Journey { over: &[], along: &|_| true, until: &|_| true };
    let mut reached: Vec<Reached> = Vec::new();
    let mut reads = Vec::new();
    for start in starts {
        let node = &graph.nodes[start];
        reads.extend(graph.arriving(node).filter(|edge| edge.via.carries_content()).map(|edge| {
            Read { from: graph.from(edge).id.clone(), class: edge.class, fact: edge.fact.clone() }
        }));
        // Who asks it gets its answer; what is loaded acts where it is loaded.
        let asked = graph.arriving(node).filter(|edge| edge.via == Via::Flow && answers(node));
        let mut firsts = vec![(start, Vec::new())];
        for edge in asked
            .filter(|edge| graph.from(edge).actor().is_none_or(|actor| !actor.is_outside_code()))
        {
            let from = graph.from(edge);
            let step = Step { from: node.id.clone(), to: from.id.clone(), fact: edge.fact.clone() };
            firsts.extend(graph.at(&from.id).map(|at| (at, vec![step])));
        }
        for (first, steps) in firsts {
            if let Some(step) = steps.last() {
                note(
                    &mut reached,
                    Reached {
                        id: step.to.clone(),
                        weight: weight(&graph, first, false),
                        steps: steps.clone(),
                    },
                );
            }
            for (end, trail) in graph.trails(first, &journey) {
                if end == start {
                    continue;
                }
                let shapes = trail.last().is_some_and(|at| graph.edges[*at].via.shapes());
                let further = trail.iter().map(|at| Step::of(&graph, *at));
                let steps: Vec<_> = steps.iter().cloned().chain(further).collect();
                let id = graph.nodes[end].id.clone();
                note(&mut reached, Reached { id, weight: weight(&graph, end, shapes), steps });
            }
        }
    }
    reached.sort_by(|a, b| (a.weight, &a.id).cmp(&(b.weight, &b.id)));
    reads.sort_by(|a, b| (b.class, &a.from, &a.fact).cmp(&(a.class, &b.from, &b.fact)));
    reads.dedup();
    Some(Blast { name: name.to_owned(), reads, reached })
}

/// Whether whoever sends to it gets an answer.
const fn answers(node: &Node<'_>) -> bool {
    matches!(
        node.element,
        Element::Model(..) | Element::Tool(_) | Element::Service(_) | Element::Store(_)
    )
}

/// Keeps the shorter of two ways to one end.
fn note(reached: &mut Vec<Reached>, found: Reached) {
    match reached.iter_mut().find(|one| one.id == found.id) {
        Some(one) if one.steps.len() <= found.steps.len() => {}
        Some(one) => *one = found,
        None => reached.push(found),
    }
}

/// The nodes that a name means: itself, or what runs with a key or an identity.
fn starts(graph: &Graph<'_>, name: &str) -> Option<Vec<usize>> {
    if let Some(at) = graph.at(name) {
        return Some(vec![at]);
    }
    let system = graph.system;
    let held: Vec<&String> = system
        .environment
        .iter()
        .filter(|(_, environment)| {
            environment.keys.contains(name) || environment.identities.contains(name)
        })
        .map(|(id, _)| id)
        .collect();
    let mut starts: Vec<usize> = system
        .pipeline
        .iter()
        .filter(|(_, pipeline)| {
            pipeline.identity.as_deref() == Some(name)
                || pipeline
                    .environment
                    .as_ref()
                    .is_some_and(|environment| held.contains(&environment))
        })
        .filter_map(|(id, _)| graph.at(&format!("pipeline.{id}")))
        .collect();
    // Where users are served, the application holds the keys.
    let served = |id: &&String| {
        system.environment.get(*id).is_some_and(|environment| {
            environment.purpose == coseal_core::system::Purpose::Production
        })
    };
    if held.iter().any(served) {
        starts.extend(graph.at("app"));
    }
    (!held.is_empty() || !starts.is_empty()).then_some(starts)
}

fn weight(graph: &Graph<'_>, end: usize, shapes: bool) -> Weight {
    let node = &graph.nodes[end];
    match node.element {
        Element::Tool(tool) => match tool.effect {
            Effect::Irreversible | Effect::External => Weight::Acts,
            Effect::Write => Weight::Changes,
            Effect::Read => Weight::Passed,
        },
        Element::Model(..) | Element::Adapter(_) if shapes => Weight::Becomes,
        Element::Actor(actor) if actor.is_outside_code() => Weight::Told,
        _ if node.class().is_some_and(|class| class > DataClass::Internal) => Weight::Private,
        _ => Weight::Passed,
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::system::read;

    use super::{Weight, blast};

    #[test]
    fn a_hostile_part_reaches_what_lies_behind_it() {
        let system = read(include_str!("../fixtures/rag-chatbot.toml")).system.unwrap();
        let hub = blast(&system, "model.chat").unwrap();
        let of = |id: &str| hub.reached.iter().find(|one| one.id == id);
        assert_eq!(of("model.tuned").map(|one| one.weight), Some(Weight::Becomes));
        assert_eq!(of("tool.crm").map(|one| one.weight), Some(Weight::Acts));
        assert_eq!(of("user").map(|one| one.steps.len()), Some(2));
        assert!(of("partner").is_none() && of("prompt.system").is_none());
        let tool = blast(&system, "tool.crm").unwrap();
        assert!(tool.reads.iter().any(|read| read.from == "service.crm"));
        let identity = blast(&system, "chatbot").unwrap();
        assert!(
            identity
                .reached
                .iter()
                .any(|one| one.id == "model.tuned" && one.weight == Weight::Becomes)
        );
        assert!(identity.reached.iter().any(|one| one.id == "tool.crm"));
        // An answer goes back to whoever asked.
        let embed = blast(&system, "model.embed").unwrap();
        assert!(embed.reached.iter().any(|one| one.id == "app" && one.steps.len() == 1));
        assert_eq!(blast(&system, "model.none"), None);
    }
}
