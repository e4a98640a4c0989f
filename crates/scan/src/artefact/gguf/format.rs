//! The format.

use coseal_core::{fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    pairs,
    reader::{Problem, Reader, Trouble},
    rules::{HEADER, RULES},
    tensors,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        registry::pickle::Pickle,
        report::Report,
    },
    bytes::ReadAt,
};

/// A GGUF file.
pub(crate) struct Gguf;

impl Format for Gguf {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "gguf"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Gguf)
    }

    /// The magic number in any case: one in the wrong case is a broken file rather than another's.
    fn recognises(&self, look: &Look<'_>) -> bool {
        let magic = look.head.get(..4).is_some_and(|magic| magic.eq_ignore_ascii_case(b"GGUF"));
        magic && (look.begins(b"GGUF") || look.named(&["gguf"]))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        match read(input.bytes, report) {
            Ok(()) => {}
            Err(Problem { at, kind: Trouble::Broken(what) }) => {
                report.find(&HEADER, ArtefactVerdict::Malformed, at, &what);
            }
            Err(Problem { kind: Trouble::Limit(what), .. }) => {
                report.gap("the rest of the file", what);
            }
            Err(Problem { at, kind: Trouble::Unreadable }) => report.unreadable(at),
        }
        // Magic numbers are opcodes too, and a loader of pickles does not ask what the file is called.
        Pickle::also(input.bytes, report);
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn read(bytes: &dyn ReadAt, report: &mut Report) -> Result<(), Problem> {
    let mut reader = Reader::new(bytes);
    let mut magic = [0; 4];
    let _read = reader.cursor.peek(0, &mut magic);
    if &magic != b"GGUF" {
        return reader.broken("it does not begin with GGUF");
    }
    let version = reader.u32()?;
    // The other byte order shows in the version.
    reader.big = version != 0 && version.trailing_zeros() >= 16;
    let version = if reader.big { version.swap_bytes() } else { version };
    if !matches!(version, 1..=3) {
        return reader.broken(format!("version {version} is none that there is"));
    }
    reader.wide = version >= 2;
    let tensors = reader.count(24, "tensors")?;
    let pairs = reader.count(9, "keys")?;
    report.measure("version", version.to_string());
    report.measure("tensors", tensors.to_string());
    let alignment = pairs::read(&mut reader, pairs, report)?;
    let extents = tensors::list(&mut reader, tensors, alignment)?;
    tensors::cover(bytes, reader.cursor.offset(), alignment, extents, report)
}
