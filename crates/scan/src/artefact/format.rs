//! What a parser is.

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};

use coseal_core::{finding::Rule, system::ModelFormat};

use super::report::Report;
use crate::{
    bytes::{Alone, Beside, ReadAt, read_up_to},
    container::zip::{self, Archive},
};

/// Bytes in which marks are looked for in a file of a sure name.
const SEARCHED: usize = 1 << 20;

/// A first look at a file.
pub struct Look<'a> {
    /// Path, for its suffix only.
    path: &'a str,
    /// Its first bytes, at most [`sniff_len`](super::sniff_len).
    pub head: &'a [u8],
    /// All of it.
    pub bytes: &'a dyn ReadAt,
    /// What lies around it.
    pub beside: &'a dyn Beside,
    /// Whether this only asks what a compressed file holds: then nothing further is unpacked to answer.
    pub probing: bool,
    /// Whether somebody named the file: then it is answered for whatever it holds.
    pub asked: bool,
    /// In how many archives it lies of which only is asked what they hold.
    pub depth: u8,
    /// How many members may still be asked what they hold, over all these archives; as many as there are if nobody counts.
    questions: Option<&'a Cell<u32>>,
    /// What it is as a zip archive, once somebody asked.
    archive: OnceCell<Rc<Archive>>,
}

impl<'a> Look<'a> {
    /// At a file that begins with `head`.
    #[must_use]
    pub fn new(path: &'a str, head: &'a [u8], bytes: &'a dyn ReadAt) -> Self {
        let archive = OnceCell::new();
        Self {
            path,
            head,
            bytes,
            beside: &Alone,
            probing: false,
            asked: false,
            depth: 0,
            questions: None,
            archive,
        }
    }

    /// With what lies around it.
    #[must_use]
    pub fn among(self, beside: &'a dyn Beside) -> Self {
        Self { beside, ..self }
    }

    /// Counting the members that are asked what they hold.
    #[must_use]
    pub fn counting(self, questions: &'a Cell<u32>) -> Self {
        Self { questions: Some(questions), ..self }
    }

    /// At what a compressed file unpacks to that `outer` looks at, only to see whether it is a model.
    #[must_use]
    pub fn content_of(self, outer: &Self) -> Self {
        Self { probing: true, depth: outer.depth, questions: outer.questions, ..self }
    }

    /// The same of a member of an archive.
    #[must_use]
    pub fn member_of(self, outer: &Self) -> Self {
        Self { depth: outer.depth.saturating_add(1), ..self.content_of(outer) }
    }

    /// Whether one more member may be asked what it holds.
    #[must_use]
    pub fn ask(&self) -> bool {
        let Some(questions) = self.questions else { return true };
        let left = questions.get().checked_sub(1);
        questions.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Of a file that somebody named.
    #[must_use]
    pub fn asked(self, asked: bool) -> Self {
        Self { asked, ..self }
    }

    /// The name, without folders.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// The name of the folder that it lies in.
    #[must_use]
    pub fn folder(&self) -> Option<&'a str> {
        self.path.rsplit('/').nth(1)
    }

    /// Whether the name ends with `.suffix` for one of `suffixes` (lower case), in any case.
    #[must_use]
    pub fn named(&self, suffixes: &[&str]) -> bool {
        let name = self.name();
        suffixes.iter().any(|suffix| {
            let Some(cut) = name.len().checked_sub(suffix.len()) else { return false };
            let end = name.as_bytes().get(cut..).unwrap_or_default();
            let dot = cut.checked_sub(1).and_then(|dot| name.as_bytes().get(dot));
            dot == Some(&b'.') && end.eq_ignore_ascii_case(suffix.as_bytes())
        })
    }

    /// Whether the file begins with `magic`.
    #[must_use]
    pub fn begins(&self, magic: &[u8]) -> bool {
        self.head.starts_with(magic)
    }

