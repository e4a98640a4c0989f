//! Whether a system file makes sense: references resolve, data assets are on flows, exposure has a place.

use std::collections::BTreeSet;

use super::{
    location::Location,
    problem::Problem,
    read::MAX_PROBLEMS,
    spans::Spans,
    types::System,
    words::{DataClass, Exposure},
};
use crate::nearest::nearest;

/// Who may stand at the end of a flow without being declared.
pub const ACTORS: [&str; 7] = ["user", "app", "staff", "operator", "partner", "supplier", "public"];

/// One element naming another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Dotted path of the value that names.
    pub path: String,
    /// What it names.
    pub target: String,
    /// What may be named there.
    pub to: To,
}

/// What a reference may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// An element of one of these kinds, as `kind.id`.
    Kinds(&'static [&'static str]),
    /// Any element, or an actor.
    Anything,
    /// A role, by its bare id.
    Role,
    /// A name in `system.environments`.
    Environment,
}

impl System {
    /// All elements as `kind.id`, sorted.
    #[must_use]
    pub fn elements(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut add = |kind: &str, ids: &mut dyn Iterator<Item = &String>| {
            all.extend(ids.map(|id| format!("{kind}.{id}")));
        };
        add("role", &mut self.role.keys());
        add("environment", &mut self.environment.keys());
        add("model", &mut self.model.keys());
        add("adapter", &mut self.adapter.keys());
        add("dataset", &mut self.dataset.keys());
        add("prompt", &mut self.prompt.keys());
        add("store", &mut self.store.keys());
        add("tool", &mut self.tool.keys());
        add("mcp", &mut self.mcp.keys());
        add("agent", &mut self.agent.keys());
        add("memory", &mut self.memory.keys());
        add("log", &mut self.log.keys());
        add("service", &mut self.service.keys());
        add("zone", &mut self.zone.keys());
        add("endpoint", &mut self.endpoint.keys());
        add("guard", &mut self.guard.keys());
        add("flow", &mut self.flow.keys());
        add("pipeline", &mut self.pipeline.keys());
        add("feedback", &mut self.feedback.keys());
        add("document", &mut self.document.keys());
        all
    }
}

