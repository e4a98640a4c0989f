//! Which files are programs of ExecuTorch, and their header.

use coseal_core::system::ModelFormat;

use super::{
    program,
    rules::{BROKEN, HIDDEN, RULES},
};
use crate::{
    artefact::{
        format::{Input, Look},
        hidden,
        registry::pickle::Pickle,
        report::Report,
        room::Room,
        stop::{Step, broken, settle},
    },
    bytes::{ReadAt, Section, read_up_to},
    encoding::flatbuffer::Flat,
};

/// A program.
pub(crate) const EXECUTORCH: Room = Room {
    id: "executorch",
    family: Some(ModelFormat::Other),
    recognises: |look: &Look<'_>| {
        let pickle = matches!(look.head, [0x80, 2..=5, ..]);
        look.head.get(4..8) == Some(b"ET12") || look.named(&["pte"]) && !pickle && !look.is_text()
    },
    inspect,
    rules: RULES,
};

fn inspect(input: Input<'_>, report: &mut Report) {
    let step = read(input.bytes, report);
    settle(step, &BROKEN, report);
    Pickle::also(input.bytes, report);
}

/// The header behind the magic number says how long the program is and where its segments begin.
fn read(bytes: &dyn ReadAt, report: &mut Report) -> Step {
    let mut head = [0; 32];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default();
    if head.get(4..8) != Some(b"ET12") {
        return broken(4, "it is of no version that is read");
    }
    if head.get(8..12) != Some(b"eh00") {
        report.gap("what stands behind the program", "it does not say how long it is");
        return program::read(&Flat::new(bytes), None, bytes.size(), report).map(drop);
    }
    let number = |at: usize| {
        let number = head.get(at..).and_then(|rest| rest.first_chunk::<8>());
        number.map_or(0, |number| u64::from_le_bytes(*number))
    };
    let (length, base) = (number(16), number(24));
    if length == 0 || length > bytes.size() || base > bytes.size() {
        return broken(16, "the program or its segments lie outside the file");
    }
    let base = Some(base).filter(|base| *base > 0);
    let section = Section::new(bytes, 0, length);
    let end = program::read(&Flat::new(&section), base, bytes.size(), report)?;
    let end = end.max(length);
    hidden::behind(bytes, (end, bytes.size()), [&HIDDEN, &BROKEN], report);
    Ok(())
}
