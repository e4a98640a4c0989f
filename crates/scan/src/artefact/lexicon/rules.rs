//! The findings that vocabularies and vectors can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "lexicon-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "counts or sizes of a vocabulary or of vectors do not fit the file",
    tip: "fetch the file again from its source and compare its digest",
};
/// A field that no version has.
pub(super) const FIELD: Rule = Rule {
    id: "lexicon-field",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "a vocabulary holds a field that no version of its format has",
    tip: "find out what the field is for before the file is used",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, FIELD];
