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
/// Bytes unpacked of a member that is numbers, those of one at least, and the work that this least is where no more is allowed.
const MEASURED: u64 = 64 << 20;
const MEASURED_LEAST: u64 = 1 << 17;
const MEASURED_STEPS: u64 = 8192;
/// What is this large and this many times its packed size is out of all proportion.
const LARGE: u64 = 128 << 20;
const MAX_RATIO: u64 = 200;

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
    let content = claim(bytes, member, report.budget.unpackable(Codec::Deflate), report)?;
    match &content {
        Content::Unpacked(unpacked) if unpacked.end() == End::Limit => {
            report.gap(&member.name, "it unpacks to more than is read");
        }
        content => check(member, content, report),
    }
    Some(content)
}

/// The same of a member that is numbers behind a header, which nobody interprets: of a long one the beginning, and for the rest
/// the directory is believed, as loaders do. What unpacks out of all proportion is said.
pub(crate) fn measured<'a>(
    bytes: &'a dyn ReadAt,
    member: &Member,
    report: &mut Report,
) -> Option<Content<'a>> {
    let allowed = report.budget.unpackable(Codec::Deflate).min(MEASURED);
    if allowed < MEASURED && report.budget.step(MEASURED_STEPS).is_err() {
        report.gap("further members", "the file unpacks to more than is read");
        return None;
    }
    let content = claim(bytes, member, allowed.max(MEASURED_LEAST), report)?;
    match &content {
        Content::Unpacked(unpacked)
            if unpacked.end() == End::Limit && unpacked.size() <= member.size =>
        {
            if member.size > LARGE && member.size / MAX_RATIO > member.packed {
                report.gap(&member.name, "it unpacks out of all proportion to its size");
            }
        }
        content => check(member, content, report),
    }
    Some(content)
}

/// A member's content, counted.
fn claim<'a>(
    bytes: &'a dyn ReadAt,
    member: &Member,
    limit: u64,
    report: &mut Report,
) -> Option<Content<'a>> {
    if !report.budget.member() {
        report.gap("further members", "the file holds more than are looked at");
        return None;
    }
    if report.budget.is_spent() {
        report.gap("further members", "the file is more work than is done for one");
        return None;
    }
    if member.overlaps && !report.budget.overlap(member.packed) {
        report.gap("members that share their bytes with others", "there are more than are read");
        return None;
    }
    let limit =
        member.codec(bytes).map_or(limit, |codec| limit.min(report.budget.unpackable(codec)));
    let content = member.content(bytes, limit);
    if let Content::Unpacked(unpacked) = &content {
        report.budget.unpacked(unpacked);
    }
    if matches!(content, Content::Opaque(_)) {
        report.gap(&member.name, "it is packed in a way that is not read");
        return None;
    }
    Some(content)
}

/// Says where a member, read to its end, is not what the directory says.
fn check(member: &Member, content: &Content<'_>, report: &mut Report) {
    let crc = match content {
        Content::Stored(section) | Content::Opaque(section) => checksum(section),
        Content::Unpacked(unpacked) => {
            let whole = unpacked.end() == End::Whole
                && unpacked.size() == member.size
                && unpacked.used().saturating_add(member.before()) == member.packed;
            if !whole {
                let text = format!("{} does not unpack to what it is said to", member.name);
                disagreement(member.header, &text, report);
            }
            Some(unpacked.checksum())
        }
    };
    if crc.is_some_and(|crc| crc != member.crc) {
        let text = format!("the checksum of {} is wrong", member.name);
        disagreement(member.header, &text, report);
    }
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use coseal_core::fact::{Artefact, ArtefactVerdict};
    use flate2::{Compression, write::DeflateEncoder};

    use crate::{bytes::SliceBytes, container::checksum, inspect_anyway};

    /// An archive with one member, which `times` names lead to.
    fn archive(content: &[u8], deflated: bool, names: impl Iterator<Item = String>) -> Vec<u8> {
        let mut packed = content.to_vec();
        if deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(content).unwrap();
            packed = encoder.finish().unwrap();
        }
        let fields = |name: &str| {
            let mut fields = vec![20, 0, 0, 0, if deflated { 8 } else { 0 }, 0, 0, 0, 0, 0];
            fields.extend(checksum(&SliceBytes(content)).unwrap().to_le_bytes());
            fields.extend((packed.len() as u32).to_le_bytes());
            fields.extend((content.len() as u32).to_le_bytes());
            fields.extend((name.len() as u16).to_le_bytes());
            fields.extend([0, 0]);
            fields
        };
        let (mut central, mut count, mut out) = (Vec::new(), 0_u16, Vec::new());
        for name in names {
            if count == 0 {
                out = [b"PK\x03\x04".as_slice(), &fields(&name), name.as_bytes(), &packed].concat();
            }
            count += 1;
            central.extend([b"PK\x01\x02\x14\x00".as_slice(), &fields(&name), &[0; 14]].concat());
            central.extend(name.bytes());
        }
        let start = out.len() as u32;
        out.extend(&central);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
        out.extend((central.len() as u32).to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    fn read(path: &str, bytes: &[u8]) -> Artefact {
        inspect_anyway(path, &SliceBytes(bytes))
    }

    #[test]
    fn members_that_share_their_bytes_are_malformed_and_read_a_few_times() {
        let names = || (0..5000).map(|at| format!("{at}.pkl"));
        let artefact = read("m.zip", &archive(b"\x80\x04N.", true, names()));
        assert_eq!(artefact.verdict, ArtefactVerdict::Malformed);
        let gap = &artefact.coverage.gaps[0];
        assert!(gap.what.contains("share their bytes"), "{gap:?}");
        // What one of them does is still told.
        let evil = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";
        let artefact = read("m.zip", &archive(evil, true, names()));
        assert_eq!(artefact.verdict, ArtefactVerdict::Malicious);
    }

    #[test]
    fn long_arrays_of_numbers_are_measured_by_the_directory() {
        let count = 70 << 20;
        let header = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': ({count},), }}\n");
        let array = |extra: usize| {
            let mut array = b"\x93NUMPY\x01\0".to_vec();
            array.extend((header.len() as u16).to_le_bytes());
            array.extend(header.bytes());
            array.resize(array.len() + count + extra, 7);
            archive(&array, true, ["a.npy".to_owned()].into_iter())
        };
        let artefact = read("m.npz", &array(0));
        assert_eq!(artefact.verdict, ArtefactVerdict::Clean, "{artefact:?}");
        assert_eq!(read("m.npz", &array(1)).verdict, ArtefactVerdict::Malformed);
    }
}
