//! A compressed stream around another format, as joblib and people write them: unpacked within limits, then read.

use coseal_core::system::ModelFormat;
use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
};

use super::{
    super::{
        format::{Format, Input, Look},
        inspect::sniff_len,
        nested::{Member, nested, unpack},
        report::Report,
    },
    FORMATS,
    pickle::Pickle,
};
use crate::{
    bytes::{ReadAt, Section, read_up_to},
    container::{Codec, End, Unpacked},
};

/// Unpacked this far to see whether there is a model in it.
const PROBED: u64 = 12 << 20;
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
    let name = look.name().to_ascii_lowercase();
    let bare = name
        .rsplit_once('.')
        .is_some_and(|(stem, outer)| BARE.contains(&stem) && OUTER.contains(&outer));
    double || bare || look.named(MODELS) || look.named(&["z", "lzma"])
}

impl Format for Compressed {
    fn id(&self, look: &Look<'_>) -> &'static str {
        match Codec::recognise(look.head) {
            Some(Codec::Bzip2) => "compressed-bzip2",
            Some(Codec::Gzip) => "compressed-gzip",
            Some(Codec::Joblib) => "compressed-joblib",
            Some(Codec::Lz4) => "compressed-lz4",
            Some(Codec::Lzma) => "compressed-lzma",
            Some(Codec::Xz) => "compressed-xz",
            Some(Codec::Zstd) => "compressed-zstd",
            Some(Codec::Zlib | Codec::Deflate | Codec::Lzma1 { .. } | Codec::Lzma2 { .. })
            | None => "compressed-zlib",
        }
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        None
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        Codec::recognise(look.head)
            .is_some_and(|codec| is_model(look) || !look.probing && holds_model(look, codec))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut head = [0; 16];
        let read = read_up_to(input.bytes, 0, &mut head).unwrap_or(0);
        let Some(codec) = head.get(..read).and_then(Codec::recognise) else { return };
        let unpacked = unpack(input.bytes, codec, report);
        judge(&unpacked, input.bytes.size(), report);
        inner(input.path, &unpacked, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// Whether there is a model in it, whatever it is called: joblib unpacks by content. The first bytes tell
/// of most files that there is none.
fn holds_model(look: &Look<'_>, codec: Codec) -> bool {
    let packed = look.bytes;
    let first = Unpacked::new(Section::from(packed, 0), codec, sniff_len() as u64);
    if is_known(&first, look) {
        return true;
    }
    let open = Pickle::goes_on(first.head());
    match first.end() {
        End::Whole => return false,
        // Python goes on after zeros between the members of a gzip file.
        End::Broken => return codec == Codec::Gzip && (open || first.size() == 0),
        End::Limit if !open => return false,
        End::Limit => {}
    }
    let all = Unpacked::new(Section::from(packed, 0), codec, PROBED);
    is_known(&all, look)
        || all.end() != End::Whole && Pickle::goes_on(all.head()) && may_go_on(&all, packed.size())
}

/// Whether a pickle that is longer than what was unpacked is likely, and not a text that looks like one.
fn may_go_on(unpacked: &Unpacked<'_>, size: u64) -> bool {
    let padded = unpacked.size() / PADDED > unpacked.used();
    size > LARGE || padded || !Look::new("", head_of(unpacked), unpacked).is_text()
}

/// Whether some format knows it by its content.
fn is_known(unpacked: &Unpacked<'_>, outer: &Look<'_>) -> bool {
    let look = Look::new("", head_of(unpacked), unpacked).content_of(outer);
    FORMATS.iter().any(|format| format.recognises(&look))
}

fn head_of<'u>(unpacked: &'u Unpacked<'_>) -> &'u [u8] {
    let head = unpacked.head();
    head.get(..sniff_len().min(head.len())).unwrap_or_default()
}

/// Says how a stream ended, if not where and how it should.
pub(crate) fn judge(unpacked: &Unpacked<'_>, size: u64, report: &mut Report) {
    match unpacked.end() {
        End::Whole if unpacked.used() >= size => {}
        End::Limit => {
            if unpacked.size() / MAX_RATIO > size {
                report.find(&BOMB, ArtefactVerdict::Undecided, 0, "it unpacks far beyond its size");
            }
        }
        End::Whole | End::Broken => {
            let text = "the stream does not end where the file does";
            report.find(&BROKEN, ArtefactVerdict::Malformed, unpacked.used().min(size), text);
        }
    }
}

/// What was packed is read as if it were a file of its own.
fn inner(path: &str, unpacked: &Unpacked<'_>, report: &mut Report) {
    let outer = path
        .rsplit_once('.')
        .filter(|(_, last)| OUTER.contains(&last.to_ascii_lowercase().as_str()));
    let name = outer.map_or(path, |(name, _)| name);
    if nested(name, "(unpacked)", unpacked, report) == Member::Unknown {
        report.gap("the content", "it is of no format that is known");
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
            assert_eq!(artefact.verdict, ArtefactVerdict::Malformed, "{path}");
        }
        assert!(inspect("source.tar.xz", &SliceBytes(b"\xfd7zXZ\0")).is_none());
    }

    #[test]
    fn nothing_may_follow_lzma() {
        // A pickle of two numbers, with the header of LZMA and its end mark.
        let whole = b"]\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff\x00@\x00\x85\x15\x11\xcfo\xbb\xbf\xbc\xb6'\xc7$\x7f\xff\xe5X\x80\x00".as_slice();
        let verdict = |rest: &[u8]| {
            let bytes = [whole, rest].concat();
            inspect("m.pkl.lzma", &SliceBytes(&bytes)).unwrap().verdict
        };
        assert_eq!(verdict(b""), ArtefactVerdict::Clean);
        assert_eq!(verdict(b"#!/bin/sh\nid\n"), ArtefactVerdict::Malformed);
        assert_eq!(verdict(whole), ArtefactVerdict::Malformed);
    }
}
