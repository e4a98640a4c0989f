//! The tar archives of PyTorch before 0.2: `pickle` with the object, `storages` and `tensors` with pickles and numbers in turn
//! (`_legacy_load` of `torch/serialization.py`).

use coseal_core::fact::ArtefactVerdict::{Malformed, Unknown};

use super::rules;
use crate::{
    artefact::{
        hidden,
        registry::pickle::{self, Persistent, Session},
        report::Report,
    },
    bytes::{ReadAt, Section, read_up_to},
    container::tar::{Archive, Kind},
};

/// Storages and tensors of one file.
const MAX_PARTS: usize = 65_536;
/// Dimensions of a tensor.
const MAX_DIMENSIONS: u32 = 255;
/// Bytes of a stream in which the class of a storage is looked for.
const MAX_CLASS: usize = 4096;

/// Whether a tar archive is one of them.
pub(crate) fn is_old(archive: &Archive) -> bool {
    let has = |name: &str| archive.entries.iter().any(|entry| part(entry.name()) == name);
    has("pickle") && (has("storages") || has("tensors"))
}

/// The name of a member without the folder that it may be in.
fn part(name: &str) -> &str {
    name.trim_start_matches("./")
}

/// Reads all members. Every one is a pickle to the loader, from its first byte.
pub(crate) fn read_old(bytes: &dyn ReadAt, archive: &Archive, report: &mut Report) {
    for entry in &archive.entries {
        let name = entry.name();
        let section = Section::new(bytes, entry.data, entry.size);
        report.within(name, |report| match (part(name), entry.kind) {
            (_, Kind::Folder) => {}
            (_, Kind::File) if !report.budget.member() => {
                report.gap("it", "the file holds more members than are looked at");
            }
            ("storages", Kind::File) => parts(&section, numbers, report),
            ("tensors", Kind::File) => parts(&section, shape, report),
            ("pickle" | "sys_info", Kind::File) => {
                let mut session = Session::new(report, Persistent::Tensors);
                pickle::member(&section, &mut session);
                session.finish();
            }
            (_, Kind::File) => {
                pickle::Pickle::also(&section, report);
                report.gap("it", "it is no member that PyTorch writes");
            }
            _ => {
                report.find(&rules::MEMBER, Unknown, 0, "it is no file, and the loader follows it");
            }
        });
    }
}

/// Where the next stream begins after what follows one; nothing if that is broken.
type Follows = fn(&Section<'_>, (u64, u64), &mut Report) -> Option<u64>;

/// A count, then streams, each followed by something that is none.
fn parts(bytes: &Section<'_>, follows: Follows, report: &mut Report) {
    let mut session = Session::new(report, Persistent::Tensors);
    let Some(mut at) = pickle::first(bytes, 0, &mut session) else {
        session.finish();
        return;
    };
    for _ in 0..MAX_PARTS {
        if at >= bytes.size() {
            session.finish();
            return;
        }
        let Some(end) = pickle::first(bytes, at, &mut session) else { break };
        let Some(next) = follows(bytes, (at, end), session.report) else { break };
        at = next;
    }
    session.finish();
    if at < bytes.size() && report.verdict() < Malformed {
        report.gap("the rest of it", "there are more parts than are followed");
    }
}

/// The numbers of a storage: their count, then they. Streams without a class list views of it.
fn numbers(bytes: &Section<'_>, (start, end): (u64, u64), report: &mut Report) -> Option<u64> {
    let Some(item) = class(bytes, start, end).and_then(|class| pickle::item_of(&class)) else {
        return Some(end);
    };
    let text = "a pickle with effects stands for numbers";
    hidden::probe(&Section::from(bytes, end), &rules::HIDDEN, end, text, report);
    let count = u64::from_le_bytes(field(bytes, end)?);
    let next = count.checked_mul(item).and_then(|size| end.checked_add(8)?.checked_add(size));
    let next = next.filter(|next| *next <= bytes.size());
    if next.is_none() {
        let text = format!("a storage of {count} elements reaches beyond its member");
        report.find(&rules::STORAGE, Malformed, end, &text);
    }
    next
}

/// Dimensions, sizes, strides and offset of a tensor.
fn shape(bytes: &Section<'_>, (_, end): (u64, u64), report: &mut Report) -> Option<u64> {
    let text = "a pickle with effects stands for a shape";
    hidden::probe(&Section::from(bytes, end), &rules::HIDDEN, end, text, report);
    let dimensions =
        field(bytes, end).map(u32::from_le_bytes).filter(|count| *count <= MAX_DIMENSIONS);
    // Four more bytes, then two numbers for each dimension and one more.
    let next = dimensions.map(|count| u64::from(count).saturating_mul(16).saturating_add(16));
    let next = next.and_then(|size| end.checked_add(size)).filter(|next| *next <= bytes.size());
    if next.is_none() {
        report.find(&rules::STORAGE, Malformed, end, "a tensor's shape reaches beyond its member");
    }
    next
}

/// The class of storage that a stream names.
fn class(bytes: &Section<'_>, start: u64, end: u64) -> Option<String> {
    let length = usize::try_from(end.saturating_sub(start)).ok()?.min(MAX_CLASS);
    let mut stream = vec![0; length];
    let read = read_up_to(bytes, start, &mut stream).ok()?;
    stream.truncate(read);
    let at = memchr::memmem::find(&stream, b"Storage")?;
    let name =
        stream.get(..at)?.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = stream.get(at.saturating_sub(name)..at.saturating_add(7))?;
    Some(String::from_utf8_lossy(name).into_owned())
}

fn field<const N: usize>(bytes: &Section<'_>, at: u64) -> Option<[u8; N]> {
    let mut field = [0; N];
    matches!(read_up_to(bytes, at, &mut field), Ok(read) if read == N).then_some(field)
}
