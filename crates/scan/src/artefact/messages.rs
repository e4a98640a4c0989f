//! What the rooms of protobuf models have in common: what is wrong with a walk, and bytes that may be code.

use coseal_core::{
    fact::ArtefactVerdict::{Malformed, Malicious, Unknown},
    finding::Rule,
};

use super::{registry::pickle::Pickle, report::Report};
use crate::{
    bytes::{ReadAt, Section, read_up_to},
    container::protobuf::Trouble,
};

/// Stretches that are no part of a model, and are tried as pickles.
const MAX_STRAYS: u32 = 4;
/// Bytes of a value that are looked at.
const MAX_LOOK: usize = 1024;
/// How programs begin.
const PROGRAMS: &[&[u8]] =
    &[b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"MZ\x90\0"];

/// How a room reports what is wrong with a walk.
pub(crate) struct Troubles {
    broken: &'static Rule,
    field: &'static Rule,
    strays: u32,
}

impl Troubles {
    /// By the room's rules for what is broken, and for fields that nobody knows.
    pub(crate) const fn new(broken: &'static Rule, field: &'static Rule) -> Self {
        Self { broken, field, strays: 0 }
    }

    /// Reports one, met at `at` of `bytes`. What stands where no model goes on is tried as a pickle.
    pub(crate) fn report(
        &mut self,
        trouble: Trouble,
        bytes: &dyn ReadAt,
        at: u64,
        report: &mut Report,
    ) {
        match trouble {
            Trouble::Broken(why) => {
                report.find(self.broken, Malformed, at, &why);
                self.behind(bytes, at, report);
            }
            Trouble::Repeated(message, field) => {
                let text = format!("{message}.{field} stands twice");
                report.find(self.broken, Malformed, at, &text);
            }
            Trouble::Unknown(message, number) => {
                let text = format!("{message} has a field {number}");
                report.find(self.field, Unknown, at, &text);
                self.behind(bytes, at, report);
            }
            Trouble::Limit(what) => report.gap("the rest of the model", what),
            Trouble::Unreadable => report.unreadable(at),
        }
    }

    fn behind(&mut self, bytes: &dyn ReadAt, at: u64, report: &mut Report) {
        if self.strays < MAX_STRAYS {
            self.strays = self.strays.saturating_add(1);
            Pickle::also(&Section::from(bytes, at), report);
        }
    }
}

/// Looks for a program (`hidden`) and a pickle in a value, `length` bytes from `start`, and gives it as text if it is a short one.
pub(crate) fn look(
    bytes: &dyn ReadAt,
    start: u64,
    length: u64,
    hidden: &Rule,
    report: &mut Report,
) -> Option<String> {
    let mut held = [0; MAX_LOOK];
    let wanted = usize::try_from(length).unwrap_or(MAX_LOOK).min(MAX_LOOK);
    let part = held.get_mut(..wanted)?;
    if read_up_to(bytes, start, part).is_err() {
        report.unreadable(start);
        return None;
    }
    let part = &*part;
    if PROGRAMS.iter().any(|program| part.starts_with(program)) {
        report.find(hidden, Malicious, start, "a native program");
    }
    if matches!(part, [0x80, 2..=5, ..]) {
        Pickle::also(&Section::new(bytes, start, length), report);
    }
    if length > MAX_LOOK as u64 {
        return None;
    }
    std::str::from_utf8(part).ok().map(str::to_owned)
}
