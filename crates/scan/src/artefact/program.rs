//! Programs under the names of models, and in front of them: running such a file is not loading it.

use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
    system::ModelFormat,
};

use super::super::{
    format::{Format, Input, Look},
    inspect::sniff_len,
    report::Report,
};
use crate::bytes::{read_exact_at, read_up_to};

/// The file runs.
const PROGRAM: Rule = Rule {
    id: "program-in-model",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "a file that is called, or holds, a model is a program that the system can run",
    tip: "do not run it; ask for the weights alone",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[PROGRAM];

/// Suffixes of models.
const MODELS: &[&str] = &[
    "bin",
    "ckpt",
    "dat",
    "gguf",
    "ggml",
    "h5",
    "hdf5",
    "joblib",
    "keras",
    "llamafile",
    "mar",
    "mdl",
    "model",
    "nemo",
    "npy",
    "npz",
    "onnx",
    "p",
    "pb",
    "pickle",
    "pk",
    "pkl",
    "pt",
    "pth",
    "ptl",
    "safetensors",
    "sav",
    "tflite",
    "weights",
    "engine",
    "plan",
    "trt",
    "pte",
    "mlmodel",
];
/// Suffixes of native code that goes by the name of a model.
const NATIVE: &[&str] = &["so", "dll", "dylib"];

/// A program.
pub(crate) struct Program;

impl Format for Program {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "program"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let text = look.begins(b"#!");
        kind(look).is_some()
            && !look.named(NATIVE)
            && (look.named(MODELS) && !text
                || look.named(&["llamafile", "gguf", "safetensors"])
                || brings_model(look))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut head = vec![0; sniff_len()];
        let read = read_up_to(input.bytes, 0, &mut head).unwrap_or(0);
        head.truncate(read);
        if let Some(what) = kind(&Look::new(input.path, &head, input.bytes)) {
            found(what, report);
        }
        report.gap("the program", "what it does is not looked at");
        super::pickle::Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether an archive with weights stands behind the program, as llamafiles have it.
fn brings_model(look: &Look<'_>) -> bool {
    !look.probing
        && look.has_zip_end()
        && look
            .archive()
            .members
            .iter()
            .any(|member| Look::new(&member.name, &[], look.bytes).named(MODELS))
}

/// What kind of program a file is, if it is one to its loader: two letters alone are no sign.
pub(crate) fn kind(look: &Look<'_>) -> Option<&'static str> {
    match look.head {
        [0x7f, b'E', b'L', b'F', 1 | 2, 1 | 2, 1, ..] => Some("a program for Unix (ELF)"),
        [b'M', b'Z', b'q', b'F', b'p', b'D', b'=', b'\'', ..]
        | [b'j', b'a', b'r', b't', b's', b'r', b'=', b'\'', ..] => {
            Some("a program for several systems (APE)")
        }
        [b'M', b'Z', ..] if is_windows(look) => Some("a program for Windows (PE)"),
        [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..] | [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] => {
            Some("a program for macOS (Mach-O)")
        }
        // The same first bytes, then a number of programs or the version of a class.
        [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 1..=30, ..] => Some("programs for macOS (Mach-O)"),
        [0xca, 0xfe, 0xba, 0xbe, 0, _, 0, 45..=80, ..] => Some("a class for Java"),
        [0, b'a', b's', b'm', 1, 0, 0, 0, ..] => Some("a program for WebAssembly"),
        [b'#', b'!', b' ' | b'/', ..] if look.is_text() || names_shell(look.head) => {
            Some("a script that names its interpreter")
        }
        _ => None,
    }
}

fn names_shell(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let path = line.get(2..).unwrap_or_default().trim_ascii_start();
    line.len() < 256
        && path.starts_with(b"/")
        && line.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\r'))
}

/// The second header is where the first says.
fn is_windows(look: &Look<'_>) -> bool {
    let place = look.head.get(0x3c..0x40).and_then(|place| place.try_into().ok());
    let Some(place) = place.map(u32::from_le_bytes) else { return false };
    let mut magic = [0; 4];
    read_exact_at(look.bytes, place.into(), &mut magic).is_ok() && magic == *b"PE\0\0"
}

/// Says that it is a program.
pub(crate) fn found(what: &str, report: &mut Report) {
    report.find(&PROGRAM, ArtefactVerdict::Unknown, 0, what);
}

/// Says it of a file that another format reads.
pub(crate) fn also(look: &Look<'_>, report: &mut Report) {
    if !report.has(RULES)
        && let Some(what) = kind(look)
    {
        found(what, report);
    }
}
