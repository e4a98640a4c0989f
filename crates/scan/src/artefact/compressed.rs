//! Gzip and zlib around another format, as joblib and people write them: unpacked within limits, then read.

use coseal_core::system::ModelFormat;
use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
};

use super::{
    super::{
        format::{Format, Input, Look},
        inspect::sniff_len,
        report::Report,
    },
    FORMATS,
};
use crate::{
    bytes::SliceBytes,
    container::{End, Inflated, gunzip, unzlib},
};

/// Unpacked this far.
const MAX_UNPACKED: usize = 12 << 20;
/// Compressed within compressed.
const MAX_DEPTH: usize = 2;
/// More than this many times its packed size, before the end was seen, is out of all proportion.
const MAX_RATIO: u64 = 200;
/// What a compressed model is called without its last suffix.
const MODELS: &[&str] = &[
    "bin", "ckpt", "h5", "joblib", "keras", "model", "npy", "npz", "onnx", "pickle", "pkl", "pt", "pth",
    "safetensors", "sav", "ubj",
];

/// The stream is not what it is said to be.
const BROKEN: Rule = Rule {
    id: "compressed-broken",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the compressed stream is broken, cut short, or followed by other bytes",
    tip: "fetch the file again from its source and compare its digest",
};
/// It unpacks to far more than it is.
const BOMB: Rule = Rule {
    id: "compressed-exhaustion",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the file unpacks to an amount out of all proportion to its size",
    tip: "do not load it",
};

/// The findings it can make.
pub(crate) const RULES: &[Rule] = &[BROKEN, BOMB];

/// A compressed model.
pub(crate) struct Compressed;

/// Whether the name is that of a model that was compressed.
pub(super) fn is_model(look: &Look<'_>) -> bool {
    let double = ["gz", "bz2", "xz", "lzma", "z", "zst", "lz4", "7z"]
        .iter()
        .any(|outer| MODELS.iter().any(|inner| look.named(&[&format!("{inner}.{outer}")])));
    double || look.named(MODELS) || look.named(&["z", "lzma"])
}

fn is_zlib(look: &Look<'_>) -> bool {
    matches!(look.head, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
}

impl Format for Compressed {
    fn id(&self, look: &Look<'_>) -> &'static str {
        if is_zlib(look) { "compressed-zlib" } else { "compressed-gzip" }
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        (look.begins(b"\x1f\x8b\x08") || is_zlib(look)) && is_model(look)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut first = [0];
        let zlib = input.bytes.read_at(0, &mut first).is_ok() && first == [0x78];
        let unpacked = match zlib {
            true => unzlib(input.bytes, MAX_UNPACKED),
            false => gunzip(input.bytes, MAX_UNPACKED),
        };
        judge(&unpacked, input.bytes.size(), zlib, report);
        inner(input.path, &unpacked.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn judge(unpacked: &Inflated, size: u64, zlib: bool, report: &mut Report) {
    let trailing = zlib && unpacked.used < size;
    match unpacked.end {
        End::Whole if !trailing => {}
        End::Limit => {
            report.gap("the rest of the content", "it unpacks to more than is read");
            if unpacked.bytes.len() as u64 / MAX_RATIO > size {
                report.find(&BOMB, ArtefactVerdict::Malformed, 0, "it unpacks far beyond its size");
            }
        }
        End::Whole | End::Broken => {
            let text = "the stream does not end where the file does";
            report.find(&BROKEN, ArtefactVerdict::Malformed, unpacked.used.min(size), text);
        }
    }
}

/// What was packed is read as if it were a file of its own.
fn inner(path: &str, unpacked: &[u8], report: &mut Report) {
    if report.depth() >= MAX_DEPTH {
        report.gap("the content", "compressed within compressed within compressed");
        return;
    }
    let suffix = [".gz", ".z", ".Z", ".GZ"].iter().find_map(|suffix| path.strip_suffix(suffix));
    let path = suffix.unwrap_or(path);
    let bytes = SliceBytes(unpacked);
    let head = unpacked.get(..sniff_len().min(unpacked.len())).unwrap_or_default();
    let look = Look::new(path, head, &bytes);
    match FORMATS.iter().find(|format| format.recognises(&look)) {
        Some(format) => report.within("(unpacked)", |report| {
            format.inspect(Input { path, bytes: &bytes }, report);
        }),
        None => report.gap("the content", "it is of no format that is known"),
    }
}