/// Every place where one element names another.
#[must_use]
pub fn references(system: &System) -> Vec<Reference> {
    let mut all = Vec::new();
    let mut one = |path: String, target: &str, to: To| {
        all.push(Reference { path, target: target.to_owned(), to });
    };
    let many =
        |path: &str, targets: &BTreeSet<String>, to: To, one: &mut dyn FnMut(String, &str, To)| {
            for (index, target) in targets.iter().enumerate() {
                one(format!("{path}.{index}"), target, to);
            }
        };
    for (id, role) in &system.role {
        if let Some(target) = &role.escalates_to {
            one(format!("role.{id}.escalates-to"), target, To::Role);
        }
    }
    for id in system.environment.keys() {
        one(format!("environment.{id}"), id, To::Environment);
    }
    for (id, model) in &system.model {
        many(
            &format!("model.{id}.made-from"),
            &model.made_from,
            To::Kinds(&["model", "adapter", "dataset"]),
            &mut one,
        );
        if let Some(target) = &model.fallback {
            one(format!("model.{id}.fallback"), target, To::Kinds(&["model"]));
        }
    }
    for (id, adapter) in &system.adapter {
        one(format!("adapter.{id}.base"), &adapter.base, To::Kinds(&["model"]));
        many(
            &format!("adapter.{id}.made-from"),
            &adapter.made_from,
            To::Kinds(&["dataset"]),
            &mut one,
        );
    }
    for (id, prompt) in &system.prompt {
        if let Some(target) = &prompt.author {
            one(format!("prompt.{id}.author"), target, To::Role);
        }
    }
    for (id, tool) in &system.tool {
        if let Some(target) = &tool.mcp {
            one(format!("tool.{id}.mcp"), target, To::Kinds(&["mcp"]));
        }
    }
    for (id, agent) in &system.agent {
        one(format!("agent.{id}.model"), &agent.model, To::Kinds(&["model"]));
        many(&format!("agent.{id}.tools"), &agent.tools, To::Kinds(&["tool"]), &mut one);
        if let Some(target) = &agent.memory {
            one(format!("agent.{id}.memory"), target, To::Kinds(&["memory"]));
        }
    }
    for (id, zone) in &system.zone {
        many(&format!("zone.{id}.holds"), &zone.holds, To::Anything, &mut one);
    }
    for (id, endpoint) in &system.endpoint {
        many(
            &format!("endpoint.{id}.environments"),
            &endpoint.environments,
            To::Environment,
            &mut one,
        );
    }
    for (id, guard) in &system.guard {
        many(&format!("guard.{id}.on"), &guard.on, To::Kinds(&["flow"]), &mut one);
    }
    for (id, flow) in &system.flow {
        one(format!("flow.{id}.from"), &flow.from, To::Anything);
        one(format!("flow.{id}.to"), &flow.to, To::Anything);
        many(&format!("flow.{id}.environments"), &flow.environments, To::Environment, &mut one);
    }
    for (id, pipeline) in &system.pipeline {
        many(
            &format!("pipeline.{id}.makes"),
            &pipeline.makes,
            To::Kinds(&["model", "adapter", "dataset", "store"]),
            &mut one,
        );
        if let Some(target) = &pipeline.environment {
            one(format!("pipeline.{id}.environment"), target, To::Environment);
        }
    }
    for (id, feedback) in &system.feedback {
        one(format!("feedback.{id}.from"), &feedback.from, To::Anything);
        one(
            format!("feedback.{id}.to"),
            &feedback.to,
            To::Kinds(&["model", "adapter", "dataset", "store", "memory", "prompt"]),
        );
    }
    for (id, document) in &system.document {
        if let Some(review) = &document.reviewed {
            one(format!("document.{id}.reviewed.by"), &review.by, To::Role);
        }
    }
    if let Some(distributed) = &system.system.distributes {
        many(
            "system.distributes",
            distributed,
            To::Kinds(&["model", "adapter", "dataset", "prompt"]),
            &mut one,
        );
    }
    all
}

/// Looks at references and sense. Of a file that is not `whole` only the references are looked at; elements that were
/// `taken` out of it are there all the same.
pub(super) fn validate(
    system: &System,
    taken: &BTreeSet<String>,
    whole: bool,
    spans: &Spans,
    problems: &mut Vec<Problem>,
) {
    let mut elements = system.elements();
    elements.extend(taken.iter().cloned());
    for reference in references(system) {
        if problems.len() > 2 * MAX_PROBLEMS {
            return;
        }
        unresolved(&reference, system, &elements, spans, problems);
    }
    circles(system, spans, problems);
    if whole {
        data_on_no_flow(system, spans, problems);
        exposed_nowhere(system, spans, problems);
        too_wide(system, spans, problems);
    }
}

