//! Tools that a model may call: decorated functions, classes, schemas, and functions that are given to an agent.

use coseal_core::{
    fact::{AssetKind, Method},
    finding::Confidence,
};

use super::{
    look::{Look, New, digest_of},
    offered,
};
use crate::code::{
    ir::{Call, Class, Function, Module, Text, Value},
    known::{
        agents::{
            NOT_TOOLS, RUN_BY_PROVIDER, SWITCHED_ON, TOOL_CALLS, TOOL_CLASSES, TOOL_DECORATORS,
            TOOL_PACKAGES, TOOLS_BY_NAME,
        },
        pattern::is_of,
    },
    resolve::{self, At},
};

/// A tool to be put down.
pub(super) struct Tool<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) parameters: &'a str,
    pub(super) line: u32,
    pub(super) method: Method,
}

pub(super) fn put(look: &mut Look<'_>, module: usize, tool: &Tool<'_>) {
    let name = tool.name.trim();
    let fits = !name.is_empty()
        && !name.starts_with('_')
        && name.len() <= 80
        && !name.contains(['\n', '{', '}']);
    if !fits {
        return;
    }
    let path = look.project.modules.get(module).map_or("", |module| module.path.as_str());
    let location = Some(format!("path:{path}"));
    let (method, confidence) = (tool.method, Confidence::High);
    let new = New { location, method, confidence, ..New::called(AssetKind::Tool, name) };
    if let Some(asset) = look.put(new, module, tool.line) {
        let text = format!("{name}\n{}\n{}", tool.description, tool.parameters);
        asset.digest = Some(digest_of(&text));
    }
}

/// Tools that the functions and classes of a module are.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    for function in &module.functions {
        for decorator in &function.decorators {
            let name =
                resolve::dotted(project, At { module: at, scope: function.scope }, decorator);
            let last = name.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
            if TOOL_DECORATORS.contains(&last) {
                decorated(look, at, module, function, decorator);
                break;
            }
        }
    }
    for class in &module.classes {
        of_class(look, at, module, class);
    }
    for (scope, value) in all_values(module) {
        schemas(look, At { module: at, scope }, value, 0);
    }
}

fn decorated(
    look: &mut Look<'_>,
    at: usize,
    module: &Module,
    function: &Function,
    decorator: &Value,
) {
    let call = if let Value::Call(index) = decorator { module.calls.get(*index) } else { None };
    let text = |names: &[&str]| {
        let told = call.map(|call| look.argument(at, call, names)).unwrap_or_default();
        told.into_iter().next().map(|told| told.text)
    };
    let name = text(&["name", "name_or_callable", "name_override", "0"])
        .filter(|name| !name.contains(' ') || name.len() < 50);
    let doc = function.doc.as_ref().map_or("", |doc| doc.text.as_str());
    let description =
        text(&["description", "description_override"]).unwrap_or_else(|| doc.to_owned());
    let tool = Tool {
        name: name.as_deref().unwrap_or(&function.name),
        description: &description,
        parameters: &parameters(function),
        line: function.line,
        method: Method::Definition,
    };
    put(look, at, &tool);
}

pub(super) fn parameters(function: &Function) -> String {
    let shown: Vec<_> =
        function.parameters.iter().map(|(name, kind)| format!("{name}:{kind}")).collect();
    shown.join(",")
}

fn of_class(look: &mut Look<'_>, at: usize, module: &Module, class: &Class) {
    let project = look.project;
    // A class of a framework that is defined here is none of the tools that derive from it.
    let base = TOOL_CLASSES.contains(&class.name.as_str());
    let marked = is_marked(look, at, class);
    if base || !marked && !is_tool_class(look, at, class, 3) {
        return;
    }
    let here = At { module: at, scope: class.body };
    let text = |wanted: &str| {
        let told = resolve::texts(project, here, &Value::Name(format!("self.{wanted}")));
        let property = || {
            let found = module.functions.get(project.method(at, class.body, wanted)?)?;
            let inside = At { module: at, scope: found.body };
            resolve::texts(project, inside, found.returns.first()?).into_iter().next()
        };
        told.into_iter().next().or_else(property).map(|told| told.text)
    };
    let name = text("name");
    let runs = ["_run", "_arun", "run", "execute", "forward", "__call__", "call"];
    let has_methods = runs.iter().any(|name| project.method(at, class.body, name).is_some());
    // A base for tools is none itself.
    if name.is_none() && !has_methods && !marked {
        return;
    }
    let description = text("description").unwrap_or_default();
    let doc = class.doc.as_ref().map_or("", |doc| doc.text.as_str());
    let tool = Tool {
        name: name.as_deref().unwrap_or(&class.name),
        description: if description.is_empty() { doc } else { &description },
        parameters: "",
        line: class.line,
        method: Method::Definition,
    };
    put(look, at, &tool);
}

