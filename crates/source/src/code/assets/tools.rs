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
            NOT_TOOLS, RUN_BY_PROVIDER, TOOL_CALLS, TOOL_CLASSES, TOOL_DECORATORS, TOOL_PACKAGES,
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
    let packaged = is_of(TOOL_PACKAGES, name) && last.starts_with(|c: char| c.is_ascii_uppercase());
    let parts =
        ["Wrapper", "Input", "Config", "Schema", "Client", "Error", "Adapter", "Message", "Params"];
    let tool_like = ["Tool", "Tools"].iter().any(|end| last.ends_with(end))
        || name.contains("tools.") && !parts.iter().any(|end| last.ends_with(end))
        || last.ends_with("REPL");
    if packaged && tool_like && !name.ends_with("()") && !NOT_TOOLS.contains(&last) {
        put(
            look,
            module,
            &Tool {
                name: last,
                description: "",
                parameters: "",
                line: call.line,
                method: Method::Call,
            },
        );
    }
}

fn name_of(look: &Look<'_>, module: usize, call: &Call, names: &[&str]) -> Option<String> {
    let (at, value) = look.value(module, call, names)?;
    let told = resolve::texts(look.project, at, &value).into_iter().find(|told| told.whole);
    told.map(|told| told.text).or_else(|| match value {
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

/// Schemas of functions, as they are sent to a model.
fn schemas(look: &mut Look<'_>, at: At, value: &Value, depth: u32) {
    if depth > 10 {
        return;
    }
    match value {
        Value::Dict(items) => {
            let schema =
                ["parameters", "input_schema", "inputSchema"].iter().find_map(|key| value.key(key));
            if let (Some(Value::Text(name)), Some(description), Some(_)) =
                (value.key("name"), value.key("description"), schema)
            {
                let told = resolve::texts(look.project, at, description).into_iter().next();
                let description = told.map(|told| told.text).unwrap_or_default();
                put(
                    look,
                    at.module,
                    &Tool {
                        name: &name.text,
                        description: &description,
                        parameters: "",
                        line: name.line,
                        method: Method::Definition,
                    },
                );
            }
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
