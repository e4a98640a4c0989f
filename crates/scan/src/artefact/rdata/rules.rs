//! The findings that data of R can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "r-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "lengths, kinds or references of the data break the rules of the format",
    tip: "fetch the file again from its source and compare its digest",
};
/// A promise runs its code at first use.
pub(super) const PROMISE: Rule = Rule {
    id: "r-promise",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "the data hold code that R runs as soon as they are looked at",
    tip: "do not load it; R before 4.4.0 runs such code from any data",
};
/// A function comes with the data.
pub(super) const FUNCTION: Rule = Rule {
    id: "r-function",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the data hold functions, which run when the model is used",
    tip: "read the functions before the model is used",
};
/// An expression that acts.
pub(super) const ACTS: Rule = Rule {
    id: "r-expression-acts",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "an expression in the data calls what runs programs, code or files",
    tip: "do not use the model: predictions evaluate its formula",
};
/// An expression of somebody.
pub(super) const EXPRESSION: Rule = Rule {
    id: "r-expression",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "an expression in the data calls a function that formulas of models do not",
    tip: "find out what the function does before the model is used",
};
/// Something that R makes by loading other things.
pub(super) const LOADS: Rule = Rule {
    id: "r-loads",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the data have R load a package or a file that is of no known library",
    tip: "find out what is loaded before the data are",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, PROMISE, FUNCTION, ACTS, EXPRESSION, LOADS];
