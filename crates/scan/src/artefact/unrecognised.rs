//! Files that are called what only models are called, and are of no known format: said, and never clean.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::super::{
    format::{Format, Input, Look},
    report::Report,
};

/// It makes no findings: it only says what was not looked at.
pub(crate) const RULES: &[Rule] = &[];

/// Suffixes that hardly anything but models has.
const MODELS: &[&str] = &[
    "pt",
    "pth",
    "ckpt",
    "pkl",
    "pickle",
    "joblib",
    "safetensors",
    "gguf",
    "onnx",
    "h5",
    "keras",
    "tflite",
    "npz",
    "sav",
];
/// SPSS, which calls its tables `.sav`.
const TABLES: &[&[u8]] = &[b"$FL2", b"$FL3"];

/// The last that is asked.
pub(crate) struct Unrecognised;

impl Format for Unrecognised {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "unrecognised"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        look.named(MODELS) && !look.is_text() && !TABLES.iter().any(|magic| look.begins(magic))
    }

    fn inspect(&self, _: Input<'_>, report: &mut Report) {
        report.gap("the whole file", "unrecognised binary with a model's suffix");
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    #[test]
    fn a_models_suffix_on_an_unknown_binary_is_undecided() {
        for path in ["m.sav", "m.npz", "m.SAV"] {
            let artefact = inspect(path, &SliceBytes(b"\0\x01\x02")).unwrap();
            assert_eq!(artefact.verdict, ArtefactVerdict::Undecided, "{path}");
            assert!(!artefact.coverage.complete);
        }
        for (path, bytes) in [
            ("m.bin", b"\0\x01\x02".as_slice()),
            ("table.sav", b"$FL2@(#) SPSS\0"),
            ("notes.sav", b"saved\n"),
        ] {
            assert!(inspect(path, &SliceBytes(bytes)).is_none(), "{path}");
        }
    }
}
