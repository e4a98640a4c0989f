//! A description in a file of its own, as `Model.to_json` writes it.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    config::{self, Part},
    rules::RULES,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        json_keys,
        report::Report,
    },
    bytes::{ReadAt, read_up_to},
};

/// Bytes of one description.
const MAX_TEXT: u64 = 8 << 20;

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
        json_keys::any(look.bytes, MAX_TEXT, |depth, key| {
            class |= depth == 1 && key == "class_name";
            config |= depth == 1 && key == "config";
            layers |= MARKS.contains(&key);
            class && config && layers
        })
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        if let Some(text) = whole(input.bytes, "the description", report) {
            config::text(&text, Part::Model, "json", report);
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

/// All bytes of a description; none if there are too many, which is said.
pub(crate) fn whole(bytes: &dyn ReadAt, name: &str, report: &mut Report) -> Option<Vec<u8>> {
    let size = bytes.size();
    if size > MAX_TEXT {
        report.gap(name, "it is longer than is read");
        return None;
    }
    let mut text = vec![0; usize::try_from(size).ok()?];
    match read_up_to(bytes, 0, &mut text) {
        Ok(read) => {
            text.truncate(read);
            Some(text)
        }
        Err(_) => {
            report.unreadable(0);
            None
        }
    }
}
