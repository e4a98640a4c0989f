//! Zip archives, as every format that is one reads them: what loaders may disagree on, and members within the allowance.

use std::borrow::Cow;

use coseal_core::{
    fact::ArtefactVerdict,
    finding::{Confidence, Rule, Severity},
};

use super::{
    format::Input,
    registry::pickle::{self, Persistent, Session},
    report::Report,
};
use crate::{
    bytes::{ReadAt, Section},
    container::{
        Codec, End, checksum,
        zip::{self, Archive, Content, Member},
    },
};

/// Loaders may read different things from it.
const DISAGREEMENT: Rule = Rule {
    id: "zip-disagreement",
    severity: Severity::Medium,
    confidence: Confidence::High,
    summary: "the archive's structure lets loaders read different things from it",
    tip: "fetch the file again from its source and compare its digest",
};

/// The findings that reading any archive can make.
pub(super) const RULES: &[Rule] = &[DISAGREEMENT];

/// Stretches that no member claims, in which a pickle is looked for.
const MAX_UNCLAIMED: usize = 64;

/// Opens an archive and reports what is wrong with its structure. What nothing claims is tried as a pickle.
pub(crate) fn open(bytes: &dyn ReadAt, report: &mut Report) -> Archive {
    let archive = zip::open(bytes);
    structure(bytes, &archive, report);
    archive
}

/// The same of a file whose format was told by what it holds: it is not read once more.
pub(crate) fn of<'a>(input: &Input<'a>, report: &mut Report) -> Cow<'a, Archive> {
    let archive = input.archive.map_or_else(|| Cow::Owned(zip::open(input.bytes)), Cow::Borrowed);
    structure(input.bytes, &archive, report);
    archive
}

fn structure(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    for problem in &archive.problems {
        disagreement(problem.offset, &problem.text, report);
    }
    if !archive.whole {
        report.gap("further members", "there are more than are followed");
    }
    unclaimed(bytes, archive, report);
}

/// Something that loaders may disagree on.
pub(crate) fn disagreement(offset: u64, text: &str, report: &mut Report) {
    report.find(&DISAGREEMENT, ArtefactVerdict::Malformed, offset, text);
}

/// A member's content within the allowance; what is wrong with it is reported. Nothing if its allowance is used up, or it is
/// packed in a way that is not known: both are said.
pub(crate) fn content<'a>(
    bytes: &'a dyn ReadAt,
    member: &Member,
    report: &mut Report,
) -> Option<Content<'a>> {
    if !report.budget.member() {
        report.gap(&member.name, "the file holds more members than are looked at");
        return None;
    }
    if member.overlaps && !report.budget.overlap(member.packed) {
        report.gap("members that share their bytes with others", "there are more than are read");
        return None;
    }
    let content = member.content(bytes, report.budget.unpackable(Codec::Deflate));
    let crc = match &content {
        Content::Stored(section) => checksum(section),
        Content::Unpacked(unpacked) => {
            report.budget.unpacked(Codec::Deflate, unpacked.size());
            if unpacked.end() == End::Limit {
                report.gap(&member.name, "it unpacks to more than is read");
                return Some(content);
            }
            let whole = unpacked.end() == End::Whole
                && unpacked.size() == member.size
                && unpacked.used() == member.packed;
            if !whole {
                let text = format!("{} does not unpack to what it is said to", member.name);
                disagreement(member.header, &text, report);
            }
            Some(unpacked.checksum())
        }
        Content::Opaque(_) => {
            report.gap(&member.name, "it is packed in a way that is not read");
            return None;
        }
    };
    if crc.is_some_and(|crc| crc != member.crc) {
        let text = format!("the checksum of {} is wrong", member.name);
        disagreement(member.header, &text, report);
    }
    Some(content)
}

/// Bytes that nothing claims may be a pickle for a loader that begins there.
fn unclaimed(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    for range in archive.unclaimed.iter().take(MAX_UNCLAIMED) {
        let length = range.end.saturating_sub(range.start);
        let section = Section::new(bytes, range.start, length);
        if pickle::has_effect(&section) {
            let mut session = Session::new(report, Persistent::Torch);
            pickle::member(&section, &mut session);
            session.finish();
        }
    }
}
