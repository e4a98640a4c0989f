//! The findings that archives around models can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// A name or a link leads out.
pub(super) const CLIMBS: Rule = Rule {
    id: "bundle-climbs",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "unpacking the archive writes or links outside the folder that it is unpacked in",
    tip: "do not unpack it",
};
/// A device or a pipe.
pub(super) const DEVICE: Rule = Rule {
    id: "bundle-device",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the archive makes a device or a pipe where it is unpacked",
    tip: "do not unpack it with the rights of an administrator; no model needs that",
};
/// Readers see different things.
pub(super) const STRUCTURE: Rule = Rule {
    id: "bundle-structure",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "programs that unpack the archive may see different members in it, or it is broken",
    tip: "fetch the file again from its source and compare its digest",
};
/// Code comes along.
pub(super) const CODE: Rule = Rule {
    id: "bundle-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "an archive around a model brings code along, which its loader or server runs",
    tip: "read the code, or ask for the weights alone",
};
/// That code does what models do not need.
pub(super) const ACTS: Rule = Rule {
    id: "bundle-code-acts",
    severity: Severity::Critical,
    confidence: Confidence::Medium,
    summary: "code in an archive around a model starts programs, talks to the network, or unpickles",
    tip: "do not serve or unpack it; ask its publisher why the model needs that",
};
/// Something is fetched from elsewhere.
pub(super) const ELSEWHERE: Rule = Rule {
    id: "bundle-elsewhere",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a package around a model has its server install packages from another place",
    tip: "install what it needs yourself, from the place that you trust",
};
/// A class is built by name.
pub(super) const TARGET: Rule = Rule {
    id: "bundle-target",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a model's configuration names a class or function for its loader to call",
    tip: "load it only if the library that you use has that class, and know what it does",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[CLIMBS, DEVICE, STRUCTURE, CODE, ACTS, ELSEWHERE, TARGET];