fn unresolved(
    reference: &Reference,
    system: &System,
    elements: &BTreeSet<String>,
    spans: &Spans,
    problems: &mut Vec<Problem>,
) {
    let target = reference.target.as_str();
    let (known, candidates): (bool, Vec<&str>) = match reference.to {
        To::Role => {
            let roles = elements.iter().filter_map(|name| name.strip_prefix("role."));
            (elements.contains(&format!("role.{target}")), roles.collect())
        }
        To::Environment => (
            system.system.environments.contains(target),
            system.system.environments.iter().map(String::as_str).collect(),
        ),
        To::Anything => (
            ACTORS.contains(&target) || elements.contains(target),
            ACTORS.into_iter().chain(elements.iter().map(String::as_str)).collect(),
        ),
        To::Kinds(kinds) => {
            let fits =
                |name: &&str| name.split_once('.').is_some_and(|(kind, _)| kinds.contains(&kind));
            let candidates: Vec<&str> = elements.iter().map(String::as_str).filter(fits).collect();
            (candidates.contains(&target), candidates)
        }
    };
    if known {
        return;
    }
    let what = match reference.to {
        To::Role => "a role, [role.…]".to_owned(),
        To::Environment => "an environment in system.environments".to_owned(),
        To::Anything => format!("an element as kind.id, or one of {}", ACTORS.join(", ")),
        To::Kinds(kinds) => format!("{} as kind.id", kinds.join(" or ")),
    };
    // Also what has the right id under another kind, or stands without its kind.
    let by_id = candidates.iter().copied().find(|name| {
        let id = target.rsplit('.').next().unwrap_or(target);
        name.rsplit('.').next() == Some(id)
    });
    let hint = match nearest(target, candidates.iter().copied()).or(by_id) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None if candidates.is_empty() => format!("there is none yet: declare {what}"),
        None => format!(
            "name {what}; there are: {}",
            candidates.iter().take(40).copied().collect::<Vec<_>>().join(", ")
        ),
    };
    let span = spans.value(&reference.path);
    let field =
        reference.path.split('.').rfind(|part| part.parse::<usize>().is_err()).unwrap_or_default();
    let message = match reference.to {
        To::Environment if reference.path.starts_with("environment.") => {
            format!("[environment.{target}] is not in system.environments")
        }
        _ => format!("`{field}` names something that is not in this file"),
    };
    problems.push(Problem::error("unresolved", spans.line_at(span.start), span, message, hint));
}

/// A fallback or escalation that comes back to where it began helps nobody.
fn circles(system: &System, spans: &Spans, problems: &mut Vec<Problem>) {
    let mut report = |path: String, what: &str| {
        let span = spans.value(&path);
        let line = spans.line_at(span.start);
        problems.push(Problem::error(
            "circle",
            line,
            span,
            format!("this {what} leads back to where it began"),
            "let the chain end somewhere: remove this line, or name another",
        ));
    };
    for id in system.model.keys() {
        let next = |id: &str| {
            system
                .model
                .get(id)
                .and_then(|m| m.fallback.as_deref())
                .and_then(|f| f.strip_prefix("model."))
        };
        if comes_back(id, next) {
            report(format!("model.{id}.fallback"), "fallback");
        }
    }
    for id in system.role.keys() {
        if comes_back(id, |id| system.role.get(id).and_then(|r| r.escalates_to.as_deref())) {
            report(format!("role.{id}.escalates-to"), "escalation");
        }
    }
}

fn comes_back<'a>(start: &'a str, next: impl Fn(&'a str) -> Option<&'a str>) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = start;
    while let Some(following) = next(at) {
        if following == start {
            return true;
        }
        if !seen.insert(following) {
            return false;
        }
        at = following;
    }
    false
}

/// What data is for can only be judged where it is seen to go.
fn data_on_no_flow(system: &System, spans: &Spans, problems: &mut Vec<Problem>) {
    let mut used = BTreeSet::new();
    used.extend(system.flow.values().flat_map(|flow| [flow.from.as_str(), flow.to.as_str()]));
    used.extend(
        system
            .feedback
            .values()
            .flat_map(|feedback| [feedback.from.as_str(), feedback.to.as_str()]),
    );
    used.extend(system.model.values().flat_map(|model| model.made_from.iter().map(String::as_str)));
    used.extend(
        system.adapter.values().flat_map(|adapter| adapter.made_from.iter().map(String::as_str)),
    );
    used.extend(system.agent.values().filter_map(|agent| agent.memory.as_deref()));
    used.extend(
        system.pipeline.values().flat_map(|pipeline| pipeline.makes.iter().map(String::as_str)),
    );
    let data = ["dataset.", "store.", "memory.", "log."];
    for name in system.elements() {
        if data.iter().any(|kind| name.starts_with(kind)) && !used.contains(name.as_str()) {
            let span = spans.key(&name);
            let line = spans.line_at(span.start);
            problems.push(
                Problem::error(
                    "on-no-flow",
                    line,
                    span,
                    format!("`{name}` is on no flow"),
                    format!(
                        "add a flow from or to \"{name}\" under [flow], or remove what is not used"
                    ),
                )
                .warning(),
            );
        }
    }
}

