//! The format: one program.

use coseal_core::{finding::Rule, system::ModelFormat};

use super::{
    rules::RULES,
    schema::{BLOCK_DESC, PROGRAM_DESC},
    sizes::Sizes,
    visit::Visit,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::{ReadAt, Section},
    container::protobuf::{begins_as, walk},
};

/// Fields that are looked at to recognise a file.
const LOOK: u32 = 4;

/// A program.
pub(crate) struct Program;

impl Format for Program {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "paddle-program"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Other)
    }

    /// There is no magic number: a binary file of this name, or one that begins with a block of operations.
    fn recognises(&self, look: &Look<'_>) -> bool {
        let pickle = matches!(look.head, [0x80, 2..=5, ..]);
        if look.named(&["pdmodel"]) || look.name() == "__model__" {
            return !pickle && !look.is_text();
        }
        look.begins(b"\n") && !look.is_text() && is_program(look.bytes)
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        let mut visit = Visit::new(input, report);
        walk(input.bytes, &PROGRAM_DESC, &mut visit);
        visit.finish();
        let mut sizes = Sizes::new(report);
        walk(input.bytes, &PROGRAM_DESC, &mut sizes);
        sizes.finish();
        // A loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn is_program(bytes: &dyn ReadAt) -> bool {
    let found = begins_as(bytes, &PROGRAM_DESC, LOOK);
    let Some(block) = found.first().filter(|field| field.name == "blocks") else { return false };
    let inner = begins_as(&Section::new(bytes, block.start, block.length), &BLOCK_DESC, LOOK);
    ["idx", "parent_idx"].iter().all(|name| inner.iter().any(|field| field.name == *name))
}
