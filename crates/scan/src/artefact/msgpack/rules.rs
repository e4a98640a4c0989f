//! The findings that msgpack files can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "msgpack-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "lengths, kinds or arrays of the file break the rules of the format",
    tip: "fetch the file again from its source and compare its digest",
};
/// An extension that only its maker knows.
pub(super) const EXTENSION: Rule = Rule {
    id: "msgpack-extension",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the file holds an extension that is none of Flax, and a loader's own code reads it",
    tip: "find out which loader reads the extension, and what it does with it",
};
/// A pickle stands in an extension.
pub(super) const HIDDEN: Rule = Rule {
    id: "msgpack-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects stands in a file that is said to hold only weights",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, EXTENSION, HIDDEN];
