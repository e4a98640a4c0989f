//! Which files are safetensors files, and what is said of one.

use coseal_core::{fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    header::{self, MAX_HEADER, PROBED},
    rules::{HIDDEN, MISNAMED, RULES},
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        registry::pickle,
        report::Report,
    },
    bytes::Section,
};

/// Suffixes of files that are handed to loaders of pickles.
const PICKLES: &[&str] = &[
    "bin", "ckpt", "dat", "joblib", "mdl", "model", "p", "pickle", "pk", "pkl", "pt", "pth", "sav",
];

/// A safetensors file.
pub(crate) struct Safetensors;

impl Format for Safetensors {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "safetensors"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Safetensors)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(&["safetensors"]) {
            return !look.begins(b"version https://git-lfs");
        }
        let Some((length, rest)) = look.head.split_first_chunk::<8>() else { return false };
        let length = u64::from_le_bytes(*length);
        (2..=MAX_HEADER).contains(&length)
            && length.saturating_add(8) <= look.bytes.size()
            && matches!(rest, [b'{', b'"' | b'}', ..])
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if let Err(problem) = header::read(input.bytes, report) {
            report.find(&problem.rule, ArtefactVerdict::Malformed, problem.offset, &problem.text);
            if pickle::has_effect(&Section::new(input.bytes, 0, PROBED)) {
                let text = "the file is a pickle with effects";
                report.find(&HIDDEN, ArtefactVerdict::Malicious, 0, text);
            }
        }
        if Look::new(input.path, &[], input.bytes).named(PICKLES) {
            let text = "a loader that goes by the name takes it for a pickle";
            report.find(&MISNAMED, ArtefactVerdict::Malformed, 0, text);
        }
        pickle::Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}
