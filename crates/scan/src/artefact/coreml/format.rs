//! The format: one model.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{rules::RULES, schema::MODEL, visit::Visit};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        registry::pickle::Pickle,
        report::Report,
    },
    container::protobuf::{begins_as, walk},
};

/// Fields that are looked at to recognise a file: version, description, and what it is.
const LOOK: u32 = 6;

/// A model.
pub(crate) struct CoreMl;

impl Format for CoreMl {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "coreml"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Other)
    }

    /// There is no magic number: a binary file of this suffix, or one that begins as a model of a known kind.
    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.named(&["mlmodel"]) {
            let pickle = matches!(look.head, [0x80, 2..=5, ..]);
            return !pickle && !look.is_text();
        }
        if !matches!(look.head, [8, 1..=32, 0x12, ..]) {
            return false;
        }
        let kinds = ["specificationVersion", "description", "isUpdatable"];
        let found = begins_as(look.bytes, &MODEL, LOOK);
        found.iter().any(|field| !kinds.contains(&field.name))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut visit = Visit::new(input, report);
        walk(input.bytes, &MODEL, &mut visit);
        visit.finish();
        // A loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}
