//! The findings that NumPy's files can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The header can't be read as NumPy reads it.
pub(super) const HEADER: Rule = Rule {
    id: "numpy-header",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the array's header is not one that NumPy writes",
    tip: "fetch the file again from its source and compare its digest",
};
/// Numbers and header disagree.
pub(super) const EXTENT: Rule = Rule {
    id: "numpy-extent",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the array's bytes are fewer or more than its header says",
    tip: "fetch the file again from its source and compare its digest",
};
/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "numpy-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in an array that is said to hold only numbers",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[HEADER, EXTENT, HIDDEN];
