//! The findings that GGUF files can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The description is not what the format says.
pub(super) const HEADER: Rule = Rule {
    id: "gguf-header",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "counts, sizes or values break the rules of the format",
    tip: "fetch the file again from its source and compare its digest; older loaders write outside their memory on such files",
};
/// The tensors don't cover the data exactly.
pub(super) const COVER: Rule = Rule {
    id: "gguf-overlap",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "tensors overlap, leave bytes out, or reach outside the file",
    tip: "fetch the file again from its source and compare its digest",
};
/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "gguf-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in a file that is said to hold only tensors",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[HEADER, COVER, HIDDEN];
