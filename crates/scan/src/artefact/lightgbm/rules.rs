//! The findings that models of `LightGBM` can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "lightgbm-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "lines or trees of the model break the rules of the format",
    tip: "fetch the file again from its source and compare its digest; older loaders write outside their memory on such files",
};
/// A line that no version of the library writes.
pub(super) const KEY: Rule = Rule {
    id: "lightgbm-key",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the model holds a line that no version of the library writes",
    tip: "find out what the line is for before the model is loaded",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, KEY];
