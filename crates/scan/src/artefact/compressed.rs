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
    pickle::Pickle,
};
use crate::{
    bytes::{ReadAt, SliceBytes},
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
    "bin",
    "ckpt",
    "h5",
    "joblib",
    "keras",
    "mdl",
    "model",
    "npy",
    "npz",
    "onnx",
    "p",
    "pickle",
    "pk",
    "pkl",
    "pt",
    "pth",
    "safetensors",
    "sav",
    "ubj",
    "weights",
];
/// What a model is called that has no suffix of its own.
const BARE: &[&str] =
    &["checkpoint", "classifier", "clf", "estimator", "model", "pytorch_model", "weights"];
/// Suffixes of compressed files.
const OUTER: &[&str] = &["gz", "bz2", "xz", "lzma", "z", "zlib", "zst", "lz4", "7z"];
/// Text that may go on with a longer string than is unpacked counts as a pickle from this size on, packed.
const LARGE: u64 = 64 << 20;
/// The same for text that shrank to less than one part in so many, as no log does.
const PADDED: u64 = 100;

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
    let double = OUTER
        .iter()
        .any(|outer| MODELS.iter().any(|inner| look.named(&[&format!("{inner}.{outer}")])));
    double || look.named(MODELS) || look.named(&["z", "lzma"])
}

/// The same of formats that can't be unpacked here: `model.xz` is told by its name alone.
pub(super) fn may_be_model(look: &Look<'_>) -> bool {
    let name = look.name().to_ascii_lowercase();
    let (stem, outer) = name.rsplit_once('.').unwrap_or((&name, ""));
    is_model(look) || BARE.contains(&stem) && (outer.is_empty() || OUTER.contains(&outer))
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
        (look.begins(b"\x1f\x8b\x08") || is_zlib(look))
            && (is_model(look) || !look.unpacked && holds_model(look))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut first = [0];
        let zlib = input.bytes.read_at(0, &mut first).is_ok() && first == [0x78];
        let unpacked = unpack(input.bytes, zlib, MAX_UNPACKED);
        judge(&unpacked, input.bytes.size(), zlib, report);
        inner(input.path, &unpacked.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn unpack(bytes: &dyn ReadAt, zlib: bool, limit: usize) -> Inflated {
    if zlib { unzlib(bytes, limit) } else { gunzip(bytes, limit) }
}

/// Whether there is a model in it, whatever it is called: joblib unpacks by content. The first bytes tell
/// of most files that there is none.
fn holds_model(look: &Look<'_>) -> bool {
    let zlib = is_zlib(look);
    let first = unpack(look.bytes, zlib, sniff_len());
    if is_known(&first.bytes) {
        return true;
    }
    let open = Pickle::goes_on(&first.bytes);
    match first.end {
        End::Whole => return false,
        // Python goes on after zeros between the members of a gzip file.
        End::Broken => return !zlib && (open || first.bytes.is_empty()),
        End::Limit if !open => return false,
        End::Limit => {}
    }
    let all = unpack(look.bytes, zlib, MAX_UNPACKED);
    is_known(&all.bytes)
        || all.end != End::Whole
            && Pickle::goes_on(&all.bytes)
            && may_go_on(&all, look.bytes.size())
}

/// Whether a pickle that is longer than what was unpacked is likely, and not a text that looks like one.
fn may_go_on(unpacked: &Inflated, size: u64) -> bool {
    let bytes = SliceBytes(&unpacked.bytes);
    let padded = unpacked.bytes.len() as u64 / PADDED > unpacked.used;
    size > LARGE || padded || !Look::new("", head_of(&unpacked.bytes), &bytes).is_text()
}

/// Whether some format knows it by its content.
fn is_known(unpacked: &[u8]) -> bool {
    let bytes = SliceBytes(unpacked);
    let look = Look::unpacked("", head_of(unpacked), &bytes);
    FORMATS.iter().any(|format| format.recognises(&look))
}

fn head_of(bytes: &[u8]) -> &[u8] {
    bytes.get(..sniff_len().min(bytes.len())).unwrap_or_default()
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
    let suffix =
        [".gz", ".z", ".Z", ".GZ", ".zlib"].iter().find_map(|suffix| path.strip_suffix(suffix));
    let path = suffix.unwrap_or(path);
    let bytes = SliceBytes(unpacked);
    let look = Look::unpacked(path, head_of(unpacked), &bytes);
    match FORMATS.iter().find(|format| format.recognises(&look)) {
        Some(format) => report.within("(unpacked)", |report| {
            format.inspect(Input { path, bytes: &bytes }, report);
        }),
        None => report.gap("the content", "it is of no format that is known"),
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict;

    use crate::{bytes::SliceBytes, inspect};

    /// A zlib stream of one stored block, without its checksum.
    fn zlib(content: &[u8]) -> Vec<u8> {
        let length = content.len() as u16;
        let head =
            [0x78, 0x9c, 1].into_iter().chain(length.to_le_bytes()).chain((!length).to_le_bytes());
        let (a, b) = content.iter().fold((1_u32, 0_u32), |(a, b), byte| {
            let a = (a + u32::from(*byte)) % 65_521;
            (a, (b + a) % 65_521)
        });
        head.chain(content.iter().copied()).chain(((b << 16) | a).to_be_bytes()).collect()
    }

    #[test]
    fn content_decides_and_not_the_name() {
        let evil = zlib(b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.");
        for path in ["weights.zlib", "clf", "notes.txt", "clf.pk.gz"] {
            let artefact = inspect(path, &SliceBytes(&evil)).unwrap();
            assert_eq!(artefact.verdict, ArtefactVerdict::Malicious, "{path}");
        }
        assert!(inspect("clf", &SliceBytes(&zlib(b"Nov 22 all is well\n"))).is_none());
        for path in ["model.xz", "weights.xz", "clf.pk.xz"] {
            let artefact = inspect(path, &SliceBytes(b"\xfd7zXZ\0")).unwrap();
            assert_eq!(artefact.verdict, ArtefactVerdict::Undecided, "{path}");
        }
        assert!(inspect("source.tar.xz", &SliceBytes(b"\xfd7zXZ\0")).is_none());
    }
}
