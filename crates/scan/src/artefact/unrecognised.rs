//! Files that are called what only models are called, and are of no known format: said, and never clean.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::super::{
    format::{Format, Input, Look, is_control},
    report::Report,
};
use crate::bytes::{ReadAt, read_up_to};

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
    "npy",
    "npz",
    "sav",
    "cbm",
    "mlmodel",
    "nemo",
    "skops",
];
/// SPSS, which calls its tables `.sav`.
const TABLES: &[&[u8]] = &[b"$FL2", b"$FL3"];

/// Bytes of text that are read to see that a file is nothing else.
const MAX_TEXT: u64 = 64 << 20;

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
        look.named(MODELS)
            && !TABLES.iter().any(|magic| look.begins(magic))
            && !(look.is_text() && is_text(look.bytes))
    }

    fn inspect(&self, _: Input<'_>, report: &mut Report) {
        report.gap("the whole file", "unrecognised binary with a model's suffix");
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether a file is text from its beginning to its end.
fn is_text(bytes: &dyn ReadAt) -> bool {
    let mut chunk = vec![0; 1 << 16];
    let mut at = 0;
    while at < bytes.size() {
        let Ok(read) = read_up_to(bytes, at, &mut chunk) else { return false };
        let part = chunk.get(..read).unwrap_or_default();
        let last = at.saturating_add(read as u64) >= bytes.size();
        let valid = match str::from_utf8(part) {
            Ok(_) => read,
            // A character that the chunk cuts is read again.
            Err(error) if error.error_len().is_none() && !last => error.valid_up_to(),
            Err(_) => 0,
        };
        if valid == 0 || at >= MAX_TEXT || part.iter().any(is_control) {
            return false;
        }
        at = at.saturating_add(valid as u64);
    }
    true
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

    #[test]
    fn only_what_is_text_to_its_end_is_no_model() {
        let text = "é, and so on\n".repeat(20_000);
        assert!(inspect("corpus.pt", &SliceBytes(text.as_bytes())).is_none());
        let mut bytes = text.into_bytes();
        bytes.extend(b"\0\x01");
        let artefact = inspect("m.pt", &SliceBytes(&bytes)).unwrap();
        assert_eq!(artefact.verdict, ArtefactVerdict::Undecided);
    }
}
