//! How likely and how bad a threat is before any control.

use coseal_core::{
    finding::Severity,
    system::{DataClass, Effect, Exposure, Impact},
};
use serde::Serialize;

use crate::{
    graph::{Actor, Element, Graph},
    rule::{Found, Rule},
};

/// Likelihood and impact, each from 1 to 3 and 1 to 4, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rating {
    /// What they come to.
    pub severity: Severity,
    /// How bad: 1 an annoyance to 4 lives, livelihoods or the organisation itself.
    pub impact: u8,
    /// How likely: 1 feasible, 2 shown in research, 3 seen in the world.
    pub likelihood: u8,
}

/// The rating of what a rule found: likelihood from the maturity of its techniques and from who can reach the system, impact from what the system does and from the data and effects at
/// the ends and on the way.
pub(crate) fn rating(graph: &Graph<'_>, rule: &Rule, found: &Found) -> Rating {
    let about = graph.about();
    let reach = match about.exposure {
        Exposure::Offline => -1,
        Exposure::Staff | Exposure::Partners => 0,
        Exposure::Public => 1,
    };
    let reach = if reach > 0
        && !matches!(graph.nodes[found.source].actor(), Some(Actor::User | Actor::Public))
    {
        0
    } else {
        reach
    };
    let likelihood = (i8::try_from(rule.likelihood).unwrap_or(2)
        + reach.min(i8::from(rule.likelihood < 3)))
    .clamp(1, 3);
    let likelihood = u8::try_from(likelihood).unwrap_or(1);
    let system = match about.impact {
        Impact::Low => 1,
        Impact::Medium => 2,
        Impact::High => 3,
        Impact::Critical => 4,
    };
    let nodes = [found.source, found.sink]
        .into_iter()
        .chain(found.trail.iter().map(|edge| graph.edges[*edge].to));
    let data = nodes
        .clone()
        .filter_map(|node| graph.nodes[node].class())
        .chain(found.trail.iter().filter_map(|edge| graph.edges[*edge].class))
        .map(|class| match class {
            DataClass::Public => 1,
            DataClass::Internal => 2,
            DataClass::Confidential | DataClass::Personal => 3,
            DataClass::Sensitive | DataClass::Secret => 4,
        })
        .max();
    let effect = nodes
        .filter_map(|node| match graph.nodes[node].element {
            Element::Tool(tool) => Some(match tool.effect {
                Effect::Read => 1,
                Effect::Write => 2,
                Effect::External => 3,
                Effect::Irreversible => 4,
            }),
            _ => None,
        })
        .max();
    // What is at stake is what the system can do; data and effects on the path say how much of it this threat reaches.
    let reached: u8 = data.into_iter().chain(effect).max().unwrap_or(system);
    let impact = (system + reached).div_ceil(2).clamp(1, 4);
    let severity = match (likelihood, impact) {
        (3, 4) => Severity::Critical,
        (3, 3) | (2, 4) => Severity::High,
        (3, 2) | (2, 3) | (1, 4) => Severity::Medium,
        (3 | 2, 1) | (2, 2) | (1, 2 | 3) => Severity::Low,
        _ => Severity::Note,
    };
    Rating { severity, impact, likelihood }
}
