//! What a rule is.

use crate::{
    class::Class,
    graph::{Edge, Graph, Node, Trail},
};

/// A rule: a shape in the graph that makes a threat possible.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id, in kebab-case, unique and stable for ever.
    pub id: &'static str,
    /// Its documentation, from the doc comment.
    pub docs: &'static str,
    /// The class that it belongs to.
    pub class: Class,
    /// What happens, in one sentence without a full stop; `{source}` and `{sink}` are the ends.
    pub says: &'static str,
    /// How likely it is before any control, from 1 (feasible) to 3 (it happens); the maturity of its techniques in ATLAS.
    pub likelihood: u8,
    /// Ids of other catalogues that speak of the same.
    pub known_as: KnownAs,
    /// Checks whose passing shows that its mitigations work.
    pub checks: &'static [&'static str],
    /// The shape.
    pub shape: Shape,
    /// A system in which it fires, as the part of a system file after `[system]`.
    pub fires: &'static str,
    /// A near miss in which it doesn't.
    pub silent: &'static str,
}

/// Ids in the catalogues that a rule cites, of the versions that [`crate::rules`] pins.
#[derive(Clone, Copy, Debug)]
pub struct KnownAs {
    /// Techniques of MITRE ATLAS.
    pub atlas: &'static [&'static str],
    /// OWASP Top 10 for LLM applications, for agentic applications, and for machine learning.
    pub owasp: &'static [&'static str],
    /// Weaknesses of CWE, by number.
    pub cwe: &'static [u16],
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Paths: one shortest witness for each pair of ends.
    Path(PathShape),
    /// One element with facts about it.
    Local(LocalShape),
}

/// A path in the graph.
#[derive(Clone, Copy)]
pub struct PathShape {
    /// Where it may start.
    pub from: fn(&Graph<'_>, &Node<'_>) -> bool,
    /// What it has to pass, in this order.
    pub over: &'static [fn(&Graph<'_>, &Node<'_>) -> bool],
    /// Which edges it may take, with the node that it starts at.
    pub along: fn(&Graph<'_>, &Node<'_>, &Edge<'_>) -> bool,
    /// Which edge it may end with.
    pub until: fn(&Graph<'_>, &Node<'_>, &Edge<'_>) -> bool,
}

/// One element.
#[derive(Clone, Copy)]
pub struct LocalShape {
    /// The facts that make the threat possible at a node, as dotted paths of the system file; none where it is not.
    pub at: fn(&Graph<'_>, &Node<'_>) -> Option<Vec<String>>,
}

impl std::fmt::Debug for PathShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PathShape").field("over", &self.over.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for LocalShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalShape").finish_non_exhaustive()
    }
}

/// What a rule found: two ends, and the trail or facts between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the node where it starts.
    pub source: usize,
    /// Index of the node where it ends; the same as the source for a local rule.
    pub sink: usize,
    /// Edges from one to the other.
    pub trail: Trail,
    /// Facts, for a local rule.
    pub facts: Vec<String>,
}

impl Rule {
    /// Everything that the rule finds, sorted by its ends.
    #[must_use]
    pub fn find(&self, graph: &Graph<'_>) -> Vec<Found> {
        let mut found: Vec<Found> = match &self.shape {
            Shape::Local(shape) => graph
                .nodes
                .iter()
                .enumerate()
                .filter_map(|(at, node)| {
                    let facts = (shape.at)(graph, node)?;
                    Some(Found { source: at, sink: at, trail: Vec::new(), facts })
                })
                .collect(),
            Shape::Path(shape) => {
                let starts =
                    graph.nodes.iter().enumerate().filter(|(_, node)| (shape.from)(graph, node));
                starts
                    .flat_map(|(source, node)| {
                        let journey = crate::graph::Journey {
                            over: shape.over,
                            along: &|edge| (shape.along)(graph, node, edge),
                            until: &|edge| (shape.until)(graph, node, edge),
                        };
                        graph
                            .trails(source, &journey)
                            .into_iter()
                            .map(move |(sink, trail)| Found {
                                source,
                                sink,
                                trail,
                                facts: Vec::new(),
                            })
                            .collect::<Vec<_>>()
                    })
                    .collect()
            }
        };
        found.sort_by_key(|one| (one.source, one.sink));
        found
    }
}

/// Declares a rule: the module's `RULE`, its documentation the doc comment.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        $id:literal in $class:ident;
        says: $says:literal;
        likelihood: $likelihood:literal;
        atlas: [$($atlas:literal),* $(,)?]; owasp: [$($owasp:literal),* $(,)?]; cwe: [$($cwe:literal),* $(,)?];
        checks: [$($check:literal),* $(,)?];
        shape: $shape:expr;
        fires: $fires:literal;
        silent: $silent:literal;
    ) => {
        $(#[doc = $doc])+
        pub(crate) const RULE: $crate::rule::Rule = $crate::rule::Rule {
            id: $id,
            docs: concat!($($doc, "\n"),+),
            class: $crate::class::Class::$class,
            says: $says,
            likelihood: $likelihood,
            known_as: $crate::rule::KnownAs { atlas: &[$($atlas),*], owasp: &[$($owasp),*], cwe: &[$($cwe),*] },
            checks: &[$($check),*],
            shape: $shape,
            fires: $fires,
            silent: $silent,
        };
    };
}

pub(crate) use rule;
