//! Files within files: members of archives, and what compressed streams hold.

use std::cell::Cell;

use super::{
    budget::MAX_DEPTH,
    format::{Input, Look},
    inspect::sniff_len,
    registry::{FORMATS, program},
    report::Report,
};
use crate::{
    bytes::{Alone, Beside, ReadAt, Section, read_up_to},
    container::{Codec, End, Unpacked},
};

/// What came of a look at a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// It is of this format, and was read as such.
    Read(&'static str),
    /// It is of no format that is known: the caller knows whether that is to be expected there.
    Unknown,
    /// A limit stopped the look, which was said.
    Stopped,
}

/// Reads bytes inside the file that `report` is about, as if they were a file called `path`. Its findings are placed
/// within a member called `name`.
pub(crate) fn nested(path: &str, name: &str, bytes: &dyn ReadAt, report: &mut Report) -> Member {
    nested_among(path, name, bytes, &Alone, report)
}

/// The same of a member of which it is known what lies beside it. What it is, it is told by its own bytes.
pub(crate) fn nested_among(
    path: &str,
    name: &str,
    bytes: &dyn ReadAt,
    beside: &dyn Beside,
    report: &mut Report,
) -> Member {
    if report.depth() >= MAX_DEPTH {
        report.gap(name, &format!("it is nested more than {MAX_DEPTH} deep"));
        return Member::Stopped;
    }
    if !report.budget.member() {
        report.gap("further members", "the file holds more than are looked at");
        return Member::Stopped;
    }
    if report.budget.is_spent() {
        report.gap("further members", "the file is more work than is done for one");
        return Member::Stopped;
    }
    let short = usize::try_from(bytes.size()).unwrap_or(usize::MAX);
    let mut head = vec![0; sniff_len().min(short)];
    let Ok(read) = read_up_to(bytes, 0, &mut head) else {
        report.within(name, |report| report.unreadable(0));
        return Member::Stopped;
    };
    head.truncate(read);
    let packed = head.starts_with(b"PK\x03\x04") || Codec::recognise(&head).is_some();
    if packed && !report.budget.probe(bytes.size()) {
        report.gap(name, "more packed members than are asked what they hold");
        return Member::Stopped;
    }
    let questions = Cell::new(report.budget.questions());
    let look = Look::new(path, &head, bytes).counting(&questions);
    let format = FORMATS.iter().find(|format| format.recognises(&look));
    report.budget.asked(questions.get());
    let Some(format) = format else {
        if questions.get() > 0 {
            return Member::Unknown;
        }
        report.gap(name, "its members are more than are asked what they hold");
        return Member::Stopped;
    };
    let id = format.id(&look);
    report.within(name, |report| {
        format.inspect(Input { archive: look.opened(), path, bytes, beside }, report);
        program::also(&look, report);
    });
    Member::Read(id)
}

/// Unpacks a stream within the allowance of the file, and says where that ends early.
pub(crate) fn unpack<'a>(
    packed: &'a dyn ReadAt,
    codec: Codec,
    report: &mut Report,
) -> Unpacked<'a> {
    let unpacked = Unpacked::new(Section::from(packed, 0), codec, report.budget.unpackable(codec));
    report.budget.unpacked(&unpacked);
    if unpacked.end() == End::Limit {
        let why = format!("it unpacks to more than is read: {} bytes were", unpacked.size());
        report.gap("the rest of the content", &why);
    }
    unpacked
}
