//! Streams in a row: pickles after pickles, PyTorch's older layout, and what lies between and after.

use std::collections::BTreeMap;

use coseal_core::{counted::counted, fact::ArtefactVerdict};

use super::{
    indices::Held,
    machine::{Ended, Machine, Step},
    rules,
    session::{Persistent, Session},
    value::Value,
};
use crate::{
    artefact::report::Report,
    bytes::{ReadAt, Section, read_up_to},
};

/// Pickles read from one file.
const MAX_STREAMS: usize = 65_536;
/// Bytes after a broken or finished stream that are searched for another one.
const SEARCHED: usize = 1 << 20;
/// Places tried there.
const MAX_TRIES: usize = 64;
/// The number with which PyTorch's older files begin, as an opcode.
const MAGIC: [u8; 12] = *b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/// Whether the first stream is PyTorch's magic number.
pub(crate) fn is_legacy_torch(bytes: &dyn ReadAt) -> bool {
    let mut head = [0; 24];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default();
    // From protocol 4 on a frame's opcode and length stand before it.
    let framed = matches!(head, [0x80, 4..=5, 0x95, ..]).then(|| head.get(11..)).flatten();
    let plain = matches!(head, [0x80, 2..=5, ..]).then(|| head.get(2..)).flatten();
    [framed, plain].into_iter().flatten().any(|rest| rest.starts_with(&MAGIC))
}

/// Reads all streams of a file.
pub(super) fn all(bytes: &dyn ReadAt, report: &mut Report) {
    let mut session = Session::new(report, Persistent::Unknown);
    if is_legacy_torch(bytes) {
        session.persistent = Persistent::Torch;
        legacy_torch(bytes, &mut session);
    } else {
        plain(bytes, 0, &mut session);
    }
    session.finish();
}

/// Reads the one stream of a member of an archive, with PyTorch's persistent ids.
pub(crate) fn member(bytes: &dyn ReadAt, session: &mut Session<'_>) {
    plain(bytes, 0, session);
}

/// Reads the one stream at `offset`; where it ends, if it does properly.
pub(crate) fn first(bytes: &dyn ReadAt, offset: u64, session: &mut Session<'_>) -> Option<u64> {
    let (ended, end) = Machine::new(bytes, offset, session).run();
    let next = concluded(ended, end, session);
    if next.is_none() {
        search(bytes, end, session);
    }
    next
}

/// Reads bytes given to `_load_from_bytes`.
pub(super) fn nested(bytes: &dyn ReadAt, session: &mut Session<'_>) {
    if is_legacy_torch(bytes) {
        legacy_torch(bytes, session);
    } else {
        let mut head = [0; 4];
        let zip = matches!(read_up_to(bytes, 0, &mut head), Ok(4)) && head == *b"PK\x03\x04";
        if zip && !session.probing {
            session
                .report
                .gap("bytes in the stream", "an archive within a pickle is not looked into");
        }
        plain(bytes, 0, session);
    }
}

/// Reads one stream that stands inside another; where it ends, and which arrays what it makes holds.
pub(super) fn inner(
    bytes: &dyn ReadAt,
    offset: u64,
    session: &mut Session<'_>,
) -> Step<(u64, Held)> {
    if session.nesting >= 8 {
        return Err(Ended::Limit("streams within streams"));
    }
    session.nesting = session.nesting.saturating_add(1);
    let mut machine = Machine::new(bytes, offset, session);
    machine.within = true;
    let (ended, end) = machine.run();
    let held = match ended {
        Ended::Stop(value) => machine.heap.arrays_in(value),
        _ => None,
    };
    drop(machine);
    session.nesting = session.nesting.saturating_sub(1);
    match ended {
        Ended::Stop(_) => Ok((end, held)),
        other => Err(other),
    }
}

/// Whether bytes, taken as opcodes, reach an effect that the policy does not know.
pub(crate) fn has_effect(bytes: &dyn ReadAt) -> bool {
    let mut sink = Report::new("");
    let mut session = Session::new(&mut sink, Persistent::Unknown);
    session.probing = true;
    session.nesting = 7;
    Machine::new(bytes, 0, &mut session).run();
    session.has_effect()
}

/// What a first try of bytes as a pickle shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tried {
    /// It ends at STOP.
    pub(super) stops: bool,
    /// It imports or calls something that the policy does not know.
    pub(super) effect: bool,
    /// What it makes is more than one number or nothing.
    pub(super) substance: bool,
    /// The bytes ended before the stream did.
    pub(super) short: bool,
}

/// Tries bytes as a pickle without reporting.
pub(super) fn tried(bytes: &dyn ReadAt) -> Tried {
    let mut sink = Report::new("");
    let mut session = Session::new(&mut sink, Persistent::Unknown);
    session.probing = true;
    let mut machine = Machine::new(bytes, 0, &mut session);
    let (ended, _) = machine.run();
    let steps = machine.steps;
    let substance = match ended {
        Ended::Stop(Value::None | Value::Bool(_) | Value::Int(_)) => false,
        _ => steps > 2,
    };
    drop(machine);
    Tried {
        stops: matches!(ended, Ended::Stop(_)),
        effect: session.has_effect(),
        substance,
        short: ended == Ended::Short,
    }
}

