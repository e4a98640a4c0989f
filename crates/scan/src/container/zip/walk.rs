//! The whole archive: members, problems, and bytes that nothing claims.

use std::collections::HashMap;

use coseal_core::fact::ByteRange;

use super::{directory, local, member::Member, problem::Problem};
use crate::bytes::ReadAt;

/// Bytes of members' own headers that are read: those of an honest archive are short.
const MAX_HEADERS: u64 = 32 << 20;
/// Other end records that are looked at.
const MAX_ENDS: usize = 64;
/// Members looked for in bytes that the directory does not claim.
const MAX_HIDDEN: usize = 4096;

/// An archive, as all of its parts describe it.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Members of the central directory, then those found only by their own headers.
    pub members: Vec<Member>,
    /// What loaders may disagree on; none in an archive that an ordinary program wrote.
    pub problems: Vec<Problem>,
    /// Bytes that neither a member nor the directory claims.
    pub unclaimed: Vec<ByteRange>,
    /// Whether all members were followed.
    pub whole: bool,
}

/// Whether the last bytes hold an end record.
#[must_use]
pub fn has_end_record(tail: &[u8]) -> bool {
    memchr::memmem::rfind(tail, b"PK\x05\x06").is_some()
}

/// Reads the structure of an archive. Payloads are not read.
#[must_use]
pub fn open(bytes: &dyn ReadAt) -> Archive {
    let mut archive = Archive { whole: true, ..Archive::default() };
    let mut claimed = Vec::new();
    let mut others = Vec::new();
    match directory::find(bytes, &mut archive.problems) {
        Some(directory) => {
            let (members, end, whole) =
                directory::members(bytes, &directory, &mut archive.problems);
            archive.members = members;
            others.clone_from(&directory.others);
            archive.whole = whole;
            claimed.push((directory.start, end));
            claimed.push((directory.end, directory.finish));
            if directory.end.saturating_sub(end) == 0 || end > directory.end {
                claimed.push((end.min(directory.end), directory.end));
            }
        }
        None => Problem::at(bytes.size(), "there is no end record").note(&mut archive.problems),
    }
    archive.claim(bytes, &mut claimed);
    archive.find_overlaps();
    archive.check_ends(&others);
    archive.find_unclaimed(bytes.size(), claimed);
    archive.find_hidden(bytes);
    archive.check_names();
    archive.check_sizes();
    archive
}

impl Archive {
    /// What each member claims, by its own header.
    fn claim(&mut self, bytes: &dyn ReadAt, claimed: &mut Vec<(u64, u64)>) {
        let (mut read, mut followed) = (0_u64, 0_usize);
        for member in &mut self.members {
            if read > MAX_HEADERS {
                break;
            }
            followed = followed.saturating_add(1);
            let known = local::compare(bytes, member, &mut self.problems);
            read = read.saturating_add(member.data.saturating_sub(member.header));
            if !known {
                continue;
            }
            let end = member.data.saturating_add(member.packed);
            if end > bytes.size() {
                Problem::at(member.header, "a member reaches beyond the file")
                    .note(&mut self.problems);
            }
            let end = end.saturating_add(local::descriptor(bytes, member));
            claimed.push((member.header, end.min(bytes.size())));
        }
        self.whole &= followed == self.members.len();
        self.members.truncate(followed);
    }

    /// Which members share bytes with one that begins before them: an archive can name one place a hundred thousand times over.
    fn find_overlaps(&mut self) {
        let mut members: Vec<_> = self.members.iter_mut().collect();
        members.sort_by_key(|member| member.header.min(member.data));
        let mut covered = 0;
        for member in members {
            member.overlaps = member.header.min(member.data) < covered;
            covered = covered.max(member.data.saturating_add(member.packed));
        }
    }

    /// An archive that is stored as a member ends in a record of its own, before the directory: every reader passes over that.
    fn check_ends(&mut self, others: &[u64]) {
        for (at, other) in others.iter().enumerate() {
            let within = |member: &Member| {
                member.method == 0
                    && member.data <= *other
                    && other.saturating_add(22) <= member.data.saturating_add(member.packed)
            };
            if at >= MAX_ENDS || !self.members.iter().any(within) {
                Problem::at(*other, "there is more than one end record").note(&mut self.problems);
                return;
            }
        }
    }

    fn find_unclaimed(&mut self, size: u64, mut claimed: Vec<(u64, u64)>) {
        claimed.push((size, size));
        claimed.sort_unstable();
        let mut covered = 0;
        for (start, end) in claimed {
            if start > covered {
                self.unclaimed.push(ByteRange { start: covered, end: start });
            } else if start < covered && end > start {
                Problem::at(start, "members or records overlap").note(&mut self.problems);
            }
            covered = covered.max(end);
        }
        if let Some(first) = self.unclaimed.first() {
            let text = match self.unclaimed.len() {
                1 => "a stretch of bytes belongs to no member".to_owned(),
                more => format!("{more} stretches of bytes belong to no member"),
            };
            Problem { offset: first.start, text }.note(&mut self.problems);
        }
    }

    /// Members in unclaimed bytes, by their own headers.
    fn find_hidden(&mut self, bytes: &dyn ReadAt) {
        let (mut hidden, mut names) = (0_usize, 0_usize);
        for range in self.unclaimed.clone() {
            let mut at = range.start;
            while at < range.end && hidden < MAX_HIDDEN && names < directory::MAX_NAMES {
                let Some(mut member) = local::header(bytes, at) else { break };
                let next = member.data.saturating_add(member.packed);
                member.overlaps = next > range.end;
                at = next.max(at.saturating_add(1));
                hidden = hidden.saturating_add(1);
                names = names.saturating_add(member.name.len());
                Problem::at(member.header, "a member is not in the directory")
                    .note(&mut self.problems);
                self.members.push(member);
            }
        }
        self.whole &= hidden < MAX_HIDDEN && names < directory::MAX_NAMES;
    }

    fn check_names(&mut self) {
        let mut seen = HashMap::new();
        for member in &self.members {
            let folded = member.name.to_lowercase();
            if seen.insert(folded, ()).is_some() {
                Problem::at(member.header, "two members have one name").note(&mut self.problems);
            }
            let name = member.name.as_str();
            let odd = name.is_empty()
                || name.starts_with('/')
                || name.split('/').any(|part| part == ".." || part.trim() != part)
                || name.contains(['\\', '\0', ':'])
                || name.ends_with('/') && !member.is_folder();
            if odd {
                Problem::at(member.header, "a member's name leads elsewhere")
                    .note(&mut self.problems);
            }
        }
    }

    fn check_sizes(&mut self) {
        for member in &self.members {
            let odd = match member.method {
                0 => (member.packed != member.size).then_some("a stored member has two sizes"),
                8 | 12 | 14 | 93 => None,
                _ => Some("a member is packed in a way that hardly any loader reads"),
            };
            let locked = (member.flags & 1 != 0).then_some("a member is said to be encrypted");
            for text in [odd, locked].into_iter().flatten() {
                Problem::at(member.header, text).note(&mut self.problems);
            }
        }
    }
}
