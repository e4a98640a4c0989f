//! Bytes that a graph holds: texts, paths, programs and pickles.

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::rules::HIDDEN;
use crate::{
    artefact::{registry::pickle::Pickle, report::Report},
    bytes::{ReadAt, Section, read_up_to},
};

/// Bytes of a value that are looked at.
const MAX_LOOK: usize = 1024;
/// How programs begin.
const PROGRAMS: &[&[u8]] =
    &[b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"MZ\x90\0"];

/// Looks at `length` bytes from `start`, and gives them as text if they are a short one.
pub(super) fn look(
    bytes: &dyn ReadAt,
    start: u64,
    length: u64,
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
        report.find(&HIDDEN, Malicious, start, "a native program");
    }
    if matches!(part, [0x80, 2..=5, ..]) {
        Pickle::also(&Section::new(bytes, start, length), report);
    }
    if length > MAX_LOOK as u64 {
        return None;
    }
    std::str::from_utf8(part).ok().map(str::to_owned)
}
