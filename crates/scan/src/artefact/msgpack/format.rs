//! Which files are weights in msgpack: it has no magic number.

use coseal_core::system::ModelFormat;

use super::{
    rules::{BROKEN, RULES},
    walk,
};
use crate::artefact::{
    format::{Input, Look},
    registry::pickle::Pickle,
    report::Report,
    room::Room,
    stop::settle,
};

/// Weights in msgpack.
pub(crate) const MSGPACK: Room = Room {
    id: "flax-msgpack",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let pickle = matches!(look.head, [0x80, 2..=5, ..]);
        look.named(&["msgpack"]) && !pickle && !look.is_text()
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = walk::read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}
