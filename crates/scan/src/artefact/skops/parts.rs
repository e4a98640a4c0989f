//! What a node is made of: the loader calls what stands for the types of keys, looks up a generator by its name, and
//! gives an object whatever stands for its attributes.

use super::nodes::is_special;
use crate::{
    artefact::registry::pickle::{allowed, holds},
    encoding::json::Json,
};

/// Generators that NumPy makes by their names.
const GENERATORS: &[&str] = &["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"];

/// Whether the parts of a node are those that skops writes; or why not.
pub(super) fn judge(
    loader: &str,
    module: &str,
    class: &str,
    node: &Json,
) -> Result<(), &'static str> {
    match loader {
        "DictNode" => dict(node),
        "DefaultDictNode" => factory(node),
        "RandomGeneratorNode" => generator(node),
        "PartialNode" => partial(node),
        "ObjectNode" if is_search(module, class) => parts(node),
        "ObjectNode" | "TreeNode" | "LossNode" | "SGDNode" => attributes(module, class, node),
        "ListNode" | "SetNode" | "TupleNode" => {
            let items = field(node, "content");
            let listed = matches!(items, Some(Json::List(_)));
            if listed { Ok(()) } else { Err("its items are no list") }
        }
        _ => Ok(()),
    }
}

fn field<'j>(node: &'j Json, key: &str) -> Option<&'j Json> {
    node.at(key)
}

fn text<'j>(node: &'j Json, key: &'j str) -> &'j str {
    field(node, key).and_then(Json::text).unwrap_or_default()
}

/// Keys are given their types by calls: these must be types of plain values.
fn dict(node: &Json) -> Result<(), &'static str> {
    const WRONG: &str = "the types of its keys are no plain types";
    if !matches!(field(node, "content"), Some(Json::Map(_))) {
        return Err("its content is no object");
    }
    let Some(types) = field(node, "key_types") else { return Err(WRONG) };
    let Some(Json::List(types)) =
        field(types, "content").filter(|_| text(types, "__loader__") == "ListNode")
    else {
        return Err(WRONG);
    };
    if types.iter().all(is_plain_type) { Ok(()) } else { Err(WRONG) }
}

fn is_plain_type(node: &Json) -> bool {
    let (module, class) = (text(node, "__module__"), text(node, "__class__"));
    let key = match module {
        "builtins" => matches!(class, "str" | "int" | "float" | "bool" | "bytes" | "NoneType"),
        "numpy" => allowed(module, class).is_some_and(|allows| allows.plain),
        _ => false,
    };
    text(node, "__loader__") == "TypeNode" && key
}

/// What makes missing values: nothing, or a plain type.
fn factory(node: &Json) -> Result<(), &'static str> {
    let factory = field(node, "content").and_then(|content| field(content, "default_factory"));
    let plain = factory.is_some_and(|factory| {
        let (module, class) = (text(factory, "__module__"), text(factory, "__class__"));
        let held = allowed(module, class).is_some_and(|allows| allows.plain);
        text(factory, "__loader__") == "JsonNode"
            || text(factory, "__loader__") == "TypeNode"
                && (module, class) == ("collections", "OrderedDict")
            || text(factory, "__loader__") == "TypeNode" && module == "builtins" && held
    });
    if plain { Ok(()) } else { Err("it makes missing values by what is no plain type") }
}

/// Whether a class is a search tree or a distance of scikit-learn's: compiled, with a tuple of numbers and arrays for its
/// state.
pub(super) fn is_search(module: &str, class: &str) -> bool {
    let module = module.strip_prefix("sklearn.").unwrap_or_default();
    match module {
        "neighbors._kd_tree" | "neighbors._ball_tree" => class.contains("Tree"),
        "metrics._dist_metrics" | "neighbors._dist_metrics" => class.contains("Distance"),
        _ => false,
    }
}

