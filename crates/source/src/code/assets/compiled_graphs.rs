//! What a graph of agents is called that a builder makes: the builder and what it compiles are one agent.

use super::look::Look;
use crate::code::ir::{Call, Module, Value};

/// Calls behind one another looked through: `StateGraph(…).add_node(…).add_edge(…)`.
const LONGEST: usize = 100;

/// The name of a graph of the module: of the node that it becomes in another, else of its builder, else of what is compiled.
pub(super) fn name(look: &Look<'_>, module: usize, call: &Call) -> Option<String> {
    let module = look.project.modules.get(module)?;
    let bound = module.bindings.iter().find(|binding| starts(module, &binding.value, call))?;
    let builder = bound.name.as_str();
    let node = module.calls.iter().find_map(|call| node(module, call, builder));
    let stem = builder.strip_suffix("_builder").or_else(|| builder.strip_suffix("Builder"));
    let stem = stem.unwrap_or(builder);
    let says = !matches!(stem, "graph" | "workflow" | "builder" | "state" | "agent" | "app" | "g");
    let compiled = || {
        let of_builder = |value: &Value| compiles(module, value, builder);
        let found = module.bindings.iter().find(|binding| of_builder(&binding.value));
        found.map(|binding| binding.name.clone())
    };
    node.or_else(|| says.then(|| stem.to_owned())).or_else(compiled)
}

/// Whether a chain of calls starts with this one.
fn starts(module: &Module, value: &Value, wanted: &Call) -> bool {
    let mut value = value;
    for _ in 0..LONGEST {
        let Value::Call(index) = value else { return false };
        let Some(call) = module.calls.get(*index) else { return false };
        if std::ptr::eq(call, wanted) {
            return true;
        }
        let Value::Attribute(base, _) = &call.callee else { return false };
        value = base;
    }
    false
}

/// Whether a value is `builder.compile(…)`.
fn compiles(module: &Module, value: &Value, builder: &str) -> bool {
    let Value::Call(index) = value else { return false };
    let callee = module.calls.get(*index).map(|call| &call.callee);
    matches!(callee, Some(Value::Name(name)) if name.strip_suffix(".compile") == Some(builder))
}

/// The name in `other.add_node("name", builder.compile())`.
fn node(module: &Module, call: &Call, builder: &str) -> Option<String> {
    let adds = matches!(&call.callee, Value::Name(name) if name.ends_with(".add_node") || name.ends_with(".addNode"));
    let graph = call.place(1).filter(|_| adds)?;
    let name = call.place(0)?.text()?;
    compiles(module, graph, builder).then(|| name.to_owned())
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
