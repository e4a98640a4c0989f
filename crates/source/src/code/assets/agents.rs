//! Agents, and MCP servers that are defined or used.

use coseal_core::fact::AssetKind;

use super::{
    look::{Look, New},
    offered,
};
use crate::code::{
    ir::{Call, Value},
    known::{
        agents::{AGENT_PACKAGES, AGENTS, MCP_CLIENTS, MCP_SERVERS},
        pattern::is_of,
    },
    resolve,
};

/// The agent or MCP server that a call makes. `bound` is what its result is called.
pub(super) fn in_call(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    name: &str,
    (bound, graph): (Option<&str>, Option<&str>),
) {
    if let Some((_, names)) = MCP_SERVERS.iter().find(|(pattern, _)| pattern.fits(name)) {
        return server(look, module, call, names);
    }
    if MCP_CLIENTS.iter().any(|pattern| pattern.fits(name)) {
        return client(look, module, call);
    }
    if AGENTS.iter().any(|pattern| pattern.fits(name)) && is_of(AGENT_PACKAGES, name) {
        agent(look, module, call, name, (bound, graph));
    }
}

/// Handlers of requests are called as their methods, which name nothing.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

fn agent(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    name: &str,
    (bound, compiled): (Option<&str>, Option<&str>),
) {
    let last = name.rsplit('.').next().unwrap_or_default();
    // What an executor runs is the same agent once more.
    let project = look.project;
    let makes = ["AgentExecutor", "from_agent_and_tools"];
    let executor = makes
        .iter()
        .filter_map(|call| project.callers.get(*call))
        .flatten()
        .any(|(of, _)| *of == module);
    if executor
        && (last.starts_with("create") || name.contains("ConversationalChatAgent"))
        && !name.contains("langgraph")
    {
        return;
    }
    let given = offered::given(look, module, call);
    let told = configured(call)
        .or_else(|| text(look, module, call, &["name", "agent_name"]))
        .or_else(|| text(look, module, call, &["role"]));
    let scope = project.modules.get(module).map_or("", |of| of.scope_name(call.scope));
    let around =
        scope.rsplit('.').next().filter(|name| !name.is_empty() && !METHODS.contains(name));
    let graph = matches!(last, "StateGraph" | "MessageGraph");
    let compiled = compiled.filter(|_| graph && scope.is_empty());
    let bound = bound.filter(|name| name.len() > 2 && !matches!(*name, "agents" | "tools"));
    let generic =
        bound.filter(|name| !matches!(*name, "agent" | "crew" | "graph" | "workflow" | "builder"));
    // A method of an agent's class that makes a graph makes that agent.
    let class = scope.split('.').next().filter(|class| class.ends_with("Agent") && *class != scope);
    let named = class
        .or(compiled)
        .or(generic)
        .or(around.filter(|name| *name != "__init__" && *name != "main"))
        .or(bound);
    let named = told.as_deref().map(str::trim).or(named).unwrap_or(last).to_owned();
    let model = text(look, module, call, &["model", "llm", "model_name"]);
    let Some(asset) = look.put(New::called(AssetKind::Agent, &named), module, call.line) else {
        return;
    };
    if let Some(model) = model {
        asset.details.insert("model".into(), coseal_core::plain::plain(&model, 100));
    }
    if !given.is_empty() {
        asset.details.insert("tools".into(), coseal_core::plain::plain(&given.join(", "), 400));
    }
}

/// The key of a configuration that describes the agent: `Agent(config=self.agents_config["clerk"])`.
fn configured(call: &Call) -> Option<String> {
    let Some(Value::Item(_, key)) = call.keyword("config") else { return None };
    key.text().map(str::to_owned)
}

