//! The findings that reading a PyTorch archive can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// A member that PyTorch doesn't write.
pub(super) const MEMBER: Rule = Rule {
    id: "torch-unexpected-member",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the archive has a member with code, or with bytes that no loader should meet",
    tip: "load it only if you know what the member is for; better, ask for safetensors",
};
/// No object to load.
pub(super) const NO_OBJECT: Rule = Rule {
    id: "torch-no-object",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the archive does not have exactly one pickle with the model",
    tip: "fetch the file again from its source and compare its digest",
};
/// A pickle where there should be data.
pub(super) const HIDDEN: Rule = Rule {
    id: "torch-hidden-pickle",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects stands where the archive should hold data",
    tip: "do not load it",
};
/// A storage is not there, or too small.
pub(super) const STORAGE: Rule = Rule {
    id: "torch-storage-member",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a storage's member is missing, or smaller than its tensors need",
    tip: "fetch the file again from its source and compare its digest",
};

/// An operator that is not known.
pub(super) const OPERATOR: Rule = Rule {
    id: "torch-script-operator",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the code of a model names an operator that is none of the library's, or none that models need",
    tip: "find out which library brings the operator, and what it does, before loading the model",
};
/// An operator or a function that reaches beyond the model.
pub(super) const EFFECT: Rule = Rule {
    id: "torch-script-effect",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "the code of a model reads or writes files, calls other machines, or runs Python",
    tip: "do not load it",
};
/// Code that is none.
pub(super) const SCRIPT: Rule = Rule {
    id: "torch-script-source",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the code of a model is nothing that its compiler reads",
    tip: "fetch the file again from its source and compare its digest",
};
/// Code of a package does what models do not need.
pub(super) const ACTS: Rule = Rule {
    id: "torch-package-code-acts",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "code in a model's archive starts programs, talks to the network, or unpickles",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] =
    &[MEMBER, NO_OBJECT, HIDDEN, STORAGE, OPERATOR, EFFECT, SCRIPT, ACTS];
