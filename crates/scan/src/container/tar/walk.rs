//! All members, from front to back, and whatever readers may disagree on.

use std::collections::HashSet;

use super::{
    checksum::is_tar,
    extended::Extended,
    header::{self, BLOCK, Header},
    member::{Archive, Entry, Kind, kind},
};
use crate::bytes::{ReadAt, read_up_to, room};

/// Members followed.
const MAX_ENTRIES: usize = 65_536;
/// Headers read, those of names included.
const MAX_HEADERS: u32 = 200_000;
/// Bytes of one name: no system has longer paths.
const MAX_NAME: usize = 4096;
/// Bytes of names that are kept, over all members, and of what stands before headers and gives them.
const MAX_NAMES: usize = 8 << 20;
const MAX_EXTENDED: u64 = 64 << 20;
/// Problems kept.
const MAX_PROBLEMS: usize = 32;
/// Blocks skipped in search of the next header: those of zeros, and others.
const MAX_ZEROS: u32 = 1 << 16;
const MAX_SEARCHED: u32 = 4096;

/// Reads the headers of an archive. Data is not read, but for names.
#[must_use]
pub fn open(bytes: &dyn ReadAt) -> Archive {
    let archive = Archive { whole: true, ..Archive::default() };
    let mut walk = Walk {
        bytes,
        at: 0,
        archive,
        next: Extended::default(),
        all: Extended::default(),
        ended: false,
        names: HashSet::new(),
        kept: 0,
        extended: 0,
    };
    let mut headers = 0_u32;
    while walk.step() {
        headers = headers.saturating_add(1);
        let many = headers >= MAX_HEADERS || walk.archive.entries.len() >= MAX_ENTRIES;
        if many || walk.kept > MAX_NAMES || walk.extended > MAX_EXTENDED {
            walk.archive.whole = false;
            break;
        }
    }
    walk.archive
}

struct Walk<'a> {
    bytes: &'a dyn ReadAt,
    at: u64,
    archive: Archive,
    /// What was said of the next member.
    next: Extended,
    /// What was said of all that follow.
    all: Extended,
    /// The end was seen.
    ended: bool,
    names: HashSet<String>,
    /// Bytes of names that are kept.
    kept: usize,
    /// Bytes read of what stands before headers.
    extended: u64,
}

impl Walk<'_> {
    fn problem(&mut self, text: impl Into<String>) {
        if self.archive.problems.len() < MAX_PROBLEMS {
            self.archive.problems.push((self.at, text.into()));
        }
    }

    /// One header; false when there is none any more.
    fn step(&mut self) -> bool {
        let Some(block) = self.block() else { return false };
        let header = header::read(&block);
        let start = self.at;
        let data = start.saturating_add(BLOCK);
        let Some(size) = header.size else {
            self.problem("a member's size is no number");
            self.at = data;
            return true;
        };
        match header.flag {
            b'L' | b'K' | b'x' | b'X' | b'g' => self.extend(header.flag, data, size),
            _ => self.entry(header, start, size),
        }
        true
    }

    /// The next header, past zeros and past what is none.
    fn block(&mut self) -> Option<Vec<u8>> {
        let (mut zeros, mut searched) = (0_u32, 0_u32);
        loop {
            let mut block = vec![0; 512];
            let read = read_up_to(self.bytes, self.at, &mut block).ok()?;
            if read < block.len() {
                if block.iter().take(read).any(|byte| *byte != 0) {
                    self.stray();
                }
                return None;
            }
            if block.iter().all(|byte| *byte == 0) {
                self.ended = true;
                zeros = zeros.saturating_add(1);
            } else if is_tar(&block) || self.at == 0 {
                self.follows(&block);
                return Some(block);
            } else {
                self.stray();
                searched = searched.saturating_add(1);
            }
            if zeros > MAX_ZEROS || searched > MAX_SEARCHED {
                self.archive.whole = false;
                return None;
            }
            self.at = self.at.saturating_add(BLOCK);
        }
    }

    /// A header was found: is it where one should be?
    fn follows(&mut self, block: &[u8]) {
        if !is_tar(block) {
            self.problem("the checksum of a header is wrong");
        }
        if std::mem::take(&mut self.ended) {
            self.problem("members follow the end of the archive");
        }
    }

    /// Bytes that are no header.
    fn stray(&mut self) {
        if self.archive.rest.is_none() {
            self.problem("there are bytes that belong to no member");
            self.archive.rest = Some(self.at);
        }
    }

    fn extend(&mut self, flag: u8, data: u64, size: u64) {
        self.extended = self.extended.saturating_add(size);
        let extended = if flag == b'g' { &mut self.all } else { &mut self.next };
        if let Err(why) = extended.add(flag, self.bytes, data, size) {
            self.problem(why);
        }
        if flag == b'g' && (self.all.name.is_some() || self.all.size.is_some()) {
            self.problem("all members are given one name or size");
        }
        self.pass(data, size);
    }

    fn entry(&mut self, header: Header, start: u64, said: u64) {
        let extended = std::mem::take(&mut self.next).over(&self.all);
        let kind = kind(&header, extended.sparse);
        let size = extended.size.unwrap_or(said);
        // A size in records is for what the header can't hold.
        if size != said && size < 1 << 33 {
            self.problem("a member is given two sizes");
        }
        let mut data = start.saturating_add(BLOCK);
        let mut more = header.more;
        while more && data < self.bytes.size() {
            let mut next = [0; 512];
            let read = read_up_to(self.bytes, data, &mut next).unwrap_or(0);
            more = read == next.len() && next.get(504).is_some_and(|more| *more != 0);
            data = data.saturating_add(BLOCK);
        }
        let names = [extended.name, Some(header.name), header.other];
        let mut names: Vec<String> = names.into_iter().flatten().collect();
        names.dedup();
        let mut link = extended.link.unwrap_or(header.link);
        for name in names.iter_mut().chain([&mut link]) {
            if name.len() > MAX_NAME {
                self.problem("a name is longer than any system takes");
                // What was cut off is not kept.
                *name =
                    name.get(..name.floor_char_boundary(MAX_NAME)).unwrap_or_default().to_owned();
            }
            // A name is kept once more to find those that come twice.
            self.kept = self.kept.saturating_add(name.len().saturating_mul(2));
        }
        self.check(&names, header.flag, kind, size);
        let held = if matches!(kind, Kind::File | Kind::Sparse) { size } else { 0 };
        self.pass(data, held);
        room::push(
            &mut self.archive.entries,
            Entry { names, kind, link, header: start, data, size: held },
        );
    }

    fn check(&mut self, names: &[String], flag: u8, kind: Kind, size: u64) {
        let name = names.first().map(|name| name.trim_end_matches('/').to_lowercase());
        let again = name.is_some_and(|name| !self.names.insert(name));
        if again && !matches!(kind, Kind::Folder | Kind::Note) {
            self.problem("two members have one name");
        }
        if !matches!(kind, Kind::File | Kind::Sparse | Kind::Note) && size > 0 {
            self.problem("a member without data is given a size");
        }
        if !flag.is_ascii_graphic() && flag != 0 {
            self.problem("a member is of a kind that is not known");
        }
    }

    /// Past the data of a member.
    fn pass(&mut self, data: u64, size: u64) {
        let end = data.saturating_add(size);
        if end > self.bytes.size() {
            self.problem("a member is longer than the file");
        }
        self.at = end.div_ceil(BLOCK).saturating_mul(BLOCK);
    }
}
