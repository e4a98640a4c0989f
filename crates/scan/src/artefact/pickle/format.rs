//! Which files are pickles.

use coseal_core::system::ModelFormat;
use coseal_core::{fact::ArtefactVerdict, finding::Rule};

use super::{rules, stream};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
    },
    bytes::SliceBytes,
};

/// Names that promise a pickle: what else they hold is a broken one.
const CERTAIN: &[&str] = &["pkl", "pickle", "joblib"];
/// Names of binary files that are pickles or archives.
const USUAL: &[&str] = &["pt", "pth", "ckpt"];
/// Names that pickles share with other things.
const SHARED: &[&str] = &["p", "pk", "sav", "bin", "model", "dat", "b", "data", "mdl", "dump", "npy", "npz", "obj"];

/// A pickle, or several in a row.
pub(crate) struct Pickle;

impl Format for Pickle {
    fn id(&self, look: &Look<'_>) -> &'static str {
        if stream::is_legacy_torch(look.bytes) { "torch-legacy" } else { "pickle" }
    }

    fn family(&self, look: &Look<'_>) -> Option<ModelFormat> {
        Some(if stream::is_legacy_torch(look.bytes) { ModelFormat::Pytorch } else { ModelFormat::Pickle })
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(CERTAIN) {
            return true;
        }
        if let [0x80, 2..=5, ..] = look.head {
            let tried = stream::tried(&SliceBytes(look.head));
            return tried.stops || tried.short || tried.effect || look.named(USUAL) || look.named(SHARED);
        }
        let binary = !look.is_text();
        if look.named(USUAL) && (binary || look.head.is_empty()) {
            return true;
        }
        if !may_begin(look.head) {
            return false;
        }
        let tried = stream::tried(&SliceBytes(look.head));
        if tried.effect {
            return true;
        }
        if !(look.named(USUAL) || look.named(SHARED)) {
            return false;
        }
        let whole = if tried.short { stream::tried(look.bytes) } else { tried };
        whole.effect || whole.stops && whole.substance
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if input.bytes.size() == 0 {
            let text = "the file is empty";
            report.find(&rules::NOT_A_PICKLE, ArtefactVerdict::Malformed, 0, text);
            return;
        }
        stream::all(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        rules::RULES
    }
}

/// Whether a stream of protocol 0 or 1 can begin like that.
fn may_begin(head: &[u8]) -> bool {
    head.first().is_some_and(|first| b"(])}cdlINFLSVUXTJKMGBC\x80\x8c".contains(first))
}
