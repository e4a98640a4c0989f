//! End records and the central directory.

use super::{local::fields, member::Member, problem::Problem};
use crate::bytes::{ReadAt, read_exact_at, read_up_to, room};

/// End of the central directory.
const END: &[u8; 4] = b"PK\x05\x06";
const END_SIZE: usize = 22;
/// Bytes at the end of a file in which the end record begins: its own and the longest comment.
pub const END_SEARCH: usize = 65_536 + END_SIZE;
/// Members followed.
const MAX_MEMBERS: usize = 65_536;
/// Bytes of names that are kept, over all members.
pub(super) const MAX_NAMES: usize = 8 << 20;

/// Where the central directory is said to be.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    /// Where it begins.
    pub(super) start: u64,
    /// Its size.
    pub(super) size: u64,
    /// Members it is said to have.
    pub(super) count: u64,
    /// Bytes before the archive, which its offsets don't count.
    pub(super) shift: u64,
    /// Where the end records begin.
    pub(super) end: u64,
    /// Where they end: the comment included.
    pub(super) finish: u64,
    /// Other end records among the last bytes.
    pub(super) others: Vec<u64>,
}

/// The last end record among the last bytes.
pub(super) fn find(bytes: &dyn ReadAt, problems: &mut Vec<Problem>) -> Option<Directory> {
    let size = bytes.size();
    let length = usize::try_from(size).unwrap_or(usize::MAX).min(END_SEARCH);
    let base = size.saturating_sub(length as u64);
    let mut tail = vec![0; length];
    read_exact_at(bytes, base, &mut tail).ok()?;
    let found: Vec<usize> = memchr::memmem::find_iter(&tail, END).collect();
    let reaches_end = |at: &&usize| record(&tail, **at).is_some_and(|record| record.3 == length);
    let at = *found.iter().rev().find(reaches_end).or(found.last())?;
    let (count, directory_size, offset, finish) = record(&tail, at)?;
    let end = base.saturating_add(at as u64);
    let mut directory = Directory {
        start: offset,
        size: directory_size,
        count,
        shift: 0,
        end,
        finish: base.saturating_add(finish as u64).min(size),
        others: Vec::new(),
    };
    if finish != length || finish > at.saturating_add(END_SIZE) {
        Problem::at(end, "bytes or a comment follow the end record").note(problems);
    }
    let others = found.iter().filter(|other| **other != at);
    directory.others = others.map(|other| base.saturating_add(*other as u64)).collect();
    large(bytes, &mut directory, problems);
    place(bytes, &mut directory, problems);
    Some(directory)
}

/// Count, size, offset, and where the record ends with its comment.
fn record(tail: &[u8], at: usize) -> Option<(u64, u64, u64, usize)> {
    let record: &[u8; END_SIZE] = tail.get(at..at.checked_add(END_SIZE)?)?.try_into().ok()?;
    let [_, _, _, _, _, _, _, _, _, _, c0, c1, s0, s1, s2, s3, o0, o1, o2, o3, l0, l1] = *record;
    let comment = usize::from(u16::from_le_bytes([l0, l1]));
    Some((
        u16::from_le_bytes([c0, c1]).into(),
        u32::from_le_bytes([s0, s1, s2, s3]).into(),
        u32::from_le_bytes([o0, o1, o2, o3]).into(),
        at.checked_add(END_SIZE)?.checked_add(comment)?,
    ))
}

/// The records of large archives, before the end record.
fn large(bytes: &dyn ReadAt, directory: &mut Directory, problems: &mut Vec<Problem>) {
    let mut locator = [0; 20];
    let Some(at) = directory.end.checked_sub(20) else { return };
    if read_exact_at(bytes, at, &mut locator).is_err() || !locator.starts_with(b"PK\x06\x07") {
        return;
    }
    let offset = fields::u64_at(&locator, 8);
    let mut record = [0; 56];
    // It stands right before its locator, wherever bytes before the archive moved it.
    let near = at.checked_sub(56);
    let holds = |place: u64, record: &mut [u8; 56]| {
        read_exact_at(bytes, place, record).is_ok() && record.starts_with(b"PK\x06\x06")
    };
    let place = [Some(offset), near].into_iter().flatten().find(|place| holds(*place, &mut record));
    let Some(place) = place else {
        Problem::at(at, "the record of a large archive is not where it is said to be")
            .note(problems);
        return;
    };
    if place != offset || Some(place) != near {
        Problem::at(at, "the record of a large archive is not where it is said to be")
            .note(problems);
    }
    let values =
        [fields::u64_at(&record, 32), fields::u64_at(&record, 40), fields::u64_at(&record, 48)];
    let [count, size, start] = values;
    let small = [directory.count, directory.size, directory.start];
    let limits = [0xffff, 0xffff_ffff, 0xffff_ffff];
    let agree = values
        .iter()
        .zip(small)
        .zip(limits)
        .all(|((large, small), limit)| small == limit || *large == small);
    if !agree {
        Problem::at(place, "the two end records disagree").note(problems);
    }
    directory.count = count;
    directory.size = size;
    directory.start = start;
    directory.end = place;
}

