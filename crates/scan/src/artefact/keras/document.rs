//! A description in a file of its own, as `Model.to_json` writes it.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    config::{self, Part},
    rules::RULES,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        report::Report,
    },
    encoding::json::{Limits, keys},
};

/// Bytes of one description, of one text in it, and how deep its values nest.
pub(crate) const LIMITS: Limits =
    Limits { size: 8 << 20, text: 4 << 20, depth: 256, infinite: true };

/// Keys by which a description differs from other settings of classes.
const MARKS: &[&str] = &["layers", "keras_version", "registered_name", "build_config"];

/// A description in a file of its own.
pub(crate) struct KerasJson;

impl Format for KerasJson {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "keras-json"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Keras)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        let begin = look.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(look.head).trim_ascii_start();
        // Blanks may stand in front of all that is looked at here.
        if !look.named(&["json"]) || !(begin.is_empty() || begin.starts_with(b"{")) {
            return false;
        }
        let (mut class, mut config, mut layers) = (false, false, false);
        keys::any(look.bytes, LIMITS.size, |depth, key| {
            class |= depth == 1 && key == "class_name";
            config |= depth == 1 && key == "config";
            layers |= MARKS.contains(&key);
            class && config && layers
        })
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        config::read(input.bytes, Part::Model, "json", None, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}
