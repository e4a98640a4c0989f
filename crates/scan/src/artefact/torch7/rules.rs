//! The findings that files of Torch 7 can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "torch7-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "lengths or kinds of the objects break the rules of the format",
    tip: "fetch the file again from its source and compare its digest",
};
/// A function comes with the model.
pub(super) const FUNCTION: Rule = Rule {
    id: "torch7-function",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the file holds a function of Lua, which its loader reads as code",
    tip: "do not load it: compiled code of Lua can leave its bounds by itself",
};
/// A class of somebody.
pub(super) const CLASS: Rule = Rule {
    id: "torch7-class",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the file holds an object whose class is of no known library",
    tip: "find out what the class does when it is read",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, FUNCTION, CLASS];
