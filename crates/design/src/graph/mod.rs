//! The system as a graph: elements and actors, and what passes between them.

mod build;
mod edge;
mod node;
mod reach;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use coseal_core::system::{About, System};

pub use edge::{Edge, Via};
pub use node::{Actor, Element, ModelRole, Node};
pub use reach::{Journey, Trail};

/// The graph of one system. Nodes are sorted by id and edges by the fact that they stand for, so that equal systems give equal graphs.
#[derive(Debug)]
pub struct Graph<'s> {
    /// The system file that it was made of.
    pub system: &'s System,
    /// Elements and actors, sorted by id.
    pub nodes: Vec<Node<'s>>,
    /// What passes between them.
    pub edges: Vec<Edge<'s>>,
    out: Vec<Vec<usize>>,
    into: Vec<Vec<usize>>,
    index: BTreeMap<String, usize>,
}

impl<'s> Graph<'s> {
    /// The graph of a system.
    #[must_use]
    pub fn of(system: &'s System) -> Self {
        build::graph(system)
    }

    /// `[system]`.
    #[must_use]
    pub const fn about(&self) -> &'s About {
        &self.system.system
    }

    /// The node of an element (`model.chat`) or actor (`user`).
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node<'s>> {
        self.nodes.get(*self.index.get(id)?)
    }

    /// The index of a node.
    #[must_use]
    pub fn at(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The edges that leave a node.
    pub fn leaving(&self, node: &Node<'_>) -> impl Iterator<Item = &Edge<'s>> {
        self.beside(&self.out, node.index)
    }

    /// The edges that arrive at a node.
    pub fn arriving(&self, node: &Node<'_>) -> impl Iterator<Item = &Edge<'s>> {
        self.beside(&self.into, node.index)
    }

    fn beside<'a>(
        &'a self,
        lists: &'a [Vec<usize>],
        node: usize,
    ) -> impl Iterator<Item = &'a Edge<'s>> {
        lists.get(node).into_iter().flatten().filter_map(|edge| self.edges.get(*edge))
    }

    /// Where an edge comes from.
    #[must_use]
    pub fn from(&self, edge: &Edge<'_>) -> &Node<'s> {
        &self.nodes[edge.from]
    }

    /// Where an edge goes.
    #[must_use]
    pub fn to(&self, edge: &Edge<'_>) -> &Node<'s> {
        &self.nodes[edge.to]
    }
}