/// A location that is the whole folder says of nothing in it what it is.
fn too_wide(system: &System, spans: &Spans, problems: &mut Vec<Problem>) {
    let is_all = |location: &&Location| {
        location.path().is_some_and(|path| path.split('/').all(|part| matches!(part, "" | ".")))
    };
    let mut look = |name: String, location: Option<&Location>| {
        if location.filter(is_all).is_some() {
            let span = spans.key(&name);
            let message = format!("the location of `{name}` is the whole folder");
            let hint = "name the file or folder that it is: path:models, path:app/tools.py";
            let line = spans.line_at(span.start);
            problems.push(Problem::error("too-wide", line, span, message, hint).warning());
        }
    };
    system.model.iter().for_each(|(id, it)| look(format!("model.{id}"), Some(&it.location)));
    system.adapter.iter().for_each(|(id, it)| look(format!("adapter.{id}"), Some(&it.location)));
    system.dataset.iter().for_each(|(id, it)| look(format!("dataset.{id}"), Some(&it.location)));
    system.prompt.iter().for_each(|(id, it)| look(format!("prompt.{id}"), Some(&it.location)));
    system.document.iter().for_each(|(id, it)| look(format!("document.{id}"), Some(&it.location)));
    system.tool.iter().for_each(|(id, it)| look(format!("tool.{id}"), it.location.as_ref()));
}

fn exposed_nowhere(system: &System, spans: &Spans, problems: &mut Vec<Problem>) {
    let mut warn = |path: &str, kind, message: &str, hint: &str| {
        let span = spans.key(path);
        let line = spans.line_at(span.start);
        problems.push(Problem::error(kind, line, span, message, hint).warning());
    };
    if system.system.exposure != Exposure::Offline && system.endpoint.is_empty() {
        warn(
            "system.exposure",
            "no-endpoint",
            "the system can be reached, and no endpoint is declared",
            "add [endpoint.…] with its address and how callers prove who they are",
        );
    }
    if system.model.is_empty() && system.agent.is_empty() {
        // Where its table stands empty, the question is asked there.
        let place = if spans.key("model").is_empty() { "system" } else { "model" };
        warn(
            place,
            "no-model",
            "no model is declared",
            "add [model.…] with its location: a path:, an api:, an hf: …",
        );
    }
    if system.role.is_empty() {
        warn(
            "system",
            "no-role",
            "nobody answers for the system",
            "add [role.risk-owner] with a contact",
        );
    }
    for (id, dataset) in &system.dataset {
        if dataset.class >= DataClass::Personal && dataset.retention.is_none() {
            warn(
                &format!("dataset.{id}"),
                "no-retention",
                &format!("`dataset.{id}` is about people and says nothing of how long it is kept"),
                "add retention = \"…\"",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::system::read;

    #[test]
    fn a_location_that_is_the_whole_folder_is_too_wide() {
        let kinds = |path: &str| {
            let text = format!(
                "schema = 1\nsystem = {{ id = \"x\", purpose = \"x\", exposure = \"offline\", impact = \"low\" }}\n\
                 [model]\nall = {{ location = \"path:{path}\" }}\n"
            );
            let kinds: Vec<_> = read(&text).problems.iter().map(|problem| problem.kind).collect();
            kinds.contains(&"too-wide")
        };
        assert_eq!([".", "./", "models"].map(kinds), [true, true, false]);
    }
}
