//! The findings that PMML can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The document is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "pmml-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the model is no XML as loaders read it, or declares a document type",
    tip: "fetch the file again from its source, and use a loader that refuses document types",
};
/// A document type names something outside.
pub(super) const OUTSIDE: Rule = Rule {
    id: "pmml-outside",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the document type of a model has the loader fetch a file or an address",
    tip: "do not load it",
};
/// A function that is none of the standard's.
pub(super) const FUNCTION: Rule = Rule {
    id: "pmml-function",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the model calls a function that neither the standard nor the model itself defines",
    tip: "find out which code the loader runs for it",
};
/// A function that loaders take from their own language.
pub(super) const RUNS: Rule = Rule {
    id: "pmml-runs-code",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "the model calls a function of the language that its loader is written in",
    tip: "do not load it",
};
/// Something outside of the standard.
pub(super) const EXTENSION: Rule = Rule {
    id: "pmml-extension",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the model holds an element or an extension that is not in the standard",
    tip: "find out which loader reads it, and what it does with it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, OUTSIDE, FUNCTION, RUNS, EXTENSION];