    /// The last bytes, at most `limit`.
    #[must_use]
    pub fn tail(&self, limit: usize) -> Vec<u8> {
        let mut tail = vec![0; usize::try_from(self.bytes.size()).unwrap_or(limit).min(limit)];
        let start = self.bytes.size().saturating_sub(tail.len() as u64);
        let read = read_up_to(self.bytes, start, &mut tail).unwrap_or(0);
        tail.truncate(read);
        tail
    }

    /// Whether one of `marks` is among the first bytes.
    #[must_use]
    pub fn holds(&self, marks: &[&[u8]]) -> bool {
        marks.iter().any(|mark| memchr::memmem::find(self.head, mark).is_some())
    }

    /// Whether one of `marks` is among the first MiB. A longer file might hold it further on, and counts as holding it.
    ///
    /// For names that hardly anything but models has: it reads more than the first bytes.
    #[must_use]
    pub fn may_hold(&self, marks: &[&[u8]]) -> bool {
        self.holds(marks) || {
            let size = usize::try_from(self.bytes.size()).unwrap_or(SEARCHED);
            let mut text = vec![0; size.min(SEARCHED)];
            let read = read_up_to(self.bytes, 0, &mut text).is_ok();
            let found = |mark: &&[u8]| memchr::memmem::find(&text, mark).is_some();
            !read || size > SEARCHED || marks.iter().any(found)
        }
    }

    /// Whether an archive's end record stands where it can, whatever is in front of the archive.
    #[must_use]
    pub fn has_zip_end(&self) -> bool {
        zip::has_end_record(&self.tail(zip::END_SEARCH))
    }

    /// Whether the file begins as a zip archive does that holds a member, or none.
    #[must_use]
    pub fn is_zip(&self) -> bool {
        self.begins(b"PK\x03\x04") || self.begins(b"PK\x05\x06")
    }

    /// Whether the file begins as a pickle of protocol 2 or later does.
    #[must_use]
    pub const fn is_pickle(&self) -> bool {
        matches!(self.head, [0x80, 2..=5, ..])
    }

    /// The zip archive that the file is, however broken: read once for all who ask.
    #[must_use]
    pub fn archive(&self) -> Rc<Archive> {
        Rc::clone(self.archive.get_or_init(|| Rc::new(zip::open(self.bytes))))
    }

    /// The same, only if somebody asked.
    #[must_use]
    pub fn opened(&self) -> Option<&Archive> {
        self.archive.get().map(Rc::as_ref)
    }

    /// Whether the first bytes are text: no control characters but those of layout, and valid UTF-8 but
    /// for a character cut at the end.
    #[must_use]
    pub fn is_text(&self) -> bool {
        if self.head.iter().any(is_control) {
            return false;
        }
        match std::str::from_utf8(self.head) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        }
    }
}

/// Whether a byte is a control character, but for those of layout.
pub(super) const fn is_control(byte: &u8) -> bool {
    *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || *byte == 0x7f
}

/// What a parser is given.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Path, for its suffix only.
    pub path: &'a str,
    /// The bytes to inspect.
    pub bytes: &'a dyn ReadAt,
    /// What lies around the file, for models that are folders.
    pub beside: &'a dyn Beside,
    /// The zip archive that it is, if that was read to tell its format.
    pub archive: Option<&'a Archive>,
}

/// A parser of one format.
pub trait Format: Sync {
    /// Its id, the same everywhere.
    fn id(&self, look: &Look<'_>) -> &'static str;

    /// The word of the system file for its files; none where they could hold any format.
    fn family(&self, look: &Look<'_>) -> Option<ModelFormat>;

    /// Whether a file is of this format. Must be cheap: it is asked of every file.
    fn recognises(&self, look: &Look<'_>) -> bool;

    /// Reads a file and reports.
    fn inspect(&self, input: Input<'_>, report: &mut Report);

    /// The findings it can make.
    fn rules(&self) -> &'static [Rule];
}
