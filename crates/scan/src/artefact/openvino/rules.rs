//! The findings that models of OpenVINO can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The document is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "openvino-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the model is no XML as loaders read it, or its numbers lie outside their file",
    tip: "fetch both files again from their source",
};
/// A document type names something outside.
pub(super) const OUTSIDE: Rule = Rule {
    id: "openvino-outside",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the document type of a model has the loader fetch a file or an address",
    tip: "do not load it",
};
/// A layer that is none of the library's.
pub(super) const EXTENSION: Rule = Rule {
    id: "openvino-extension",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the model needs a layer whose code its loader takes from a library or a kernel beside it",
    tip: "find out which code the layer runs before the model is used",
};
/// Something that no version of the library writes.
pub(super) const ELEMENT: Rule = Rule {
    id: "openvino-element",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    summary: "the model holds an element that no version of the library writes",
    tip: "find out what the element is for",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, OUTSIDE, EXTENSION, ELEMENT];
