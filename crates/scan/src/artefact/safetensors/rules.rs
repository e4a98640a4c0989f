//! The findings that reading a safetensors file can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The header is not what the format says.
pub(super) const HEADER: Rule = Rule {
    id: "safetensors-header",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the header breaks the rules of the format",
    tip: "fetch the file again from its source and compare its digest",
};
/// The tensors don't cover the data exactly.
pub(super) const COVER: Rule = Rule {
    id: "safetensors-overlap",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "tensors overlap, leave bytes out, or reach outside the file",
    tip: "fetch the file again from its source and compare its digest",
};
/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "safetensors-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in a file that is said to hold only tensors",
    tip: "do not load it",
};

/// The name promises something else.
pub(super) const MISNAMED: Rule = Rule {
    id: "safetensors-misnamed",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the file has a pickle's name and the content of a safetensors file",
    tip: "rename it to .safetensors, so that no loader takes it for a pickle",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[HEADER, COVER, HIDDEN, MISNAMED];
