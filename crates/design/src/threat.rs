//! What can go wrong, and the facts that make it possible.

use std::collections::BTreeSet;

use coseal_core::{digest::Digest, system::System};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    class::Class,
    graph::Graph,
    rating::{Rating, rating},
    rule::{Found, Rule},
    rules::RULES,
};

/// A threat to one system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Threat {
    /// Its rule and the stable ids of its ends: `rule:source:sink`, or `rule:element`.
    pub id: String,
    /// The rule.
    pub rule: &'static str,
    /// The class of the rule.
    pub class: Class,
    /// Where it starts: an element or actor.
    pub source: String,
    /// Where it ends.
    pub sink: String,
    /// What happens, in one sentence without a full stop.
    pub says: String,
    /// How likely and how bad it is before any control.
    pub rating: Rating,
    /// The steps from source to sink; empty for a rule about one element.
    pub witness: Vec<Step>,
    /// The facts of the system file that make it possible, as dotted paths, sorted.
    pub facts: Vec<String>,
    /// Guards that screen a step of the witness.
    pub guards: Vec<String>,
    /// Checks whose passing shows that its mitigations work.
    pub checks: &'static [&'static str],
    /// Digest of the facts of the witness with their values: a decision about the threat is about these.
    pub digest: Digest,
}

/// One step of a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The node it leaves.
    pub from: String,
    /// The node it reaches.
    pub to: String,
    /// The fact of the system file, as a dotted path.
    pub fact: String,
}

impl Step {
    /// The step that an edge is.
    pub(crate) fn of(graph: &Graph<'_>, edge: usize) -> Self {
        let edge = &graph.edges[edge];
        Self {
            from: graph.from(edge).id.clone(),
            to: graph.to(edge).id.clone(),
            fact: edge.fact.clone(),
        }
    }
}

/// What follows from a system file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreatModel {
    /// The threats, the worst first, then by id.
    pub threats: Vec<Threat>,
    /// Classes in which nothing fires, with the fact that excludes each; none where no fact does.
    pub quiet: Vec<(Class, Option<String>)>,
}

impl ThreatModel {
    /// The threats to a system.
    #[must_use]
    pub fn of(system: &System) -> Self {
        let graph = Graph::of(system);
        let values = serde_json::to_value(system).unwrap_or_default();
        let mut threats: Vec<_> = RULES
            .iter()
            .flat_map(|rule| {
                rule.find(&graph).into_iter().map(|found| threat(&graph, rule, &found, &values))
            })
            .collect();
        threats.sort_by(|a, b| b.rating.cmp(&a.rating).then_with(|| a.id.cmp(&b.id)));
        let fired: BTreeSet<Class> = threats.iter().map(|threat| threat.class).collect();
        let quiet = Class::ALL
            .iter()
            .filter(|class| !fired.contains(class))
            .map(|class| (*class, class.excluded(&graph)))
            .collect();
        Self { threats, quiet }
    }
}

fn threat(
    graph: &Graph<'_>,
    rule: &'static Rule,
    found: &Found,
    values: &serde_json::Value,
) -> Threat {
    let (source, sink) = (&graph.nodes[found.source].id, &graph.nodes[found.sink].id);
    let edges: Vec<_> = found.trail.iter().map(|at| &graph.edges[*at]).collect();
    let witness: Vec<_> = found.trail.iter().map(|at| Step::of(graph, *at)).collect();
    let facts: BTreeSet<String> =
        witness.iter().map(|step| step.fact.clone()).chain(found.facts.iter().cloned()).collect();
    let guards: BTreeSet<String> = edges
        .iter()
        .flat_map(|edge| edge.guards.iter().map(|guard| format!("guard.{guard}")))
        .collect();
    Threat {
        id: if found.source == found.sink {
            format!("{}:{source}", rule.id)
        } else {
            format!("{}:{source}:{sink}", rule.id)
        },
        rule: rule.id,
        class: rule.class,
        source: source.clone(),
        sink: sink.clone(),
        says: rule.says.replace("{source}", source).replace("{sink}", sink),
        rating: rating(graph, rule, found),
        digest: digest(rule, source, sink, &facts, values),
        witness,
        facts: facts.into_iter().collect(),
        guards: guards.into_iter().collect(),
        checks: rule.checks,
    }
}

/// Digest of what makes the threat possible: the rule, its ends, and the facts with their values, in a canonical form.
fn digest(
    rule: &Rule,
    source: &str,
    sink: &str,
    facts: &BTreeSet<String>,
    values: &serde_json::Value,
) -> Digest {
    let facts: std::collections::BTreeMap<_, _> =
        facts.iter().map(|fact| (fact, value_at(values, fact))).collect();
    let text =
        serde_json::json!({ "rule": rule.id, "source": source, "sink": sink, "facts": facts })
            .to_string();
    Digest::new(Sha256::digest(text.as_bytes()).into())
}

/// The value at a dotted path; that of the nearest element around it where the path names nothing.
fn value_at<'v>(values: &'v serde_json::Value, path: &str) -> &'v serde_json::Value {
    path.split('.')
        .try_fold(values, |value, part| value.get(part))
        .unwrap_or(&serde_json::Value::Null)
}