/// Whether a decorator makes a tool of a class.
fn is_marked(look: &Look<'_>, at: usize, class: &Class) -> bool {
    class.decorators.iter().take(8).any(|decorator| {
        let name = resolve::dotted(look.project, At { module: at, scope: 0 }, decorator);
        let last = name.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
        TOOL_DECORATORS.contains(&last)
    })
}

pub(super) fn is_tool_class(look: &Look<'_>, at: usize, class: &Class, depth: u32) -> bool {
    class.bases.iter().take(8).any(|base| {
        let name = resolve::dotted(look.project, At { module: at, scope: 0 }, base);
        let last = name.rsplit('.').next().unwrap_or_default();
        if TOOL_CLASSES.contains(&last) {
            return true;
        }
        let found =
            look.project.class(at, last).and_then(|c| look.project.modules.get(at)?.classes.get(c));
        depth > 0
            && found.is_some_and(|base| {
                base.body != class.body && is_tool_class(look, at, base, depth - 1)
            })
    })
}

/// A tool that a call makes. `bound` is what its result is called.
pub(super) fn in_call(
    look: &mut Look<'_>,
    module: usize,
    call: &Call,
    name: &str,
    bound: Option<&str>,
) {
    let last = name.rsplit('.').next().unwrap_or_default();
    offered::in_call(look, module, call, last);
    for (pattern, names, descriptions) in TOOL_CALLS {
        if pattern.fits(name) {
            if offered::one_by_one(look, module, call, names) {
                return;
            }
            if let Some(on) = SWITCHED_ON.iter().find(|on| call.keyword(on).is_some()) {
                return by_name(look, module, call, on);
            }
            let described = look.value(module, call, descriptions).is_some()
                || !matches!(last, "Tool" | "add_tool" | "addTool" | "tool");
            if let (true, Some(tool)) = (described, name_of(look, module, call, names)) {
                let description = text_of(look, module, call, descriptions);
                let parameters = String::new();
                put(
                    look,
                    module,
                    &Tool {
                        name: &tool,
                        description: &description,
                        parameters: &parameters,
                        line: call.line,
                        method: Method::Call,
                    },
                );
            }
            return;
        }
    }
    // `self.tool(run, name="find", description=…)`: registered, whatever the server is called.
    let registered = matches!(last, "tool" | "register_tool" | "registerTool")
        && call.keyword("name").is_some()
        && call.place(0).is_some()
        && look.value(module, call, &["description"]).is_some();
    if let Some(tool) = registered.then(|| name_of(look, module, call, &["name"])).flatten() {
        let description = text_of(look, module, call, &["description"]);
        return put(
            look,
            module,
            &Tool {
                name: &tool,
                description: &description,
                parameters: "",
                line: call.line,
                method: Method::Call,
            },
        );
    }
    // `tool({ description, parameters, execute })`, called as the key or constant that holds it.
    let runs = ["execute", "inputSchema", "parameters", "func", "schema"];
    if matches!(last, "tool" | "dynamicTool" | "createTool" | "betaTool" | "betaZodTool")
        && look.value(module, call, &runs).is_some()
    {
        let written = text_of(look, module, call, &["name", "id"]);
        let tool = if written.is_empty() { bound.unwrap_or_default().to_owned() } else { written };
        let description = text_of(look, module, call, &["description"]);
        return put(
            look,
            module,
            &Tool {
                name: &tool,
                description: &description,
                parameters: "",
                line: call.line,
                method: Method::Call,
            },
        );
    }
    if last == "tool" && call.place(1).is_some() && is_of(&["@langchain", "langchain"], name) {
        let tool = text_of(look, module, call, &["name"]);
        let description = text_of(look, module, call, &["description"]);
        return put(
            look,
            module,
            &Tool {
                name: &tool,
                description: &description,
                parameters: "",
                line: call.line,
                method: Method::Call,
            },
        );
    }
    // `server.tool("find", …, run)`, whatever the server is called.
    let runs = |value: &Value| matches!(value, Value::Function(_) | Value::Name(_));
    let handled = call.arguments.len() > 1 && call.arguments.last().is_some_and(|a| runs(&a.value));
    if last == "tool"
        && handled
        && let Some(Value::Text(Text { text: tool, .. })) = call.place(0)
        && tool.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c))
    {
        return by_name(look, module, call, tool);
    }
    // `openai.tools.webSearch()`: a tool that a provider runs.
    if is_of(&["ai_sdk"], name) && name.contains(".tools.") && !name.ends_with("()") {
        return by_name(look, module, call, last);
    }
    if matches!(last, "load_tools" | "loadTools") {
        for told in look.argument(module, call, &["tool_names", "0"]).into_iter().take(20) {
            by_name(look, module, call, &told.text);
        }
    }
    let packaged = is_of(TOOL_PACKAGES, name) && last.starts_with(|c: char| c.is_ascii_uppercase());
    let parts =
        ["Wrapper", "Input", "Config", "Schema", "Client", "Error", "Adapter", "Message", "Params"];
    let tool_like = ["Tool", "Tools", "Toolkit"].iter().any(|end| last.ends_with(end))
        || (name.contains("tools.") || name.contains("tools/"))
            && !parts.iter().any(|end| last.ends_with(end))
        || TOOLS_BY_NAME.contains(&last)
        || last.ends_with("REPL");
    if packaged && tool_like && !name.ends_with("()") && !NOT_TOOLS.contains(&last) {
        by_name(look, module, call, last);
    }
}

