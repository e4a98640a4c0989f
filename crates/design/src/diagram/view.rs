//! What every form of the diagram shows.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::system::System;

use crate::{
    graph::{Element, Graph, Journey, Node, Via},
    threat::ThreatModel,
};

/// The diagram, before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Zones by name, and what is in them; under an empty name what is in none.
    pub zones: BTreeMap<String, Vec<Box>>,
    /// What passes between boxes, sorted.
    pub arrows: Vec<Arrow>,
}

/// An element or actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Box {
    /// Its id in the system file.
    pub id: String,
    /// How it is drawn.
    pub form: Form,
    /// How many threats end there.
    pub threats: usize,
}

/// How a box is drawn, after the signs of data-flow diagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Somebody outside of the code.
    External,
    /// Something that runs.
    Process,
    /// Something that keeps.
    Store,
}

/// Something that passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Where it leaves.
    pub from: String,
    /// Where it arrives.
    pub to: String,
    /// The flow, or the relation.
    pub label: String,
    /// Whether content of somebody outside of the organisation passes here.
    pub untrusted: bool,
    /// Whether it is a relation and no flow.
    pub relation: bool,
}

impl View {
    /// The diagram of a system with its threats.
    #[must_use]
    pub fn of(system: &System, model: &ThreatModel) -> Self {
        let graph = Graph::of(system);
        let untrusted = untrusted(&graph);
        let mut shown: BTreeSet<usize> = BTreeSet::new();
        let mut arrows = Vec::new();
        for (at, edge) in graph.edges.iter().enumerate() {
            let Some(label) = label(edge.via, &edge.fact) else { continue };
            shown.extend([edge.from, edge.to]);
            arrows.push(Arrow {
                from: graph.from(edge).id.clone(),
                to: graph.to(edge).id.clone(),
                label,
                untrusted: untrusted.contains(&at)
                    || edge.writers.is_some_and(|all| all.iter().any(|one| one.is_untrusted())),
                relation: edge.via != Via::Flow,
            });
        }
        let mut zones: BTreeMap<String, Vec<Box>> = BTreeMap::new();
        for node in graph
            .nodes
            .iter()
            .filter(|node| shown.contains(&graph.at(&node.id).unwrap_or(usize::MAX)))
        {
            let zone = system.zone.iter().find(|(_, zone)| zone.holds.contains(&node.id));
            let threats = model.threats.iter().filter(|threat| threat.sink == node.id).count();
            zones
                .entry(zone.map(|(id, _)| id.clone()).unwrap_or_default())
                .or_default()
                .push(Box { id: node.id.clone(), form: form(node), threats });
        }
        Self { zones, arrows }
    }
}

/// Edges over which content of somebody outside passes.
fn untrusted(graph: &Graph<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (start, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.is_stranger()) {
        let along = |edge: &crate::graph::Edge<'_>| crate::rules::content(graph, node, edge);
        let journey = Journey { over: &[], along: &along, until: &|_| true };
        let ends = graph.trails(start, &journey);
        let reached: BTreeSet<usize> =
            ends.iter().map(|(end, _)| *end).chain(std::iter::once(start)).collect();
        let passes = |(at, edge): (usize, &crate::graph::Edge<'_>)| {
            let ends_before = edge.from != start
                && graph.nodes[edge.from].actor().is_some_and(crate::graph::Actor::is_outside_code);
            (reached.contains(&edge.from) && !ends_before && along(edge)).then_some(at)
        };
        found.extend(graph.edges.iter().enumerate().filter_map(passes));
    }
    found
}

/// What stands on an arrow; none for what is not drawn.
fn label(via: Via, fact: &str) -> Option<String> {
    let relation = match via {
        Via::Flow => return Some(fact.trim_start_matches("flow.").to_owned()),
        // Drawn once, not in both directions.
        Via::Asks | Via::Returns | Via::Recalls => return None,
        Via::Writes if fact.starts_with("flow.") => return None,
        Via::Writes => "writes",
        Via::Decides => "decides for",
        Via::Calls => "calls",
        Via::Remembers => "remembers",
        Via::Makes => "makes",
        Via::Adapts => "adapts",
        Via::Provides => "provides",
        Via::Feeds => "feeds back",
        Via::Supplies => "delivers",
        Via::Builds => "builds",
    };
    Some(relation.to_owned())
}

const fn form(node: &Node<'_>) -> Form {
    match node.element {
        Element::Actor(actor) if actor.is_outside_code() => Form::External,
        Element::Service(_) | Element::Mcp(_) => Form::External,
        Element::Dataset(_)
        | Element::Store(_)
        | Element::Memory(_)
        | Element::Log(_)
        | Element::Prompt(_) => Form::Store,
        _ => Form::Process,
    }
}
