//! Which files are HDF5, and the order of reading one.

use coseal_core::{counted::counted, fact::ArtefactVerdict, finding::Rule, system::ModelFormat};

use super::{
    block::Trouble,
    header::{self, kind},
    rules::{self, RULES},
    superblock::{self, SIGNATURE, Superblock},
    walk::Walk,
};
use crate::{
    artefact::{
        format::{Format, Input, Look},
        nested::{Member, nested},
        registry::pickle::{self, Pickle},
        report::Report,
    },
    bytes::{ReadAt, Section, SliceBytes, read_up_to},
    container::zip,
};

/// Names of files that can be nothing else.
const CERTAIN: &[&str] = &["h5", "hdf5", "h5ad"];
/// How much may stand behind the end: blanks and zeros, as editors and transfers leave them.
const MAX_REST: usize = 1 << 12;
/// Bytes before the superblock that are looked at at once.
const USER_BLOCK: usize = 1 << 16;

/// An HDF5 file.
pub(crate) struct Hdf5;

impl Format for Hdf5 {
    fn id(&self, _: &Look<'_>) -> &'static str {
        "hdf5"
    }

    fn family(&self, _: &Look<'_>) -> Option<ModelFormat> {
        Some(ModelFormat::Keras)
    }

    fn recognises(&self, look: &Look<'_>) -> bool {
        if look.begins(SIGNATURE) {
            return true;
        }
        if look.begins(b"version https://git-lfs") {
            return false;
        }
        // Libraries look at every place, whatever the file is called.
        superblock::find(look.bytes, u32::MAX).is_some()
            || look.named(CERTAIN)
                && !look.is_text()
                && !matches!(look.head, [0x80, 2..=5, ..])
                && !pickle::has_effect(&Section::new(look.bytes, 0, 1 << 14))
    }

    fn inspect(&self, input: Input<'_>, report: &mut Report) {
        match superblock::find(input.bytes, u32::MAX) {
            None => {
                rules::broken(0, "there is no superblock", report);
                Pickle::also(input.bytes, report);
            }
            Some(start) => match superblock::read(input.bytes, start) {
                Ok(superblock) => whole(input.bytes, &superblock, report),
                Err(trouble) => {
                    trouble.tell("the superblock", report);
                    before(input.bytes, start, report);
                }
            },
        }
    }

    fn rules(&self) -> &'static [Rule] {
        RULES
    }
}

fn whole(bytes: &dyn ReadAt, superblock: &Superblock<'_>, report: &mut Report) {
    before(bytes, superblock.start, report);
    behind(bytes, superblock, report);
    let file = &superblock.file;
    if superblock.driver || has_driver(superblock, report) {
        report.gap("the file driver", "parts of the file may be in others");
    }
    Walk::run(file, superblock.root, report);
}

/// Whether further settings name a driver.
fn has_driver(superblock: &Superblock<'_>, report: &mut Report) -> bool {
    let Some(address) = superblock.extension else { return false };
    match header::read(&superblock.file, address) {
        Ok(messages) => messages.iter().any(|message| message.kind == kind::DRIVER),
        Err(trouble) => {
            trouble.tell("the superblock's extension", report);
            false
        }
    }
}

/// What stands before the superblock: a file that is something else to other programs.
fn before(bytes: &dyn ReadAt, start: u64, report: &mut Report) {
    if start == 0 {
        return;
    }
    let block = Section::new(bytes, 0, start);
    match is_empty(&block) {
        Ok(true) => {}
        Ok(false) => surround("user block", &block, 0, report),
        Err(trouble) => trouble.tell("the user block", report),
    }
}

/// Whether a user block is what programs leave there: nothing, or a note. MATLAB's ends with its version and the order of bytes.
fn is_empty(block: &Section<'_>) -> Result<bool, Trouble> {
    let mut bytes = vec![0; USER_BLOCK];
    let read = read_up_to(block, 0, &mut bytes).map_err(|_| Trouble::Failed(0))?;
    let bytes = bytes.get(..read).unwrap_or_default();
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last.saturating_add(1));
    let mut text = bytes.get(..end).unwrap_or_default();
    if bytes.starts_with(b"MATLAB ") && text.ends_with(b"\0\x02IM") {
        text = text.split_first_chunk::<116>().map_or(text, |(text, _)| text);
    }
    Ok(block.size() <= read as u64 && is_note(text))
}

/// Whether bytes are a text that no program runs or reads as something of its own.
fn is_note(text: &[u8]) -> bool {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let bytes = SliceBytes(text);
    let starts = text.trim_ascii_start().first();
    text.iter().all(plain)
        && !matches!(starts, Some(b'#' | b'<' | b'{' | b'[' | b'%' | b'@'))
        && !pickle::has_effect(&bytes)
}

/// What stands behind the end that the superblock tells.
fn behind(bytes: &dyn ReadAt, superblock: &Superblock<'_>, report: &mut Report) {
    let size = bytes.size();
    let ends = [superblock.end, superblock.file.place(superblock.end)];
    if !ends.contains(&size) {
        let end = superblock.end;
        if end > size {
            rules::broken(size, "the file is shorter than its superblock says", report);
        } else {
            rest(bytes, end, report);
        }
    }
    let mut tail = vec![0; usize::try_from(size).unwrap_or(usize::MAX).min(zip::END_SEARCH)];
    let start = size.saturating_sub(tail.len() as u64);
    let read = read_up_to(bytes, start, &mut tail).unwrap_or(0);
    tail.truncate(read);
    if zip::has_end_record(&tail) {
        let text = "the file is an archive to programs that look at its end";
        report.find(&rules::SURROUND, ArtefactVerdict::Malformed, start, text);
    }
}

/// What stands behind the end: nothing is what editors and transfers leave.
fn rest(bytes: &dyn ReadAt, end: u64, report: &mut Report) {
    let part = Section::from(bytes, end);
    let mut held = vec![0; MAX_REST];
    let read = read_up_to(&part, 0, &mut held).unwrap_or(0);
    let held = held.get(..read).unwrap_or_default();
    let blank = held.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace());
    if !blank || part.size() > read as u64 {
        surround("rest", &part, end, report);
    }
}

fn surround(name: &str, part: &Section<'_>, offset: u64, report: &mut Report) {
    let known = nested("part", name, part, report);
    let text = match known {
        Member::Read(id) => format!("{} of format {id}", counted(part.size(), "byte")),
        _ => counted(part.size(), "byte"),
    };
    report.find(&rules::SURROUND, ArtefactVerdict::Malformed, offset, &text);
    if known != Member::Stopped && !matches!(known, Member::Read("pickle")) {
        report.within(name, |report| Pickle::also(part, report));
    }
}
