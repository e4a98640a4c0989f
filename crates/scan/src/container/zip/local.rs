//! Local headers, and fields of records.

use super::{member::Member, problem::Problem};
use crate::bytes::{ReadAt, read_exact_at, read_up_to};

/// Sizes stand after the data.
const DESCRIPTOR: u16 = 8;
/// The name is UTF-8.
const UTF8: u16 = 1 << 11;

/// A member's own header.
struct Header {
    /// The member that it describes.
    member: Member,
    /// Whether it begins as one.
    signed: bool,
    /// Whether all that it holds is of known use.
    ordinary: bool,
}

/// A member's own header: the member it describes.
pub(super) fn header(bytes: &dyn ReadAt, at: u64) -> Option<Member> {
    read(bytes, at).filter(|header| header.signed).map(|header| header.member)
}

/// The same, whatever its signature is: some loaders don't look at it.
fn read(bytes: &dyn ReadAt, at: u64) -> Option<Header> {
    let mut fixed = [0; 30];
    read_exact_at(bytes, at, &mut fixed).ok()?;
    let signed = fixed.starts_with(b"PK\x03\x04");
    let name_length = usize::from(fields::u16_at(&fixed, 26));
    let extra_length = usize::from(fields::u16_at(&fixed, 28));
    let mut variable = vec![0; name_length.saturating_add(extra_length)];
    let read = read_up_to(bytes, at.saturating_add(30), &mut variable).ok()?;
    (read == variable.len()).then_some(())?;
    let (name, extra) = variable.split_at_checked(name_length)?;
    let mut member = Member {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: fields::u16_at(&fixed, 6),
        method: fields::u16_at(&fixed, 8),
        crc: fields::u32_at(&fixed, 14),
        packed: fields::u32_at(&fixed, 18).into(),
        size: fields::u32_at(&fixed, 22).into(),
        header: at,
        data: at.saturating_add(30).saturating_add(variable.len() as u64),
        overlaps: false,
    };
    let mut unused = 0;
    fields::large(extra, [&mut member.size, &mut member.packed, &mut unused]);
    Some(Header { member, signed, ordinary: fields::ordinary(extra) })
}

/// Compares a member with its own header, which also says where its data begins.
pub(super) fn compare(
    bytes: &dyn ReadAt,
    member: &mut Member,
    problems: &mut Vec<Problem>,
) -> bool {
    let found = read(bytes, member.header);
    member.data = found.as_ref().map_or(member.data, |found| found.member.data);
    let Some(Header { member: local, ordinary, .. }) = found.filter(|found| found.signed) else {
        Problem::at(member.header, "a member's own header is missing").note(problems);
        return false;
    };
    if !ordinary {
        Problem::at(member.header, "a member's own header holds bytes of no known use")
            .note(problems);
    }
    let later = local.flags & DESCRIPTOR != 0 && local.size == 0 && local.packed == 0;
    let differs = [
        (local.name != member.name, "name"),
        (local.method != member.method, "method"),
        ((local.flags ^ member.flags) & !UTF8 != 0, "flags"),
        (local.crc != member.crc && !(later && local.crc == 0), "checksum"),
        ((local.size, local.packed) != (member.size, member.packed) && !later, "size"),
    ];
    for (_, what) in differs.iter().filter(|(differs, _)| *differs) {
        let text = format!("the directory and a member's own header disagree on its {what}");
        Problem { offset: member.header, text }.note(problems);
    }
    true
}

/// Bytes of the record that gives the sizes after the data.
pub(super) fn descriptor(bytes: &dyn ReadAt, member: &Member) -> u64 {
    if member.flags & DESCRIPTOR == 0 {
        return 0;
    }
    let end = member.data.saturating_add(member.packed);
    let mut record = [0; 24];
    let read = read_up_to(bytes, end, &mut record).unwrap_or(0);
    let record = record.get(..read).unwrap_or_default();
    let signed = record.starts_with(b"PK\x07\x08");
    let skip = if signed { 4 } else { 0 };
    if fields::u32_at(record, skip) != member.crc {
        return 0;
    }
    let sizes = skip.saturating_add(4);
    let large = fields::u64_at(record, sizes) == member.packed
        && fields::u64_at(record, sizes.saturating_add(8)) == member.size;
    let small = u64::from(fields::u32_at(record, sizes)) == member.packed
        && u64::from(fields::u32_at(record, sizes.saturating_add(4))) == member.size;
    match (large && sizes.saturating_add(16) <= read, small) {
        (true, _) => sizes.saturating_add(16) as u64,
        (false, true) => sizes.saturating_add(8) as u64,
        _ => 0,
    }
}

/// Fields of records: little-endian, zero where there is nothing.
pub(super) mod fields {
    pub(in super::super) fn u16_at(record: &[u8], at: usize) -> u16 {
        u16::from_le_bytes(array(record, at))
    }

    pub(in super::super) fn u32_at(record: &[u8], at: usize) -> u32 {
        u32::from_le_bytes(array(record, at))
    }

    pub(in super::super) fn u64_at(record: &[u8], at: usize) -> u64 {
        u64::from_le_bytes(array(record, at))
    }

    fn array<const N: usize>(record: &[u8], at: usize) -> [u8; N] {
        let bytes = record.get(at..at.saturating_add(N)).and_then(|bytes| bytes.try_into().ok());
        bytes.unwrap_or([0; N])
    }

    /// Extra fields, id and content.
    fn extras(extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
        let mut rest = extra;
        std::iter::from_fn(move || {
            let (head, after) = rest.split_at_checked(4)?;
            let (content, after) = after.split_at_checked(usize::from(u16_at(head, 2)))?;
            rest = after;
            Some((u16_at(head, 0), content))
        })
    }

    /// Replaces sizes that say "see the extra field"; false if one is missing there.
    pub(in super::super) fn large(extra: &[u8], wants: [&mut u64; 3]) -> bool {
        let mut content =
            extras(extra).find(|(id, _)| *id == 1).map(|(_, content)| content).unwrap_or_default();
        let mut found = true;
        for want in wants {
            if *want != 0xffff_ffff {
                continue;
            }
            match content.split_at_checked(8) {
                Some((value, rest)) => {
                    *want = u64_at(value, 0);
                    content = rest;
                }
                None => found = false,
            }
        }
        found
    }

    /// Whether all of an extra field is of known use: sizes, times, owners, or PyTorch's padding of one
    /// repeated byte.
    pub(in super::super) fn ordinary(extra: &[u8]) -> bool {
        let mut used = 0_usize;
        let known = extras(extra).all(|(id, content)| {
            used = used.saturating_add(4).saturating_add(content.len());
            match id {
                0x0001 | 0x5455 | 0x5855 | 0x7855 | 0x7875 | 0x000a => content.len() <= 36,
                0x4246 => content.windows(2).all(|pair| pair.first() == pair.last()),
                0x7075 => true,
                _ => false,
            }
        });
        known && used == extra.len()
    }

    /// Whether an extra field gives the member another name.
    pub(in super::super) fn other_name(extra: &[u8]) -> bool {
        extras(extra).any(|(id, _)| id == 0x7075)
    }
}
