//! What is reached from where: one shortest trail for each end, by breadth first.

use std::collections::VecDeque;

use super::{Edge, Graph, Node};

/// What a journey through the graph has to pass, in order, and where it may go.
pub struct Journey<'j> {
    /// Nodes to pass on the way, each test once, in this order; the start does not count.
    pub over: &'j [fn(&Graph<'_>, &Node<'_>) -> bool],
    /// Whether an edge may be taken.
    pub along: &'j dyn Fn(&Edge<'_>) -> bool,
    /// Whether a journey ends with this edge.
    pub until: &'j dyn Fn(&Edge<'_>) -> bool,
}

/// A trail: indices of edges, each beginning where the one before it ends.
pub type Trail = Vec<usize>;

impl Graph<'_> {
    /// The shortest trails from a node to each node where the journey ends, by index of that node. What passes goes through elements and the application, and ends at people.
    /// Takes time in proportion to edges times the length of `over`, whatever the number of paths.
    #[must_use]
    pub fn trails(&self, start: usize, journey: &Journey<'_>) -> Vec<(usize, Trail)> {
        let phases = journey.over.len() + 1;
        let state = |node: usize, phase: usize| node * phases + phase;
        let mut came: Vec<Option<(usize, usize)>> = vec![None; self.nodes.len() * phases];
        let mut seen = vec![false; self.nodes.len() * phases];
        let mut ended = vec![false; self.nodes.len()];
        let mut ends = Vec::new();
        let mut queue = VecDeque::from([(start, 0)]);
        seen[state(start, 0)] = true;
        while let Some((node, phase)) = queue.pop_front() {
            for &edge in &self.out[node] {
                let step = &self.edges[edge];
                if !(journey.along)(step) {
                    continue;
                }
                if phase == journey.over.len() && !ended[step.to] && (journey.until)(step) {
                    ended[step.to] = true;
                    ends.push((step.to, self.trail(&came, state(node, phase), edge)));
                }
                let target = &self.nodes[step.to];
                if target.actor().is_some_and(super::Actor::is_outside_code) {
                    continue;
                }
                let passed = journey.over.get(phase).is_some_and(|test| test(self, target));
                let next = phase + usize::from(passed);
                if !seen[state(step.to, next)] {
                    seen[state(step.to, next)] = true;
                    came[state(step.to, next)] = Some((state(node, phase), edge));
                    queue.push_back((step.to, next));
                }
            }
        }
        ends.sort();
        ends
    }

    fn trail(&self, came: &[Option<(usize, usize)>], mut state: usize, last: usize) -> Trail {
        let mut trail = vec![last];
        while let Some((before, edge)) = came[state] {
            trail.push(edge);
            state = before;
        }
        trail.reverse();
        trail
    }
}
