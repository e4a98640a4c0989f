//! The whole archive: members, problems, and bytes that nothing claims.

use std::collections::HashMap;

use coseal_core::fact::ByteRange;

use super::{directory, local, member::Member, problem::Problem};
use crate::bytes::ReadAt;

/// Problems kept.
const MAX_PROBLEMS: usize = 64;
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
        None => archive.problems.push(Problem::at(bytes.size(), "there is no end record")),
    }
    archive.claim(bytes, &mut claimed);
    archive.check_ends(&others);
    archive.find_unclaimed(bytes.size(), claimed);
    archive.find_hidden(bytes);
    archive.check_names();
    archive.check_sizes();
    archive.problems.truncate(MAX_PROBLEMS);
    archive
}

impl Archive {
    /// What each member claims, by its own header.
    fn claim(&mut self, bytes: &dyn ReadAt, claimed: &mut Vec<(u64, u64)>) {
        for member in &mut self.members {
            if !local::compare(bytes, member, &mut self.problems) {
                continue;
            }
            let end = member.data.saturating_add(member.packed);
            if end > bytes.size() {
                self.problems.push(Problem::at(member.header, "a member reaches beyond the file"));
            }
            let end = end.saturating_add(local::descriptor(bytes, member));
            claimed.push((member.header, end.min(bytes.size())));
            // A hostile directory may name one place a hundred thousand times over.
            self.problems.truncate(MAX_PROBLEMS);
        }
    }

    /// An archive that is stored as a member ends in a record of its own, before the directory: every reader passes over that.
    fn check_ends(&mut self, others: &[u64]) {
        for other in others {
            let within = |member: &Member| {
                member.method == 0
                    && member.data <= *other
                    && other.saturating_add(22) <= member.data.saturating_add(member.packed)
            };
            if !self.members.iter().any(within) {
                self.problems.push(Problem::at(*other, "there is more than one end record"));
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
                self.problems.push(Problem::at(start, "members or records overlap"));
            }
            covered = covered.max(end);
        }
        if let Some(first) = self.unclaimed.first() {
            let text = format!("{} stretches of bytes belong to no member", self.unclaimed.len());
            self.problems.push(Problem { offset: first.start, text });
        }
    }

    /// Members in unclaimed bytes, by their own headers.
    fn find_hidden(&mut self, bytes: &dyn ReadAt) {
        let mut hidden = 0_usize;
        for range in self.unclaimed.clone() {
            let mut at = range.start;
            while at < range.end && hidden < MAX_HIDDEN {
                let Some(member) = local::header(bytes, at) else { break };
                let next = member.data.saturating_add(member.packed);
                at = next.max(at.saturating_add(1));
                hidden = hidden.saturating_add(1);
                self.problems.push(Problem::at(member.header, "a member is not in the directory"));
                self.members.push(member);
            }
        }
        self.whole &= hidden < MAX_HIDDEN;
    }

    fn check_names(&mut self) {
        let mut seen = HashMap::new();
        for member in &self.members {
            let folded = member.name.to_lowercase();
            if seen.insert(folded, ()).is_some() {
                self.problems.push(Problem::at(member.header, "two members have one name"));
            }
            let name = member.name.as_str();
            let odd = name.is_empty()
                || name.starts_with('/')
                || name.split('/').any(|part| part == ".." || part.trim() != part)
                || name.contains(['\\', '\0', ':'])
                || name.ends_with('/') && !member.is_folder();
            if odd {
                self.problems.push(Problem::at(member.header, "a member's name leads elsewhere"));
            }
        }
    }

    fn check_sizes(&mut self) {
        for member in &self.members {
            let odd = match member.method {
                0 => (member.packed != member.size).then_some("a stored member has two sizes"),
                8 => None,
                _ => Some("a member is packed in a way that hardly any loader reads"),
            };
            let locked = (member.flags & 1 != 0).then_some("a member is said to be encrypted");
            for text in [odd, locked].into_iter().flatten() {
                self.problems.push(Problem::at(member.header, text));
            }
        }
    }
}
