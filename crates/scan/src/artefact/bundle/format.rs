//! Which archives are looked into: those that are called what models are called, and those in which a model lies.

use crate::{
    artefact::{format::Look, inspect::sniff_len, registry::FORMATS},
    bytes::{ReadAt, read_up_to},
    container::{Codec, is_tar},
};

/// Suffixes of archives.
const ARCHIVES: &[&str] = &[
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tbz2",
    ".tar.xz",
    ".txz",
    ".tar.zst",
    ".tzst",
    ".tar.lz4",
    ".tar.lzma",
    ".tar.z",
    ".7z",
    ".zip",
];
/// Suffixes of what only models and their packages are called.
const MODELS: &[&str] = &[
    "bin",
    "ckpt",
    "h5",
    "joblib",
    "keras",
    "mar",
    "mdl",
    "model",
    "nemo",
    "npy",
    "npz",
    "onnx",
    "p",
    "pickle",
    "pk",
    "pkl",
    "pt",
    "pth",
    "pt2",
    "safetensors",
    "sav",
    "ubj",
    "weights",
];
/// What a model is called that has no suffix of its own.
const BARE: &[&str] = &[
    "checkpoint",
    "classifier",
    "clf",
    "estimator",
    "model",
    "models",
    "pytorch_model",
    "weights",
];

/// Whether an archive is looked into whatever it holds: somebody asks, or it is called what a model is.
pub(super) fn is_wanted(look: &Look<'_>) -> bool {
    let name = look.name().to_ascii_lowercase();
    // The longest of the suffixes that fit.
    let stem = ARCHIVES
        .iter()
        .filter_map(|suffix| name.strip_suffix(suffix))
        .min_by_key(|stem| stem.len());
    let stem = stem.unwrap_or(&name);
    look.asked
        || Look::new(stem, &[], look.bytes).named(MODELS)
        || stem != name && BARE.contains(&stem)
        || is_blob(look)
}

/// Whether it is a part of an image of a container, in the layout of OCI.
pub(super) fn is_blob(look: &Look<'_>) -> bool {
    let name = look.name();
    let digest = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    digest && look.folder() == Some("sha256")
}

/// Archives within archives that are asked what they hold.
const MAX_ASKED: u8 = 2;

/// Whether a member of what `outer` looks at is of a format that is known.
pub(super) fn is_model(name: &str, bytes: &dyn ReadAt, outer: &Look<'_>) -> bool {
    let short = usize::try_from(bytes.size()).unwrap_or(usize::MAX);
    let mut head = vec![0; sniff_len().min(short)];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    head.truncate(read);
    // Deeper than that, what is an archive is looked into to answer.
    if outer.depth >= MAX_ASKED {
        return head.starts_with(b"PK\x03\x04")
            || is_tar(&head)
            || Codec::recognise(&head).is_some();
    }
    let look = Look::new(name, &head, bytes).member_of(outer);
    FORMATS.iter().any(|format| format.recognises(&look))
}