/// The directory ends where the end records begin; its offset may not count bytes before the archive.
fn place(bytes: &dyn ReadAt, directory: &mut Directory, problems: &mut Vec<Problem>) {
    let expected = directory.end.checked_sub(directory.size);
    if expected == Some(directory.start) {
        return;
    }
    Problem::at(directory.end, "the directory is not where it is said to be").note(problems);
    let begins = |at: u64| {
        let mut head = [0; 4];
        read_exact_at(bytes, at, &mut head).is_ok() && head == *b"PK\x01\x02"
    };
    if let Some(expected) = expected.filter(|at| begins(*at)) {
        directory.shift = expected.saturating_sub(directory.start);
        directory.start = expected;
    }
}

/// Members of the central directory, and where it ends.
pub(super) fn members(
    bytes: &dyn ReadAt,
    directory: &Directory,
    problems: &mut Vec<Problem>,
) -> (Vec<Member>, u64, bool) {
    let (mut members, mut names) = (Vec::new(), 0_usize);
    let mut at = directory.start;
    while members.len() < MAX_MEMBERS && names < MAX_NAMES {
        let Some((member, next)) = entry(bytes, at, directory.shift, problems) else { break };
        names = names.saturating_add(member.name.len());
        room::push(&mut members, member);
        at = next;
    }
    let whole = members.len() < MAX_MEMBERS && names < MAX_NAMES;
    if whole && (members.len() as u64 != directory.count || at != directory.end) {
        let text = format!(
            "the directory is said to have {} members and has {}",
            directory.count,
            members.len()
        );
        Problem { offset: directory.start, text }.note(problems);
    }
    (members, at, whole)
}

fn entry(
    bytes: &dyn ReadAt,
    at: u64,
    shift: u64,
    problems: &mut Vec<Problem>,
) -> Option<(Member, u64)> {
    let mut fixed = [0; 46];
    read_exact_at(bytes, at, &mut fixed).ok()?;
    fixed.starts_with(b"PK\x01\x02").then_some(())?;
    let lengths = [28, 30, 32].map(|field| usize::from(fields::u16_at(&fixed, field)));
    let [name_length, extra_length, comment_length] = lengths;
    let mut variable = vec![0; name_length.saturating_add(extra_length)];
    let read = read_up_to(bytes, at.saturating_add(46), &mut variable).ok()?;
    (read == variable.len()).then_some(())?;
    let (name, extra) = variable.split_at_checked(name_length)?;
    let mut member = Member {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: fields::u16_at(&fixed, 8),
        method: fields::u16_at(&fixed, 10),
        crc: fields::u32_at(&fixed, 16),
        packed: fields::u32_at(&fixed, 20).into(),
        size: fields::u32_at(&fixed, 24).into(),
        header: fields::u32_at(&fixed, 42).into(),
        data: 0,
        overlaps: false,
    };
    let wants = [&mut member.size, &mut member.packed, &mut member.header];
    if !fields::large(extra, wants) {
        Problem::at(at, "a member's large sizes are missing").note(problems);
    }
    if fields::other_name(extra) {
        Problem::at(at, "a member has a second name").note(problems);
    }
    if comment_length > 0 {
        Problem::at(at, "a member has a comment").note(problems);
    }
    member.header = member.header.saturating_add(shift);
    let lengths = name_length.saturating_add(extra_length).saturating_add(comment_length);
    Some((member, at.saturating_add(46).saturating_add(lengths as u64)))
}
