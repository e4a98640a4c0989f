//! Engines: models that were compiled for one processor.

use coseal_core::{
    fact::ArtefactVerdict::Unknown,
    finding::{Confidence, Rule, Severity},
    system::ModelFormat,
};

use super::super::{
    format::{Input, Look},
    report::Report,
    room::Room,
};
use super::pickle::Pickle;

/// The file is compiled for a processor.
const ENGINE: Rule = Rule {
    id: "compiled-engine",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the model is compiled code for a graphics or neural processor, which nobody can read",
    tip: "compile the engine yourself from a model that can be read",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[ENGINE];

/// An engine of TensorRT.
pub(crate) const TENSORRT: Room = Room {
    id: "tensorrt",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let named = look.named(&["engine", "plan", "trt"]) && is_binary(look);
        look.begins(b"ptrt") || look.begins(b"ftrt") || named
    },
    inspect: |input, report| engine(input, "TensorRT", report),
    rules: RULES,
};
/// A model for neural processors of Rockchip.
pub(crate) const RKNN: Room = Room {
    id: "rknn",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        look.begins(b"RKNN") && is_binary(look) || look.named(&["rknn"]) && is_binary(look)
    },
    inspect: |input, report| engine(input, "RKNN", report),
    rules: &[],
};

fn is_binary(look: &Look<'_>) -> bool {
    !look.is_text() && !matches!(look.head, [0x80, 2..=5, ..])
}

fn engine(input: Input<'_>, of: &str, report: &mut Report) {
    report.find(&ENGINE, Unknown, 0, &format!("it is an engine of {of}"));
    report.gap("the engine", "code of processors is not read");
    Pickle::also(input.bytes, report);
}
