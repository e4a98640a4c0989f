//! Which files are models of TensorFlow Lite.

use coseal_core::{fact::ArtefactVerdict::Malicious, system::ModelFormat};

use super::{
    attached, graph,
    rules::{BROKEN, HIDDEN, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        registry::pickle::{self, Pickle},
        report::Report,
        room::Room,
        stop::settle,
    },
    bytes::{ReadAt, Section},
    encoding::flatbuffer::Flat,
};

/// Places behind the model at which a pickle is looked for.
const PROBED: u64 = 32;

/// A model.
pub(crate) const TFLITE: Room = Room {
    id: "tflite",
    family: Some(ModelFormat::Tflite),
    recognises: |look: &Look<'_>| {
        let pickle = matches!(look.head, [0x80, 2..=5, ..]);
        look.head.get(4..8) == Some(b"TFL3")
            || look.named(&["tflite"]) && !pickle && !look.is_text()
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let flat = Flat::new(input.bytes);
    let step = graph::read(input.bytes, &flat, report);
    settle(step, &BROKEN, report);
    behind(input.bytes, flat.reach(), report);
    attached::read(input.bytes, report);
    Pickle::also(input.bytes, report);
}

/// A pickle behind all that the model is made of.
fn behind(bytes: &dyn ReadAt, end: u64, report: &mut Report) {
    let found = (0..PROBED)
        .map(|more| end.saturating_add(more))
        .take_while(|start| *start < bytes.size())
        .find(|start| pickle::has_effect(&Section::from(bytes, *start)));
    if let Some(start) = found {
        report.find(&HIDDEN, Malicious, start, "it stands behind the model");
    }
}
