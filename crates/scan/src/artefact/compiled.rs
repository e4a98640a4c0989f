//! Files that are code: engines for processors, and programs under a model's name.

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
/// The file is a program.
const PROGRAM: Rule = Rule {
    id: "compiled-program",
    severity: Severity::Critical,
    confidence: Confidence::High,
    summary: "the file is a program or a library under the name of a model",
    tip: "do not run it, and do not load it as a model",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[ENGINE, PROGRAM];

/// What programs begin with.
const PROGRAMS: &[&[u8]] = &[
    b"\x7fELF",
    b"MZ",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
];
/// Suffixes under which models are looked for.
const MODELS: &[&str] = &[
    "bin",
    "ckpt",
    "dat",
    "ggml",
    "gguf",
    "h5",
    "joblib",
    "keras",
    "llamafile",
    "mdl",
    "model",
    "msgpack",
    "npy",
    "npz",
    "onnx",
    "pb",
    "pkl",
    "pt",
    "pth",
    "safetensors",
    "tflite",
    "weights",
];

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
/// A program under the name of a model.
pub(crate) const PROGRAM_FILE: Room = Room {
    id: "program",
    family: None,
    recognises: |look: &Look<'_>| {
        look.named(MODELS) && PROGRAMS.iter().any(|magic| look.begins(magic))
    },
    inspect: |input, report| {
        report.find(&PROGRAM, Unknown, 0, "it begins as programs do");
        report.gap("the program", "code of machines is not read");
        Pickle::also(input.bytes, report);
    },
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
