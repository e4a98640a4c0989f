//! Which files are of Torch 7: they have no magic number.

use coseal_core::system::ModelFormat;

use super::{
    objects::Objects,
    rules::{BROKEN, RULES},
    stream::Stream,
};
use crate::artefact::{
    format::{Input, Look},
    registry::pickle::Pickle,
    report::Report,
    room::Room,
    stop::{Step, settle},
};

/// A file of Torch 7.
pub(crate) const TORCH7: Room = Room {
    id: "torch7",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let pickle = matches!(look.head, [0x80, 2..=5, ..]) || look.begins(b"PK\x03\x04");
        look.named(&["t7", "th7", "t7b"]) && !pickle
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let mut first = [0];
    // As text, kinds are digits; as bytes, they are small numbers.
    let text =
        matches!(input.bytes.read_at(0, &mut first), Ok(1)) && first.iter().all(u8::is_ascii_digit);
    let step = read(&mut Objects::new(Stream::new(input.bytes, text), report));
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

fn read(objects: &mut Objects<'_, '_>) -> Step {
    objects.object()?;
    let skipped = objects.stream.skipped();
    objects.report.payload(skipped);
    if objects.stream.is_done()? {
        Ok(())
    } else {
        objects.stream.broken("something follows the object")
    }
}