/// Pickles one after another from `offset`.
fn plain(bytes: &dyn ReadAt, offset: u64, session: &mut Session<'_>) {
    let mut offset = offset;
    for _ in 0..MAX_STREAMS {
        let (ended, end) = Machine::new(bytes, offset, session).run();
        let Some(after) = concluded(ended, end, session) else {
            if matches!(ended, Ended::Limit(_)) {
                // Effects only: whatever follows is still followed, with nothing remembered.
                Machine::new(bytes, end, session).lenient().run();
            } else {
                search(bytes, end, session);
            }
            return;
        };
        offset = after;
        if offset >= bytes.size() {
            return;
        }
        let mut head = [0; 2];
        let read = read_up_to(bytes, offset, &mut head).unwrap_or(0);
        // Editors end a file so, and some of NumPy's writers.
        if read == 1 && head == *b"\n\0" {
            return;
        }
        let another = read == 2 && matches!(head, [0x80, 0..=5]) || {
            let rest = Section::from(bytes, offset);
            let tried = tried(&rest);
            tried.effect || tried.stops && tried.substance
        };
        if !another {
            session.find(
                &rules::TRAILING,
                ArtefactVerdict::Malformed,
                offset,
                &format!(
                    "{} after the last pickle",
                    counted(bytes.size().saturating_sub(offset), "byte")
                ),
            );
            search(bytes, offset, session);
            return;
        }
    }
    session.report.gap("further pickles", "there are more in a row than are read");
}

/// Reports how a stream ended; where it did if it did so properly.
fn concluded(ended: Ended, end: u64, session: &mut Session<'_>) -> Option<u64> {
    match ended {
        Ended::Stop(_) => return Some(end),
        Ended::Broken(why) => {
            let text = format!("the stream can't be read on: {why}");
            session.find(&rules::BROKEN, ArtefactVerdict::Malformed, end, &text);
        }
        Ended::Short => {
            let text = "the file ends in the midst of the stream";
            session.find(&rules::BROKEN, ArtefactVerdict::Malformed, end, text);
        }
        Ended::Limit(why) => session.limit(end, why),
        Ended::Unreadable => session.report.unreadable(end),
    }
    None
}

/// Looks for further streams in bytes that belong to nothing.
fn search(bytes: &dyn ReadAt, offset: u64, session: &mut Session<'_>) {
    let left = bytes.size().saturating_sub(offset);
    let mut buffer = vec![0; usize::try_from(left).unwrap_or(SEARCHED).min(SEARCHED)];
    let read = read_up_to(bytes, offset, &mut buffer).unwrap_or(0);
    buffer.truncate(read);
    if (read as u64) < left {
        session.report.gap("bytes after the stream", "there are more than are searched");
    }
    let mut tries = 0_usize;
    for at in memchr::memchr3_iter(0x80, b'c', b'(', &buffer) {
        let rest = buffer.get(at..).unwrap_or_default();
        let likely = matches!(rest, [0x80, 0..=5, ..] | [b'c' | b'(', b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'(', ..]);
        if !likely {
            continue;
        }
        tries = tries.saturating_add(1);
        if tries > MAX_TRIES {
            session.report.gap("bytes after the stream", "too many places look like a pickle");
            return;
        }
        let start = offset.saturating_add(at as u64);
        let section = Section::from(bytes, start);
        if tried(&section).effect {
            let text = "a pickle with effects follows bytes that belong to nothing";
            session.find(&rules::HIDDEN, ArtefactVerdict::Unknown, start, text);
            // Its own findings count: the loader may be made to begin here.
            Machine::new(bytes, start, session).run();
            return;
        }
    }
}

/// PyTorch's layout before its archives: magic number, protocol, system information, the object, the keys
/// of its storages; then for each key the number of elements and their bytes.
fn legacy_torch(bytes: &dyn ReadAt, session: &mut Session<'_>) {
    let mut offset = 0;
    for _ in 0..5 {
        let (ended, end) = Machine::new(bytes, offset, session).run();
        let Some(end) = concluded(ended, end, session) else {
            search(bytes, end, session);
            return;
        };
        offset = end;
    }
    // Picklers write the storages in the order of their keys.
    let mut storages = BTreeMap::new();
    for storage in &session.storages {
        storages.insert(storage.key.clone(), (storage.item, storage.count));
    }
    for (item, count) in storages.into_values() {
        let Some(end) = legacy_storage(bytes, offset, item, count, session) else {
            search(bytes, offset, session);
            return;
        };
        offset = end;
    }
    if offset < bytes.size() {
        let text =
            format!("{} after the storages", counted(bytes.size().saturating_sub(offset), "byte"));
        session.find(&rules::TRAILING, ArtefactVerdict::Malformed, offset, &text);
        search(bytes, offset, session);
    }
}

/// One storage of `said` elements of `item` bytes: where it ends.
fn legacy_storage(
    bytes: &dyn ReadAt,
    offset: u64,
    item: u64,
    said: u64,
    session: &mut Session<'_>,
) -> Option<u64> {
    let mut count = [0; 8];
    let read = read_up_to(bytes, offset, &mut count).unwrap_or(0);
    let count = u64::from_le_bytes(count);
    let start = offset.saturating_add(8);
    let end = count.checked_mul(item).and_then(|length| start.checked_add(length));
    let end = end.filter(|end| read == 8 && *end <= bytes.size() && count == said);
    match end {
        Some(end) => session.skipped(end.saturating_sub(start)),
        None => {
            let text = format!("a storage of {said} elements is not where it should be");
            session.find(&rules::STORAGE, ArtefactVerdict::Malformed, offset, &text);
        }
    }
    end
}
