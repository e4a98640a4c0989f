//! The nodes of a schema: which kinds only hold data, and what each may name.

use coseal_core::fact::ArtefactVerdict;

use super::rules;
use crate::{
    artefact::{
        registry::pickle::{Use, allowed, is_dangerous, is_run},
        report::Report,
    },
    encoding::json::Json,
};

/// What a node's class and module are for.
#[derive(Clone, Copy)]
enum Kind {
    /// It says nothing about what is made.
    Data,
    /// An object made by `__new__` and given its attributes.
    Object,
    /// A container of that class.
    Container(fn(&Use) -> bool),
    /// A class or a function, only held.
    Held,
    /// An array or number of that type.
    Array,
    /// Made by the class's own constructor, from arguments in the file.
    Compiled,
}

/// Kinds of nodes that are known to be harmless with classes that the policy has.
#[rustfmt::skip]
const KINDS: &[(&str, Kind)] = &[
    ("BytearrayNode", Kind::Data),
    ("BytesNode", Kind::Data),
    ("CachedNode", Kind::Data),
    ("DTypeNode", Kind::Data),
    ("DefaultDictNode", Kind::Container(|allows| allows.pairs)),
    ("DictNode", Kind::Container(|allows| allows.pairs)),
    ("FunctionNode", Kind::Held),
    ("JsonNode", Kind::Data),
    ("ListNode", Kind::Container(|allows| allows.items)),
    ("LossNode", Kind::Compiled),
    ("MaskedArrayNode", Kind::Array),
    ("NdArrayNode", Kind::Array),
    ("ObjectNode", Kind::Object),
    ("RandomGeneratorNode", Kind::Data),
    ("RandomStateNode", Kind::Data),
    ("SetNode", Kind::Container(|allows| allows.items)),
    ("SliceNode", Kind::Data),
    ("SparseMatrixNode", Kind::Object),
    ("TreeNode", Kind::Compiled),
    ("TupleNode", Kind::Container(|allows| allows.new)),
    ("TypeNode", Kind::Held),
];

/// Modules whose types the nodes of data name.
const PLAIN: &[&str] =
    &["builtins", "numpy", "numpy.random", "numpy.random.mtrand", "numpy.random._generator"];

/// Looks at all nodes, each once, wherever they stand.
pub(super) fn walk(value: &Json, report: &mut Report) {
    match value {
        Json::Map(entries) => {
            node(value, entries, report);
            for (_, inner) in entries {
                walk(inner, report);
            }
        }
        Json::List(items) => items.iter().for_each(|item| walk(item, report)),
        Json::Plain | Json::True | Json::Text(_) => {}
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
            named(*kind, module.unwrap_or_default(), class.unwrap_or_default(), report);
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
        Kind::Data if module.is_empty() && class.is_empty() || PLAIN.contains(&module) => {}
        Kind::Data => judge(module, class, |allows| allows.value, report),
        Kind::Held => judge(module, class, |allows| allows.value, report),
        Kind::Object => judge(module, class, |allows| allows.new && allows.build, report),
        Kind::Container(fits) => judge(module, class, fits, report),
        Kind::Array => judge(module, class, |allows| allows.array || allows.value, report),
        Kind::Compiled if module.starts_with("sklearn.") || module == "_loss" => {
            judge(module, class, |allows| allows.new, report);
        }
        Kind::Compiled => judge(module, class, |_| false, report),
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

/// Attributes by which Python finds methods are none that an estimator keeps.
fn special(entries: &[(String, Json)], report: &mut Report) {
    const OWN: &[&str] =
        &["__loader__", "__class__", "__module__", "__id__", "__reduce__", "__doc__", "__name__"];
    let other = |name: &str| {
        is_run(name.as_bytes())
            || name.starts_with("__") && name.ends_with("__") && !OWN.contains(&name)
    };
    if let Some((name, _)) = entries.iter().find(|(name, _)| other(name)) {
        unknown(&format!("an attribute {name}"), report);
    }
}