/// A tool of which only the name is told.
fn by_name(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let (line, method) = (call.line, Method::Call);
    put(look, module, &Tool { name, description: "", parameters: "", line, method });
}

fn name_of(look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> Option<String> {
    let (at, value) = look.value(module, call, names)?;
    let told = resolve::texts(look.project, at, &value).into_iter().find(|told| told.whole);
    // What registers tools is given the server that they are registered with.
    let registers = resolve::called(&call.callee).starts_with("registerTool");
    told.map(|told| told.text).or_else(|| match value {
        Value::Name(_) if registers => None,
        // `tool.schema.name` is the name of another, not known here.
        Value::Name(name) => {
            let last = name.rsplit('.').next()?;
            let field = name.contains('.') && matches!(last, "name" | "id" | "title" | "fn");
            (!field).then(|| last.to_owned())
        }
        _ => None,
    })
}

fn text_of(look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> String {
    look.argument(module, call, names).into_iter().next().map(|told| told.text).unwrap_or_default()
}

fn all_values(module: &Module) -> impl Iterator<Item = (usize, &Value)> {
    let bound = module.bindings.iter().map(|binding| (binding.read_in, &binding.value));
    let passed =
        module.calls.iter().flat_map(|call| call.arguments.iter().map(|a| (call.scope, &a.value)));
    let given = module.functions.iter().flat_map(|f| f.returns.iter().map(|value| (f.body, value)));
    bound.chain(passed).chain(given)
}

/// Whether a tool of this type is run by the provider of the model: `{"type": "web_search_20250305"}`.
fn is_run_by_provider(kind: &str) -> bool {
    let dated = kind.rsplit_once('_').is_some_and(|(name, date)| {
        RUN_BY_PROVIDER.contains(&name)
            && date.len() == 8
            && date.bytes().all(|b| b.is_ascii_digit())
    });
    dated || matches!(kind, "web_search_preview" | "code_interpreter" | "computer_use_preview")
}

/// A tool that a schema describes; its name may be a constant.
fn of_schema(look: &mut Look<'_>, at: At, name: &Value, description: Option<&Value>) {
    let first = |value: &Value| resolve::texts(look.project, at, value).into_iter().next();
    let Some(name) = first(name).filter(|told| told.whole && told.module == at.module) else {
        return;
    };
    let description = description.and_then(first).map(|told| told.text).unwrap_or_default();
    let (line, method) = (name.line, Method::Definition);
    let tool = Tool { name: &name.text, description: &description, parameters: "", line, method };
    put(look, at.module, &tool);
}

/// `tools: { find: { description, parameters, execute } }`
fn of_tools(look: &mut Look<'_>, at: At, value: &Value) {
    let Some(Value::Dict(tools)) = value.key("tools") else { return };
    for (key, tool) in tools.iter().take(100) {
        let runs =
            ["parameters", "inputSchema", "execute"].iter().any(|key| tool.key(key).is_some());
        if let (Value::Text(_), Some(description), true) = (key, tool.key("description"), runs) {
            of_schema(look, at, key, Some(description));
        }
    }
}

/// Schemas of functions, as they are sent to a model.
fn schemas(look: &mut Look<'_>, at: At, value: &Value, depth: u32) {
    if depth > 10 {
        return;
    }
    match value {
        Value::Dict(items) => {
            let schema =
                ["parameters", "input_schema", "inputSchema"].iter().find_map(|key| value.key(key));
            // A schema by itself is one of MCP; `parameters` may be of anything.
            let sure = value.key("inputSchema").is_some() || value.key("description").is_some();
            if let (Some(name), Some(_), true) = (value.key("name"), schema, sure) {
                of_schema(look, at, name, value.key("description"));
            }
            of_tools(look, at, value);
            let run = value.key("type").and_then(|kind| match kind {
                Value::Text(text) if is_run_by_provider(&text.text) => Some(text),
                _ => None,
            });
            if let Some(Text { text: name, line }) = run {
                let (line, method) = (*line, Method::Definition);
                let tool = Tool { name, description: "", parameters: "", line, method };
                put(look, at.module, &tool);
            }
            for (_, value) in items {
                schemas(look, at, value, depth + 1);
            }
        }
        Value::List(values) | Value::Choice(values) => {
            for value in values {
                schemas(look, at, value, depth + 1);
            }
        }
        _ => {}
    }
}