/// A state that is a tuple of data.
fn parts(node: &Json) -> Result<(), &'static str> {
    let state = field(node, "content");
    let items = state
        .filter(|state| {
            text(state, "__loader__") == "TupleNode" && text(state, "__class__") == "tuple"
        })
        .and_then(|state| field(state, "content"));
    let part = |item: &Json| {
        let (module, class) = (text(item, "__module__"), text(item, "__class__"));
        match text(item, "__loader__") {
            "JsonNode" | "NdArrayNode" => true,
            "ObjectNode" => is_search(module, class),
            _ => false,
        }
    };
    match items {
        Some(Json::List(items)) if items.iter().all(part) => Ok(()),
        _ => Err("its state is no tuple of numbers and arrays"),
    }
}

/// A function that may be held, with literals and types of plain values for arguments.
fn partial(node: &Json) -> Result<(), &'static str> {
    const WRONG: &str = "it binds more than plain values to a function";
    let part = |key| field(node, "content").and_then(|content| field(content, key));
    let function = part("func").is_some_and(|of| text(of, "__loader__") == "FunctionNode");
    let plain = |key| part(key).is_some_and(|value| is_bound(value, 8));
    let spare = part("namespace").is_none_or(|value| is_bound(value, 8));
    if function && plain("args") && plain("kwds") && spare { Ok(()) } else { Err(WRONG) }
}

/// Whether a node is made of literals and types of plain values.
fn is_bound(node: &Json, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match text(node, "__loader__") {
        "JsonNode" => true,
        "TypeNode" => {
            allowed(text(node, "__module__"), text(node, "__class__")).is_some_and(|of| of.plain)
        }
        "ListNode" | "TupleNode" => match field(node, "content") {
            Some(Json::List(items)) => items.iter().all(|item| is_bound(item, depth)),
            _ => false,
        },
        "DictNode" => match field(node, "content") {
            Some(Json::Map(pairs)) => pairs.iter().all(|(_, item)| is_bound(item, depth)),
            _ => false,
        },
        _ => false,
    }
}

fn generator(node: &Json) -> Result<(), &'static str> {
    let name = field(node, "content")
        .and_then(|content| field(content, "bit_generator"))
        .filter(|state| text(state, "__loader__") == "DictNode")
        .and_then(|state| field(state, "content"))
        .and_then(|state| field(state, "bit_generator"))
        .filter(|name| text(name, "__loader__") == "JsonNode")
        .map(|name| text(name, "content").trim_matches('"'));
    match name {
        Some(name) if GENERATORS.contains(&name) => Ok(()),
        _ => Err("its generator is none of NumPy's"),
    }
}

/// Attributes by name, and under them functions only where objects of the class hold such.
fn attributes(module: &str, class: &str, node: &Json) -> Result<(), &'static str> {
    let state = match field(node, "content") {
        None | Some(Json::Plain | Json::True) => return Ok(()),
        Some(state) => state,
    };
    let (loader, of) = (text(state, "__loader__"), text(state, "__class__"));
    if loader == "JsonNode" && text(state, "content") == "null" {
        return Ok(());
    }
    if loader != "DictNode" || of != "dict" {
        let tuples = allowed(module, class).is_some_and(|allows| allows.state.takes_tuples());
        return if loader == "TupleNode" && tuples { Ok(()) } else { Err("its state is no dict") };
    }
    let Some(Json::Map(entries)) = field(state, "content") else {
        return Err("its attributes are no object");
    };
    if entries.iter().any(|(key, _)| is_special(key)) {
        return Err("an attribute is one by which Python finds a method");
    }
    let held = |(key, value): &(String, Json)| !is_callable(value) || holds(module, key);
    if entries.iter().all(held) { Ok(()) } else { Err("no object of it holds a function there") }
}

/// Whether what a node makes can be called, and is more than a type of plain values.
fn is_callable(node: &Json) -> bool {
    let (module, class) = (text(node, "__module__"), text(node, "__class__"));
    match text(node, "__loader__") {
        "TypeNode" => !allowed(module, class).is_some_and(|allows| allows.plain),
        "ObjectNode" => allowed(module, class).is_none_or(|allows| allows.calls),
        loader => {
            loader.contains("Function") || loader.contains("Method") || loader.contains("Partial")
        }
    }
}
