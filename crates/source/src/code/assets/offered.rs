//! Functions and classes that code gives to a model or agent as tools: `tools=[f, g]`, `bind_tools([Answer])`, `tool(f)`.

use coseal_core::fact::Method;

use super::{
    look::Look,
    tools::{Tool, is_tool_class, parameters, put},
};
use crate::code::{
    ir::{Call, Value},
    resolve::{self, At},
};

/// Tools of one list beyond this many are not looked at.
const MOST: usize = 100;
/// Calls that give tools to a model, in their first place.
const GIVES: [&str; 4] = ["bind_tools", "bindTools", "bind_functions", "ToolNode"];

/// What a call offers to a model: any `tools=[…]`, the list that is bound to a model, and `tool(f)`.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, last: &str) {
    // As written: a loop over `tool`s elsewhere in the file does not change what `tool(f)` is.
    let written = resolve::called(&call.callee);
    if GIVES.contains(&last) {
        given_as(look, module, call, &["tools", "functions", "0"]);
    } else if call.keyword("tools").is_some() {
        given_as(look, module, call, &["tools"]);
    }
    if let ("tool", [_], Some(Value::Name(name))) = (written, &*call.arguments, call.place(0)) {
        named(look, At { module, scope: call.scope }, name);
    }
}

/// Functions and classes in lists whose name says tools: bound, given back by `make_tools`, or appended.
pub(super) fn in_module(look: &mut Look<'_>, at: usize) {
    let project = look.project;
    let Some(module) = project.modules.get(at) else { return };
    for binding in module.bindings.iter().filter(|binding| says_tools(&binding.name)) {
        if let Value::List(values) = &binding.value {
            listed(look, At { module: at, scope: binding.read_in }, values);
        }
    }
    for function in module.functions.iter().filter(|function| says_tools(&function.name)) {
        for value in &function.returns {
            if let Value::List(values) = value {
                listed(look, At { module: at, scope: function.body }, values);
            }
        }
    }
    for call in &module.calls {
        let Value::Name(name) = &call.callee else { continue };
        if name.strip_suffix(".append").is_some_and(says_tools)
            && let Some(value) = call.place(0)
        {
            listed(look, At { module: at, scope: call.scope }, std::slice::from_ref(value));
        }
    }
}

fn says_tools(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower == "tools"
        || lower.ends_with("_tools")
        || name.ends_with("Tools")
        || lower.ends_with(".tools")
}

fn listed(look: &mut Look<'_>, at: At, values: &[Value]) {
    for value in values.iter().take(MOST) {
        if let Value::Name(name) = value {
            named(look, at, name);
        }
    }
}

/// Functions and classes that are given to an agent in `tools=[…]`: the names of all that it gets.
pub(super) fn given(look: &mut Look<'_>, module: usize, call: &Call) -> Vec<String> {
    given_as(look, module, call, &["tools", "functions"])
}

fn given_as(look: &mut Look<'_>, module: usize, call: &Call, keys: &[&str]) -> Vec<String> {
    let project = look.project;
    let Some((at, value)) = look.value(module, call, keys) else { return Vec::new() };
    let mut names = Vec::new();
    for (at, value) in resolve::items(project, at, &value).into_iter().take(MOST) {
        match &value {
            Value::Name(name) => {
                named(look, at, name);
                names.push(name.rsplit('.').next().unwrap_or_default().to_owned());
            }
            Value::Call(index) => {
                let called = project.modules.get(at.module).and_then(|m| m.calls.get(*index));
                names.extend(called.map(|call| resolve::called(&call.callee).to_owned()));
            }
            _ => {}
        }
    }
    names
}

/// `[FunctionTool.from_defaults(fn=f) for f in [a, b]]` makes a tool of each; true if so.
pub(super) fn one_by_one(look: &mut Look<'_>, module: usize, call: &Call, names: &[&str]) -> bool {
    let Some((at, value @ Value::Name(name))) = &look.value(module, call, names) else {
        return false;
    };
    if name.contains('.') || function_named(look, *at, name).is_some() {
        return false;
    }
    let each: Vec<_> = resolve::items(look.project, *at, value).into_iter().take(MOST).collect();
    let mut any = false;
    for (at, one) in each {
        if let Value::Name(one) = one {
            any |= named(look, at, &one);
        }
    }
    any
}

