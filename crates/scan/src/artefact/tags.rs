//! Tags of YAML that have Python's loader import and call.

use coseal_core::fact::ArtefactVerdict::{self, Malicious, Unknown};

use super::names::{self, Standing};

/// Types of Python's own that a tag only names.
#[rustfmt::skip]
const TYPES: &[&str] = &["none", "bool", "str", "unicode", "bytes", "int", "long", "float", "complex", "list", "tuple", "dict"];

/// What a tag that is none of YAML's own says: Python's have its loader import and call. None where it does nothing.
pub(crate) fn builds(tag: &str) -> Option<ArtefactVerdict> {
    let Some((_, python)) = tag.split_once("python/") else { return Some(Unknown) };
    if TYPES.contains(&python) {
        return None;
    }
    let (kind, name) = python.split_once(':').unwrap_or((python, ""));
    let only_named = matches!(kind, "name" | "module");
    let dangerous = names::class(name) == Standing::Dangerous
        || kind == "module" && names::module(name) == Standing::Dangerous;
    Some(if only_named && !dangerous { Unknown } else { Malicious })
}
