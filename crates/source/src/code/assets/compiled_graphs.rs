//! What a graph of agents is called that a builder makes: the builder and what it compiles are one agent.

use std::collections::BTreeMap;

use crate::code::ir::{Call, Module, Value};

/// Calls behind one another looked through: `StateGraph(…).add_node(…).add_edge(…)`.
const LONGEST: usize = 100;

/// What a module binds, compiles and adds as a node, by what it is looked for.
#[derive(Default)]
pub(super) struct Graphs<'a> {
    /// What a chain of calls is bound to, by each call of it.
    bound: BTreeMap<usize, &'a str>,
    /// Names of nodes, by the builder that is compiled there.
    nodes: BTreeMap<&'a str, &'a str>,
    /// What is compiled, by the builder.
    compiled: BTreeMap<&'a str, &'a str>,
}

impl<'a> Graphs<'a> {
    /// Looks through a module once; the first of equals counts.
    pub(super) fn of(module: &'a Module) -> Self {
        let mut all = Self::default();
        for binding in &module.bindings {
            for index in chain(module, &binding.value) {
                all.bound.entry(index).or_insert(&binding.name);
            }
            if let Some(builder) = compiles(module, &binding.value) {
                all.compiled.entry(builder).or_insert(&binding.name);
            }
        }
        for (builder, name) in module.calls.iter().filter_map(|call| node(module, call)) {
            all.nodes.entry(builder).or_insert(name);
        }
        all
    }

    /// The name of the graph that a call starts: of the node that it becomes in another, else of its builder, else of what is
    /// compiled.
    pub(super) fn name(&self, call: usize) -> Option<&'a str> {
        let builder = *self.bound.get(&call)?;
        let stem = builder.strip_suffix("_builder").or_else(|| builder.strip_suffix("Builder"));
        let stem = stem.unwrap_or(builder);
        let says =
            !matches!(stem, "graph" | "workflow" | "builder" | "state" | "agent" | "app" | "g");
        let node = self.nodes.get(builder).copied().or_else(|| says.then_some(stem));
        node.or_else(|| self.compiled.get(builder).copied())
    }
}

/// The calls of a chain, the last first.
fn chain<'a>(module: &'a Module, value: &'a Value) -> impl Iterator<Item = usize> {
    let mut value = Some(value);
    let next = move || {
        let Some(Value::Call(index)) = value else { return None };
        value = module.calls.get(*index).and_then(|call| match &call.callee {
            Value::Attribute(base, _) => Some(&**base),
            _ => None,
        });
        Some(*index)
    };
    std::iter::from_fn(next).take(LONGEST)
}

/// The builder in `builder.compile(…)`.
fn compiles<'a>(module: &'a Module, value: &Value) -> Option<&'a str> {
    let Value::Call(index) = value else { return None };
    let Value::Name(name) = &module.calls.get(*index)?.callee else { return None };
    name.strip_suffix(".compile")
}

/// The builder and the name in `other.add_node("name", builder.compile())`.
fn node<'a>(module: &'a Module, call: &'a Call) -> Option<(&'a str, &'a str)> {
    let adds = matches!(&call.callee, Value::Name(name) if name.ends_with(".add_node") || name.ends_with(".addNode"));
    let graph = call.place(1).filter(|_| adds)?;
    Some((compiles(module, graph)?, call.place(0)?.text()?))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind;

    use crate::code::of_text;

    fn agents(text: &str) -> Vec<String> {
        let text = format!("from langgraph.graph import StateGraph\n{text}");
        let found = of_text("a.py", &text).unwrap();
        let agents = found.into_iter().filter(|asset| asset.kind == AssetKind::Agent);
        agents.map(|asset| asset.name).collect()
    }

    #[test]
    fn a_builder_and_its_graph_are_one_agent() {
        for (text, wanted) in [
            ("clerk_builder = StateGraph(S)\nclerk_graph = clerk_builder.compile()", "clerk"),
            ("builder = StateGraph(S)\ndesk = builder.compile()", "desk"),
            ("b = StateGraph(S).add_node('x', f).add_edge('x', 'y')", "b"),
            ("inner = StateGraph(S)\nouter.add_node('team', inner.compile())", "team"),
            ("def make():\n    builder = StateGraph(S)\n    return builder.compile()", "make"),
        ] {
            assert_eq!(agents(text), [wanted], "{text}");
        }
    }
}
