//! The findings that models of TensorFlow Lite can make.

use coseal_core::finding::{Confidence, Rule, Severity};

/// The file is not what the format says.
pub(super) const BROKEN: Rule = Rule {
    id: "tflite-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "offsets or indices of the model lead out of it, or something follows it",
    tip: "fetch the file again from its source and compare its digest; loaders read outside their memory on such files",
};
/// An operator that is none of the library's.
pub(super) const CUSTOM: Rule = Rule {
    id: "tflite-custom-operator",
    severity: Severity::High,
    confidence: Confidence::Medium,
    summary: "the model needs an operator whose code its loader takes from elsewhere",
    tip: "find out which code the operator runs before the model is used",
};
/// An operator of TensorFlow that acts.
pub(super) const ACTS: Rule = Rule {
    id: "tflite-operator-acts",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "the model runs an operator of TensorFlow that reads or writes files, or runs code",
    tip: "do not use the model",
};

/// A tensor is not what its bytes are.
pub(super) const TENSOR: Rule = Rule {
    id: "tflite-tensor",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "a tensor's shape and type do not fit its bytes, or are larger than any model needs",
    tip: "fetch the file again from its source and compare its digest; loaders read outside their memory on such files, or run out of it",
};

/// What the model computes is out of proportion.
pub(super) const EXHAUSTING: Rule = Rule {
    id: "tflite-exhausting",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the model makes values larger than any machine holds, or never ends, whatever it is given",
    tip: "do not load this file; ask its source for a model of standard operators",
};

/// Something else hides in the file.
pub(super) const HIDDEN: Rule = Rule {
    id: "tflite-hidden-code",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a pickle with effects stands behind a model that holds none",
    tip: "do not load it",
};

/// All of them.
pub(crate) const RULES: &[Rule] = &[BROKEN, TENSOR, EXHAUSTING, CUSTOM, ACTS, HIDDEN];
