//! The nodes of a schema: which kinds only hold data, and what each may name.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict;

use super::{parts, rules};
use crate::{
    artefact::{
        registry::pickle::{Use, allowed, is_dangerous, is_run},
        report::Report,
    },
    encoding::json::Json,
};

/// The key of a node's id, a whole number.
pub(super) const ID: &str = "__id__";

/// What a node's class and module are for.
#[derive(Clone, Copy)]
enum Kind {
    /// It makes one of these and nothing else.
    Exact(&'static [(&'static str, &'static [&'static str])]),
    /// An object made by `__new__` and given its attributes.
    Object,
    /// A dict, or a class of dicts.
    Mapping,
    /// A tuple, or a class of tuples.
    Tuple,
    /// A class or a function, only held.
    Held,
    /// An array or number of that type.
    Array,
    /// A function with some of its arguments.
    Partial,
    /// A loss, made by the class's own constructor, from arguments in the file.
    Loss,
}

/// Kinds of nodes that are known to be harmless with the classes that skops writes for them.
#[rustfmt::skip]
const KINDS: &[(&str, Kind)] = &[
    ("BytearrayNode", Kind::Exact(&[("builtins", &["bytearray"])])),
    ("BytesNode", Kind::Exact(&[("builtins", &["bytes"])])),
    ("DTypeNode", Kind::Exact(&[("numpy", &["dtype"])])),
    ("DefaultDictNode", Kind::Exact(&[("collections", &["defaultdict"])])),
    ("DictNode", Kind::Mapping),
    ("FunctionNode", Kind::Held),
    ("JsonNode", Kind::Exact(&[("builtins", &["str", "int", "float", "bool", "NoneType"])])),
    ("ListNode", Kind::Exact(&[("builtins", &["list"])])),
    ("LossNode", Kind::Loss),
    ("MaskedArrayNode", Kind::Exact(&[("numpy.ma", &["MaskedArray"]), ("numpy.ma.core", &["MaskedArray"])])),
    ("NdArrayNode", Kind::Array),
    ("ObjectNode", Kind::Object),
    ("PartialNode", Kind::Partial),
    ("RandomGeneratorNode", Kind::Exact(&[("numpy.random._generator", &["Generator"]), ("numpy.random", &["Generator"])])),
    ("RandomStateNode", Kind::Exact(&[("numpy.random.mtrand", &["RandomState"]), ("numpy.random", &["RandomState"])])),
    // As versions before 0.12 call it.
    ("SGDNode", Kind::Loss),
    ("SetNode", Kind::Exact(&[("builtins", &["set", "frozenset"])])),
    ("SliceNode", Kind::Exact(&[("builtins", &["slice"])])),
    ("SparseMatrixNode", Kind::Object),
    ("TreeNode", Kind::Exact(&[("sklearn.tree._tree", &["Tree"])])),
    ("TupleNode", Kind::Tuple),
    ("TypeNode", Kind::Held),
];

/// Looks at all nodes, each once, wherever they stand.
pub(super) fn walk(root: &Json, report: &mut Report) {
    inside(root, &mut BTreeMap::new(), report);
}

/// `seen` has the nodes by their ids: the loader makes each once.
fn inside<'j>(value: &'j Json, seen: &mut BTreeMap<&'j str, &'j Json>, report: &mut Report) {
    match value {
        Json::Map(entries) => {
            node(value, entries, report);
            identity(value, seen, report);
            for (key, inner) in entries {
                match inner {
                    // The keys of a dict are anybody's words.
                    Json::Map(pairs) if key == "content" && is_dict(value) => {
                        pairs.iter().for_each(|(_, inner)| inside(inner, seen, report));
                    }
                    _ => inside(inner, seen, report),
                }
            }
        }
        Json::List(items) => items.iter().for_each(|item| inside(item, seen, report)),
        Json::Plain | Json::True | Json::Text(_) => {}
    }
}

/// Whether a node is a plain dict.
fn is_dict(node: &Json) -> bool {
    let is = |key, word| node.at(key).and_then(Json::text) == Some(word);
    is("__loader__", "DictNode") && is("__module__", "builtins") && is("__class__", "dict")
}

/// A node with the id of another is not read but stands for that one: both must be the same, but for ids within them and the members with
/// their numbers, which are looked at wherever they are named: of an object that stands in two places, these are made twice.
fn identity<'j>(value: &'j Json, seen: &mut BTreeMap<&'j str, &'j Json>, report: &mut Report) {
    for id in value.all(ID) {
        let Some(id) = id.text() else {
            unknown("a node whose id is no whole number", report);
            continue;
        };
        if !is_same(seen.entry(id).or_insert(value), value) {
            unknown(&format!("two nodes with the id {id}"), report);
        }
    }
}

fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::List(one), Json::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b))
        }
        (Json::Map(one), Json::Map(other)) => {
            let fits = |((key, a), (of, b)): (&(String, Json), &(String, Json))| {
                key == of && (key == ID || key == "file" || is_same(a, b))
            };
            one.len() == other.len() && one.iter().zip(other).all(fits)
        }
        _ => one == other,
    }
}

/// What one object of the schema makes, if it is a node or claims a part of one.
fn node(value: &Json, entries: &[(String, Json)], report: &mut Report) {
    for key in ["__loader__", "__class__", "__module__", "content", "type", "file"] {
        if value.all(key).count() > 1 {
            let text = format!("a node says {key} twice");
            report.find(&rules::SCHEMA, ArtefactVerdict::Malformed, 0, &text);
        }
    }
    special(entries, report);
    let text = |key| value.all(key).next().map(|named| named.text().unwrap_or("?"));
    let (loader, class, module) = (text("__loader__"), text("__class__"), text("__module__"));
    let Some(loader) = loader else {
        if class.is_some() || module.is_some() {
            unknown("a node without its kind", report);
        }
        // Functions of the first versions stand in an object of their own.
        if let (Some(module), Some(name)) = (text("module_path"), text("function")) {
            judge(module, name, |allows| allows.value, report);
        }
        return;
    };
    match KINDS.iter().find(|(known, _)| *known == loader) {
        Some((_, kind)) => {
            let (module, class) = (module.unwrap_or_default(), class.unwrap_or_default());
            named(*kind, module, class, report);
            if let Err(why) = parts::judge(loader, module, class, value) {
                let text = format!("{loader} of {module}.{class}: {why}");
                match kind {
                    Kind::Partial => {
                        report.find(&rules::DANGEROUS, ArtefactVerdict::Malicious, 0, &text);
                    }
                    _ => unknown(&text, report),
                }
            }
        }
        None => {
            let (module, class) = (module.unwrap_or("?"), class.unwrap_or("?"));
            let verdict = match is_dangerous(module, class) {
                true => (&rules::DANGEROUS, ArtefactVerdict::Malicious),
                false => (&rules::UNKNOWN, ArtefactVerdict::Unknown),
            };
            report.find(verdict.0, verdict.1, 0, &format!("{loader} of {module}.{class}"));
        }
    }
}

/// Whether the class of a node is one that the policy has for that.
fn named(kind: Kind, module: &str, class: &str, report: &mut Report) {
    match kind {
        Kind::Exact(known) => {
            let is = known.iter().any(|(of, names)| *of == module && names.contains(&class));
            if !is {
                judge(module, class, |_| false, report);
            }
        }
        Kind::Held => judge(module, class, |allows| allows.value, report),
        Kind::Partial if (module, class) == ("functools", "partial") => {}
        Kind::Object if parts::is_search(module, class) => {
            judge(module, class, |allows| allows.value || allows.new, report);
        }
        Kind::Object => judge(module, class, |allows| allows.new && allows.build, report),
        // Made without what makes missing values.
        Kind::Mapping if (module, class) == ("collections", "defaultdict") => {}
        Kind::Mapping => {
            judge(module, class, |allows| allows.pairs, report);
        }
        Kind::Tuple if (module, class) == ("builtins", "tuple") => {}
        // A tuple with names is made by a call with its items.
        Kind::Tuple => judge(module, class, |allows| allows.new && !allows.items, report),
        Kind::Array => judge(module, class, |allows| allows.array || allows.plain, report),
        Kind::Loss
            if matches!(
                module,
                "sklearn.linear_model._sgd_fast" | "sklearn._loss._loss" | "_loss"
            ) =>
        {
            judge(module, class, |allows| allows.new, report);
        }
        Kind::Loss | Kind::Partial => judge(module, class, |_| false, report),
    }
}

fn judge(module: &str, name: &str, fits: fn(&Use) -> bool, report: &mut Report) {
    match allowed(module, name) {
        Some(allows) if fits(allows) => {}
        None if is_dangerous(module, name) => {
            let text = format!("names {module}.{name}");
            report.find(&rules::DANGEROUS, ArtefactVerdict::Malicious, 0, &text);
        }
        _ => unknown(&format!("{module}.{name}"), report),
    }
}

fn unknown(what: &str, report: &mut Report) {
    report.find(&rules::UNKNOWN, ArtefactVerdict::Unknown, 0, what);
}

/// Whether Python finds a method by an attribute of this name.
pub(super) fn is_special(name: &str) -> bool {
    is_run(name.as_bytes()) || name.starts_with("__") && name.ends_with("__")
}

/// Attributes by which Python finds methods are none that an estimator keeps.
fn special(entries: &[(String, Json)], report: &mut Report) {
    const OWN: &[&str] =
        &["__loader__", "__class__", "__module__", "__id__", "__reduce__", "__doc__", "__name__"];
    let other = |name: &str| is_special(name) && !OWN.contains(&name);
    if let Some((name, _)) = entries.iter().find(|(name, _)| other(name)) {
        unknown(&format!("an attribute {name}"), report);
    }
}
