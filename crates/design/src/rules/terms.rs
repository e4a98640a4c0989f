//! What rules ask of nodes and edges, in one word each.

use coseal_core::system::{
    Approval, DataClass, DatasetUse, Effect, Exposure, Provenance, Scheme, Sink, StoreKind, Writer,
};

use crate::graph::{Actor, Edge, Element, Graph, ModelRole, Node, Via};

/// Somebody outside of the organisation.
pub(super) fn stranger(_: &Graph<'_>, node: &Node<'_>) -> bool {
    node.is_stranger()
}

/// Whoever uses the system, or may.
pub(super) fn caller(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.actor(), Some(Actor::User | Actor::Public | Actor::Partner))
}

/// A model that follows instructions, or an agent.
pub(super) fn language(_: &Graph<'_>, node: &Node<'_>) -> bool {
    node.follows_instructions()
}

/// A model that predicts.
pub(super) fn predictor(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Model(_, ModelRole::Predictor))
}

/// A model of any kind.
pub(super) fn model(_: &Graph<'_>, node: &Node<'_>) -> bool {
    node.is_model()
}

/// A model or adapter whose bytes we have.
pub(super) fn own_bytes(node: &Node<'_>) -> bool {
    matches!(node.element, Element::Model(..) | Element::Adapter(_)) && !node.is_hosted_elsewhere()
}

/// Content that is kept or comes from elsewhere, and that a model reads on the way.
pub(super) fn lookup(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(
        node.element,
        Element::Store(_)
            | Element::Memory(_)
            | Element::Service(_)
            | Element::Dataset(_)
            | Element::Log(_)
            | Element::Tool(_)
    )
}

/// A tool that changes something or reaches outside.
pub(super) fn acts(node: &Node<'_>) -> bool {
    matches!(node.element, Element::Tool(tool) if tool.effect != Effect::Read)
}

/// A tool whose use can't be taken back, or reaches people outside.
pub(super) fn acts_for_good(node: &Node<'_>) -> bool {
    matches!(node.element, Element::Tool(tool) if matches!(tool.effect, Effect::Irreversible | Effect::External))
}

/// Whether a person agrees before each use of a tool.
pub(super) fn approved(node: &Node<'_>) -> bool {
    matches!(node.element, Element::Tool(tool) if tool.approval == Some(Approval::Human))
}

/// Whether content of the start passes an edge as it is.
pub(crate) fn content(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    let may = |writers: &std::collections::BTreeSet<Writer>| match start.actor() {
        Some(actor) => writers.contains(&actor.writes_as()),
        None => writers.iter().any(|writer| writer.is_untrusted() || *writer == Writer::Staff),
    };
    // What is kept says who can put content in: a question that is looked up there stays outside.
    let kept = graph.to(edge).said_writers().filter(|writers| !writers.is_empty());
    edge.via.carries_content() && edge.writers.is_none_or(may) && kept.is_none_or(may)
}

/// As [`content`], straight: over nothing that keeps content.
pub(super) fn straight(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    content(graph, start, edge) && !lookup(graph, graph.from(edge))
}

/// Whether an edge brings content to a model that follows instructions.
pub(super) fn to_language(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(graph.to(edge).element, Element::Model(_, ModelRole::Language))
        && edge.via != Via::Asks
}

/// Whether an edge brings content to a tool that acts.
pub(super) fn to_acting_tool(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    acts(graph.to(edge)) && graph.from(edge).follows_instructions()
}

/// Whether an edge ends in one of these places.
pub(super) fn ends_in(edge: &Edge<'_>, sinks: &[Sink]) -> bool {
    edge.sink.is_some_and(|sink| sinks.contains(&sink))
}

/// Content about people, or worse.
pub(super) fn holds_private(node: &Node<'_>) -> bool {
    node.class().is_some_and(|class| class > DataClass::Internal)
}

/// Whether data above `internal` may be on an edge: it says so, or does not say.
pub(super) fn private(edge: &Edge<'_>) -> bool {
    edge.class.is_none_or(|class| class > DataClass::Internal)
}

/// Whether an edge says that data above `internal` is on it.
pub(super) fn said_private(edge: &Edge<'_>) -> bool {
    edge.class.is_some_and(|class| class > DataClass::Internal)
}

/// A vector store.
pub(super) fn vectors(node: &Node<'_>) -> bool {
    matches!(node.element, Element::Store(store) if store.kind == StoreKind::Vector)
}

/// A dataset with this use.
pub(super) fn used_for(node: &Node<'_>, wanted: DatasetUse) -> bool {
    matches!(node.element, Element::Dataset(dataset) if dataset.uses.contains(&wanted))
}

/// Whether it is not said to be our own.
pub(super) fn of_others(node: &Node<'_>) -> bool {
    let (provenance, location) = match node.element {
        Element::Model(model, _) => (model.provenance, &model.location),
        Element::Adapter(adapter) => (adapter.provenance, &adapter.location),
        Element::Dataset(dataset) => (dataset.provenance, &dataset.location),
        _ => return false,
    };
    match provenance {
        Some(Provenance::Own) => false,
        Some(_) => true,
        None => matches!(location.scheme(), Scheme::Hf | Scheme::Https),
    }
}

/// Whether the system, or this endpoint of it, can be reached from outside of the organisation.
pub(super) fn is_exposed(graph: &Graph<'_>) -> bool {
    graph.about().exposure > Exposure::Staff
        || graph
            .nodes
            .iter()
            .any(|node| node.exposure().is_some_and(|exposure| exposure > Exposure::Staff))
}

/// The fact of a node under a key, if a test holds.
pub(super) fn fact(node: &Node<'_>, key: &str, holds: bool) -> Option<Vec<String>> {
    holds.then(|| vec![format!("{}.{key}", node.id)])
}

/// Whether two nodes exchange something without anything between them.
pub(super) fn beside(graph: &Graph<'_>, one: &Node<'_>, other: &Node<'_>) -> bool {
    graph.leaving(one).any(|edge| graph.to(edge).id == other.id)
        || graph.arriving(one).any(|edge| graph.from(edge).id == other.id)
}

/// A dataset with data above `internal`.
pub(super) fn private_dataset(_: &Graph<'_>, node: &Node<'_>) -> bool {
    matches!(node.element, Element::Dataset(_)) && holds_private(node)
}

/// Whether what a model learned passes: from data into a model, and from there as content.
pub(super) fn learned_and_said(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    matches!(edge.via, Via::Makes | Via::Adapts)
        || (content(graph, start, edge) && !matches!(graph.from(edge).element, Element::Dataset(_)))
}

/// Whether content passes as it is, or becomes part of what a model is or knows.
pub(super) fn said_or_learned(graph: &Graph<'_>, start: &Node<'_>, edge: &Edge<'_>) -> bool {
    content(graph, start, edge) || edge.via.shapes()
}

/// Whether an edge ends with somebody outside of the organisation.
pub(super) fn to_stranger(graph: &Graph<'_>, _: &Node<'_>, edge: &Edge<'_>) -> bool {
    graph.to(edge).is_stranger()
}
