//! Names of files, and which of them have data.

use super::fields::Fields;

/// Files of one archive.
const MAX_FILES: u64 = 65_536;
/// The kind of file in Unix attributes, and that of a symbolic link.
const KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Whether it has data; else it is empty, or a folder.
    pub data: bool,
    /// Whether it is a symbolic link, whose data is what it leads to.
    pub link: bool,
}

/// Reads the description of all files.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<Vec<Member>> {
    let count = fields.count(MAX_FILES)?;
    let mut members = vec![Member { data: true, ..Member::default() }; count];
    loop {
        let id = fields.number()?;
        if id == 0 {
            return Some(members);
        }
        let length = fields.number()?;
        let mut part = Fields(fields.take(length)?);
        match id {
            14 => {
                for (member, empty) in members.iter_mut().zip(part.bits(count)?) {
                    member.data = !empty;
                }
            }
            17 => names(&mut part, &mut members)?,
            21 => attributes(&mut part, &mut members)?,
            _ => {}
        }
    }
}

/// UTF-16, each with a NUL behind it.
fn names(part: &mut Fields<'_>, members: &mut [Member]) -> Option<()> {
    (part.byte()? == 0).then_some(())?;
    let units: Vec<u16> =
        part.0.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let mut names = units.split(|unit| *unit == 0);
    for member in members {
        member.name = String::from_utf16_lossy(names.next()?);
    }
    Some(())
}

fn attributes(part: &mut Fields<'_>, members: &mut [Member]) -> Option<()> {
    let defined =
        if part.byte()? == 0 { part.bits(members.len())? } else { vec![true; members.len()] };
    (part.byte()? == 0).then_some(())?;
    for (member, _) in members.iter_mut().zip(defined).filter(|(_, defined)| *defined) {
        let attributes = part.word()?;
        member.link = attributes & 0x8000 != 0 && (attributes >> 16) & KIND == LINK;
    }
    Some(())
}
