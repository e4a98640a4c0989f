//! Agents that are classes of the folder: their name says so, and they ask a model or are a part of a graph.

use std::collections::BTreeSet;

use coseal_core::{
    fact::{AssetKind, Method},
    finding::Confidence,
};

use super::look::{Look, New};
use crate::code::{
    ir::{Call, Class, Module, Value},
    resolve::called,
};

/// Parts of names of calls that ask a model.
const ASKS: [&str; 8] = [
    "model",
    "llm",
    "completion",
    "chat",
    "invoke",
    "generate",
    "messages.create",
    "responses.create",
];
/// Calls that make a graph of agents.
const GRAPHS: [&str; 4] = ["add_node", "addNode", "StateGraph", "GroupChat"];
/// What a class derives from that is only a shape.
const SHAPES: [&str; 6] =
    ["BaseModel", "TypedDict", "Enum", "Protocol", "BaseSettings", "Exception"];

/// The agents that the classes of a module are.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    if !module.classes.iter().any(says_agent) {
        return;
    }
    let (asking, graphs) = (asking(module), graphs(look));
    for class in module.classes.iter().filter(|class| says_agent(class)) {
        let made = project.callers.get(&class.name);
        // An object of it is made where a graph is.
        let in_graph = made.is_some_and(|made| made.iter().any(|(of, _)| graphs.contains(of)));
        if in_graph || asking.contains(&class.body) {
            let (method, confidence) = (Method::Definition, Confidence::Medium);
            let new = New { method, confidence, ..New::called(AssetKind::Agent, &class.name) };
            look.put(new, at, class.line);
        }
    }
}

fn says_agent(class: &Class) -> bool {
    let name = class.name.as_str();
    let base =
        ["Base", "Abstract", "Mock", "Fake", "Test"].iter().any(|start| name.starts_with(start));
    let shape = class.bases.iter().any(|of| {
        let Value::Name(name) = of else { return false };
        SHAPES.contains(&name.rsplit('.').next().unwrap_or_default())
    });
    let says = name.len() > 5 && (name.ends_with("Agent") || name.contains("AgentWith"));
    says && !base && !shape
}

/// The bodies of classes in which a model is asked or a graph is made.
fn asking(module: &Module) -> BTreeSet<usize> {
    let asks = |call: &&Call| {
        let name = match &call.callee {
            Value::Name(name) => name.to_lowercase(),
            other => called(other).to_lowercase(),
        };
        GRAPHS.contains(&called(&call.callee)) || ASKS.iter().any(|part| name.contains(part))
    };
    let calls = module.calls.iter().filter(asks);
    calls.filter_map(|call| module.class_around(call.scope)).collect()
}

/// The modules in which a graph is made.
fn graphs(look: &Look<'_>) -> BTreeSet<usize> {
    let calls = GRAPHS.iter().filter_map(|call| look.project.callers.get(*call)).flatten();
    calls.map(|(module, _)| *module).collect()
}
