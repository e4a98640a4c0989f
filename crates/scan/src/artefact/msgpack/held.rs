//! What bytes and texts hold: a script that restores a state may hand one to a loader of pickles.

use coseal_core::fact::ArtefactVerdict::Malicious;

use super::rules::HIDDEN;
use crate::{
    artefact::{
        hidden,
        nested::{Member, nested},
        registry::pickle,
        report::Report,
        stop::{Step, Stop},
    },
    bytes::{ReadAt, Section, SliceBytes, read_up_to},
    container::Codec,
};

/// The shortest value that can be a pickle with an effect.
pub(super) const SHORTEST: u64 = 8;
/// Bytes of a text that are tried.
pub(super) const LOOKED_AT: u64 = 1 << 16;
/// Units of work that one try is.
const WORK: u64 = 64;
/// What begins something that is packed or archived.
const HEAD: usize = 16;
const TEXT: &str = "a value is a pickle with effects, or holds one";

/// Tries binary data, whose place is an offset and a length.
pub(super) fn data(bytes: &dyn ReadAt, place: (u64, u64), report: &mut Report) -> Step {
    numbers(bytes, place, report)?;
    let (at, length) = place;
    if length < SHORTEST {
        return Ok(());
    }
    let section = Section::new(bytes, at, length);
    let mut head = [0; HEAD];
    let read = read_up_to(&section, 0, &mut head).map_err(|_| Stop::Unreadable(at))?;
    let head = head.get(..read).unwrap_or_default();
    if head.starts_with(b"PK\x03\x04") || Codec::recognise(head).is_some() {
        let mut inner = Report::new("");
        inner.budget = report.budget;
        let found = nested("value", "value", &section, &mut inner);
        report.budget = inner.budget;
        // Data may begin so by chance: what counts is what stands in it.
        if matches!(found, Member::Read(_)) && inner.verdict() == Malicious {
            report.find(&HIDDEN, Malicious, at, "a value is packed, and holds code");
        }
        return Ok(());
    }
    hidden::within(&section, &HIDDEN, at, TEXT, report);
    Ok(())
}

/// Tries the bytes of an array's numbers, which are a pickle as a whole if at all.
pub(super) fn numbers(bytes: &dyn ReadAt, (at, length): (u64, u64), report: &mut Report) -> Step {
    if length >= SHORTEST {
        charge(report)?;
        hidden::probe(&Section::new(bytes, at, length), &HIDDEN, at, TEXT, report);
    }
    Ok(())
}

/// Tries the beginning of a text, which is at `at`.
pub(super) fn text(text: &[u8], at: u64, report: &mut Report) -> Step {
    // Without a line there is no name, and without its opcode none is made of texts.
    if memchr::memchr2(b'\n', 0x93, text).is_none() {
        return Ok(());
    }
    charge(report)?;
    let text = SliceBytes(text);
    if pickle::has_effect(&text) {
        hidden::probe(&text, &HIDDEN, at, TEXT, report);
    }
    Ok(())
}

fn charge(report: &mut Report) -> Step {
    let spent = report.budget.step(WORK);
    spent.map_err(|_| Stop::Limit("there are more values than are tried as pickles"))
}