/// Puts down the function or class of the folder that a name means; false if there is none.
fn named(look: &mut Look<'_>, at: At, name: &str) -> bool {
    let project = look.project;
    let (of, name, doc, parameters, line) = if let Some((of, index)) =
        function_named(look, at, name)
    {
        let found = project.modules.get(of).and_then(|module| module.functions.get(index));
        // What is decorated is told where its decorator is.
        let Some(found) = found.filter(|found| found.decorators.is_empty()) else { return false };
        (of, &found.name, &found.doc, parameters(found), found.line)
    } else if let Some((of, index)) = class_named(look, at, name) {
        let found = project.modules.get(of).and_then(|module| module.classes.get(index));
        let Some(found) = found.filter(|found| !is_tool_class(look, of, found, 3)) else {
            return false;
        };
        (of, &found.name, &found.doc, String::new(), found.line)
    } else {
        return false;
    };
    let description = doc.as_ref().map_or("", |doc| doc.text.as_str());
    let method = Method::Definition;
    put(look, of, &Tool { name, description, parameters: &parameters, line, method });
    true
}

fn function_named(look: &Look<'_>, at: At, name: &str) -> Option<(usize, usize)> {
    let last = name.rsplit('.').next()?;
    if let Some(found) = look.project.function(at.module, name) {
        return Some((at.module, found));
    }
    let module = look.project.modules.get(at.module)?;
    let method = module.functions.iter().position(|f| f.name == last && name.contains('.'));
    if let Some(found) = method {
        return Some((at.module, found));
    }
    if let Some((object, method)) = name.split_once('.') {
        return method_of(look, at, object, method);
    }
    let (target, item) = imported(look, at, name)?;
    look.project.function(target, item).map(|found| (target, found))
}

/// The method of an object whose class its annotation tells: `def f(maker: Maker): … maker.make`.
fn method_of(look: &Look<'_>, at: At, object: &str, method: &str) -> Option<(usize, usize)> {
    let module = look.project.modules.get(at.module)?;
    let typed = look.project.bindings(at.module, at.scope, object).first()?;
    let typed = module.bindings.get(*typed)?;
    let Some(Value::Name(class)) = &typed.annotation else { return None };
    let (of, class) = class_named(look, at, class)?;
    let target = look.project.modules.get(of)?;
    let body = target.classes.get(class)?.body;
    Some((of, look.project.method(of, body, method)?))
}

fn class_named(look: &Look<'_>, at: At, name: &str) -> Option<(usize, usize)> {
    let last = name.rsplit('.').next()?;
    if let Some(found) = look.project.class(at.module, last) {
        return Some((at.module, found));
    }
    let (target, item) = imported(look, at, name)?;
    look.project.class(target, item).map(|found| (target, found))
}

fn imported<'a>(look: &Look<'a>, at: At, name: &str) -> Option<(usize, &'a str)> {
    let project = look.project;
    let import =
        project.named_imports(at.module, name).filter(|import| import.bound == name).last()?;
    Some((project.imported(at.module, &import.module)?, import.item.as_deref()?))
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::AssetKind;

    use crate::code::of_text;

    fn tools(text: &str) -> Vec<String> {
        let found = of_text("a.py", text).unwrap();
        let tools = found.into_iter().filter(|asset| asset.kind == AssetKind::Tool);
        let mut names: Vec<_> = tools.map(|asset| asset.name).collect();
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn what_is_given_to_a_model_is_a_tool() {
        for (text, wanted) in [
            ("class Answer(BaseModel):\n    'To answer.'\nt = [Answer]\nm.bind_tools(t)", "Answer"),
            ("def find(q: str):\n    'Finds.'\nx.chat(model='m', tools=[find])", "find"),
            ("class Done(BaseModel):\n    x: str\nt = [tool(Done)]", "Done"),
            (
                "class M:\n    def make(self):\n        'Makes.'\ndef g(m: M):\n    a = [m.make]\n    return [FunctionTool.from_defaults(fn=f) for f in a]",
                "make",
            ),
            ("def find(q):\n    'Finds.'\ntools = [find]", "find"),
            ("class Stop(BaseModel):\n    x: bool\nmore_tools.append(Stop)", "Stop"),
            ("t = {'type': 'web_search_20250305', 'name': 'web_search'}", "web_search_20250305"),
        ] {
            assert_eq!(tools(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_none_of_the_folder_or_no_tool_is_left() {
        for text in [
            "figure(tools=[hover, 'pan'])",
            "class A(BaseModel):\n    x: str\nm.with_structured_output(A)",
            "for t in tools:\n    server.tool(t.schema.name, 'x')",
            "x = {'type': 'web_search_results'}",
        ] {
            assert_eq!(tools(text), Vec::<String>::new(), "{text}");
        }
    }
}
