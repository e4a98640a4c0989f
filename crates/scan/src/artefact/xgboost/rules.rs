//! The findings that models of `XGBoost` can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "xgboost-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the model's text or its trees break the rules of the format",
    tip: "fetch the file again from its source and compare its digest; older loaders read outside their memory on such files",
};
/// Something that no version of the library writes.
pub(super) const KEY: Rule = Rule {
    id: "xgboost-key",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the model holds a part that no version of the library writes",
    tip: "find out what the part is for before the model is loaded",
};
/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "xgboost-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in the attributes of a model",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, KEY, HIDDEN];