/// MCP servers that are classes: a class that derives from one, with the name that its `__init__` has by default.
pub(super) fn servers_in(look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    let derives = |base: &Value| matches!(base, Value::Name(name) if matches!(name.rsplit('.').next(), Some("FastMCP" | "McpServer" | "MCPServer")));
    for class in module.classes.iter().filter(|class| class.bases.iter().any(derives)) {
        let made = project.method(at, class.body, "__init__");
        let Some(made) = made.and_then(|made| module.functions.get(made)) else { continue };
        let at_body = resolve::At { module: at, scope: made.body };
        let told = resolve::texts(project, at_body, &Value::Name("name".into()));
        let Some(name) = told.into_iter().find(|told| told.whole).map(|told| told.text) else {
            continue;
        };
        let location = Some(format!("path:{}", module.path));
        let new = New { location, ..New::called(AssetKind::Mcp, name.trim()) };
        if let Some(asset) = look.put(new, at, class.line) {
            asset.details.insert("defined".into(), "here".into());
        }
    }
}

fn server(look: &mut Look<'_>, module: usize, call: &Call, names: &[&str]) {
    let path = look.project.modules.get(module).map_or("", |of| of.path.as_str()).to_owned();
    let folder = path
        .rsplit('/')
        .find(|part| !matches!(*part, "src" | "server.py" | "index.ts" | "main.py" | "server.ts"));
    let name = text(look, module, call, names).or_else(|| folder.map(str::to_owned));
    let Some(name) = name else { return };
    let new =
        New { location: Some(format!("path:{path}")), ..New::called(AssetKind::Mcp, name.trim()) };
    if let Some(asset) = look.put(new, module, call.line) {
        asset.details.insert("defined".into(), "here".into());
    }
}

fn client(look: &mut Look<'_>, module: usize, call: &Call) {
    // Several servers, by name: `MultiServerMCPClient({"math": {"command": …}})`.
    let at = resolve::At { module, scope: call.scope };
    let many =
        call.place(0).map(|value| resolve::items(look.project, at, value)).unwrap_or_default();
    for (at, value) in many {
        let Value::Dict(items) = &value else { continue };
        for (key, inner) in items {
            let (Some(name), Value::Dict(_)) = (key.text(), inner) else { continue };
            let word = |key: &str| {
                let told = inner.key(key).map(|value| resolve::texts(look.project, at, value));
                told.and_then(|told| told.into_iter().next()).map(|told| told.text)
            };
            let words = inner
                .key("args")
                .map(|value| resolve::texts(look.project, at, value))
                .unwrap_or_default();
            let location = word("url")
                .or_else(|| command(word("command")?, words.into_iter().map(|told| told.text)));
            used(look, module, call.line, name, location);
        }
    }
    let url = text(look, module, call, &["url", "server_url", "serverUrl", "0"])
        .filter(|url| url.starts_with("http"));
    let program = text(look, module, call, &["command"]);
    let words = look.argument(module, call, &["args"]).into_iter().map(|told| told.text);
    let location = url.or_else(|| command(program?, words));
    let Some(location) = location else { return };
    let name =
        text(look, module, call, &["name", "server_label"]).unwrap_or_else(|| short(&location));
    used(look, module, call.line, &name, Some(location));
}

fn command(program: String, words: impl Iterator<Item = String>) -> Option<String> {
    let mut line = program;
    for word in words.take(8) {
        // What looks like a path of one machine, or a secret, is not shown.
        if word.starts_with('/') || word.contains('=') || word.len() > 80 {
            continue;
        }
        line.push(' ');
        line.push_str(&word);
    }
    (!line.starts_with('/')).then(|| format!("command:{line}"))
}

fn short(location: &str) -> String {
    let mut words = location.split_whitespace().filter(|word| !word.starts_with('-'));
    let last = words.next_back().unwrap_or(location);
    let host = last.rsplit("://").next().unwrap_or(last);
    host.split(['?', '#']).next().unwrap_or(host).trim_end_matches('/').to_owned()
}

fn used(look: &mut Look<'_>, module: usize, line: u32, name: &str, location: Option<String>) {
    let address = location.clone().filter(|text| text.starts_with("http://"));
    let Some(asset) = look.put(New { location, ..New::called(AssetKind::Mcp, name) }, module, line)
    else {
        return;
    };
    if let Some(address) = address {
        asset.details.insert("address".into(), coseal_core::plain::plain(&address, 200));
    }
}

fn text(look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> Option<String> {
    let told = look.argument(module, call, names).into_iter().find(|told| told.whole);
    told.map(|told| told.text).filter(|text| !text.is_empty() && text.len() <= 120)
}
