//! Which files are models of TensorFlow Lite.

use coseal_core::system::ModelFormat;

use super::{
    attached, graph,
    rules::{BROKEN, HIDDEN, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        hidden,
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::settle,
    },
    encoding::flatbuffer::Flat,
};

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
    let end = attached::read(input.bytes, report);
    hidden::behind(input.bytes, (flat.reach(), end), [&HIDDEN, &BROKEN], report);
    Pickle::also(input.bytes, report);
}
