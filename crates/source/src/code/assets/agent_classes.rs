//! Agents that are classes of the folder: their name says so, and they ask a model or are a part of a graph.

use std::collections::BTreeSet;

use coseal_core::{
    fact::{AssetKind, Method},
    finding::Confidence,
};

use super::look::{Look, New};
use crate::code::{
    ir::{Call, Class, Module, Value},
    known::{
        agents::{AGENT_CLASSES, AGENT_PACKAGES},
        pattern::is_of,
    },
    project::Project,
    resolve::{At, called, dotted},
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
pub(super) fn in_module(look: &mut Look<'_>, at: usize, in_graphs: &BTreeSet<&str>) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    let asking =
        if module.classes.iter().any(says_agent) { asking(module) } else { BTreeSet::new() };
    for class in &module.classes {
        let asks = || asking.contains(&class.body) || in_graphs.contains(class.name.as_str());
        if derives(look, at, class) || says_agent(class) && asks() {
            let (method, confidence) = (Method::Definition, Confidence::Medium);
            let new = New { method, confidence, ..New::called(AssetKind::Agent, &class.name) };
            look.put(new, at, class.line);
        }
    }
}

/// Whether a class derives from an agent of a package.
fn derives(look: &Look<'_>, at: usize, class: &Class) -> bool {
    class.bases.iter().take(8).any(|base| {
        let name = dotted(look.project, At { module: at, scope: 0 }, base);
        let last = name.rsplit('.').next().unwrap_or_default();
        AGENT_CLASSES.contains(&last) && name.contains('.') && is_of(AGENT_PACKAGES, &name)
    })
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

/// What is called in modules in which a graph is made: an object of a class is made there.
pub(super) fn in_graphs(project: &Project) -> BTreeSet<&str> {
    let calls = GRAPHS.iter().filter_map(|call| project.callers.get(*call)).flatten();
    let graphs: BTreeSet<usize> = calls.map(|(module, _)| *module).collect();
    let made = project.callers.iter();
    let made = made.filter(|(_, calls)| calls.iter().any(|(module, _)| graphs.contains(module)));
    made.map(|(name, _)| name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind;

    use crate::code::of_text;

    #[test]
    fn a_class_of_a_package_s_agent_is_one() {
        let text = "from livekit.agents import Agent\nclass Clerk(Agent):\n    def __init__(self):\n        super().__init__(instructions='Answer the callers of the shop.')\nclass Other(Base):\n    pass\n";
        let found = of_text("a.py", text).unwrap();
        let agents: Vec<_> =
            found.iter().filter(|a| a.kind == AssetKind::Agent).map(|a| a.name.as_str()).collect();
        assert_eq!(agents, ["Clerk"]);
    }

    #[test]
    fn an_agent_has_the_name_of_its_configuration() {
        let text = "from crewai import Agent\nclass C:\n    def desk(self):\n        return Agent(config=self.agents_config['clerk'])\n";
        let found = of_text("a.py", text).unwrap();
        assert!(found.iter().any(|a| a.kind == AssetKind::Agent && a.name == "clerk"));
    }
}
