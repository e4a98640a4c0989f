//! The findings that packaged models can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// Code comes along, or is imported by name.
pub(super) const CODE: Rule = Rule {
    id: "packaged-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a packaged model has its loader run code that comes with it, or that it names",
    tip: "read the code before the model is loaded or served",
};
/// That code does what models do not need.
pub(super) const ACTS: Rule = Rule {
    id: "packaged-code-acts",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "code of a packaged model starts programs, talks to the network, or unpickles",
    tip: "do not load it",
};
/// A path leads out.
pub(super) const CLIMBS: Rule = Rule {
    id: "packaged-climbs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a packaged model names a file outside its folder",
    tip: "do not load it",
};
/// Packages from where nobody looks.
pub(super) const ELSEWHERE: Rule = Rule {
    id: "packaged-elsewhere",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a packaged model needs packages from another place than the usual index",
    tip: "find out what these packages are before the environment of the model is made",
};
/// The settings can't be read.
pub(super) const BROKEN: Rule = Rule {
    id: "packaged-settings",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the settings of a packaged model are not as loaders read them",
    tip: "fetch the folder again from its source",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[CODE, ACTS, CLIMBS, ELSEWHERE, BROKEN];
