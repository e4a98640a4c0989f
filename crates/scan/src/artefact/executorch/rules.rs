//! The findings that programs of ExecuTorch can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "executorch-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "offsets, sizes or indices of the program lead out of it, or something follows it",
    tip: "fetch the file again from its source and compare its digest; older loaders write outside their memory on such files",
};
/// An operator of somebody.
pub(super) const OPERATOR: Rule = Rule {
    id: "executorch-operator",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the program needs an operator whose code its loader takes from elsewhere",
    tip: "find out which code the operator runs before the program is used",
};
/// A part for a device.
pub(super) const DELEGATE: Rule = Rule {
    id: "executorch-delegate",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a part of the program is compiled code for a device",
    tip: "take it only from somebody you would take a program from",
};

/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "executorch-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects stands behind a program that holds none",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, OPERATOR, DELEGATE, HIDDEN];
