//! The findings that models of `CatBoost` can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "catboost-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "offsets, lengths or trees of the model break the rules of the format",
    tip: "fetch the file again from its source and compare its digest; loaders read outside their memory on such files",
};
/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "catboost-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects hides in a model that holds only trees",
    tip: "do not load it",
};
/// Something that no version of the library writes.
pub(super) const KEY: Rule = Rule {
    id: "catboost-key",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the model holds a part that no version of the library writes",
    tip: "find out what the part is for before the model is loaded",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, HIDDEN, KEY];
