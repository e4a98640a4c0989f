//! Datasets: whether their bytes are there, and whether a program could make something of them.

use coseal_core::fact::ArtefactVerdict;

use super::{
    attribute,
    block::{File, Outcome, Trouble},
    chunks::{self, Piece},
    datatype::{self, Datatype},
    filters::{self, Filter},
    header::{self, Message, kind},
    layout::{self, Layout},
    outside, rules, space,
    walk::Walk,
};
use crate::bytes::{ReadAt, SliceBytes};

/// A dataset of this many bytes is never out of proportion.
const MODEST: u64 = 1 << 30;
/// How many bytes one byte of the file can stand for, by deflate.
const EXPANSION: u64 = 1_100;
/// Bytes of all packed datasets of a file that are never out of proportion, and how many for each byte of the file are not: no
/// weights but zeros shrink to less, nor do those of other compressed files.
const UNPACKED: u64 = 64 << 20;
const PACKED: u64 = 200;
/// Bytes of a dataset that are tried as a pickle.
const PROBED: u64 = 1 << 16;

/// What a dataset's messages say.
struct Dataset {
    datatype: Datatype,
    count: u64,
    /// Bytes of all its values, in place.
    needed: u64,
    filters: Vec<Filter>,
    layout: Layout,
}

/// Whether messages describe a dataset.
pub(super) fn is_one(messages: &[Message]) -> bool {
    messages.iter().any(|message| message.kind == kind::LAYOUT)
}

/// Reads the dataset that `messages` describe.
pub(super) fn read(walk: &mut Walk<'_, '_, '_>, messages: &[Message]) -> Outcome<()> {
    for message in messages.iter().filter(|message| message.kind == kind::EXTERNAL) {
        outside::storage(walk.file, &message.body, walk.report)?;
    }
    let dataset = describe(walk.file, messages)?;
    if !is_dimension(walk.file, messages, &dataset.layout) {
        proportion(walk, &dataset);
        if matches!(&dataset.layout, Layout::Chunked(chunked) if chunked.address.is_some())
            && !dataset.filters.is_empty()
        {
            walk.unpacked = walk.unpacked.saturating_add(dataset.needed);
        }
    }
    for filter in dataset.filters.iter().filter(|filter| !filter.is_known()) {
        let text = format!("filter {} is none that libraries bring along", filter.id);
        walk.report.find(&rules::PLUGIN, ArtefactVerdict::Unknown, 0, &text);
    }
    let external = messages.iter().any(|message| message.kind == kind::EXTERNAL);
    match &dataset.layout {
        Layout::Compact(bytes) => compact(walk, &dataset, bytes),
        Layout::Contiguous(Some(address), size) if !external => {
            contiguous(walk, &dataset, *address, *size)
        }
        Layout::Contiguous(..) => Ok(()),
        Layout::Chunked(chunked) => {
            match chunks::pieces(walk.file, chunked, dataset.needed) {
                // An index of numbers says where numbers are.
                Err(Trouble::Unread(_)) if !dataset.datatype.has_rows() => {
                    if !dataset.datatype.is_bytes() {
                        return Ok(());
                    }
                    let first = chunks::first(walk.file, chunked, !dataset.filters.is_empty())?;
                    first.map_or(Ok(()), |first| first_chunk(walk, &dataset, first, chunked.bytes))
                }
                pieces => {
                    let pieces = pieces?;
                    if let Some(first) = pieces.first() {
                        first_chunk(walk, &dataset, *first, chunked.bytes)?;
                    }
                    pieces.iter().try_for_each(|piece| chunk(walk, &dataset, *piece, chunked.bytes))
                }
            }
        }
        Layout::Virtual(address, index) => {
            outside::mapped(walk.file, &mut walk.heaps, (*address, *index), walk.report)
        }
    }
}

fn describe(file: &File<'_>, messages: &[Message]) -> Outcome<Dataset> {
    let body = |wanted: u16| {
        let message = messages.iter().find(|message| message.kind == wanted);
        let message = file.expect(message, 0, "a dataset lacks a message")?;
        header::body(file, message.shared, &message.body, wanted)
    };
    let datatype = datatype::read(&body(kind::TYPE)?);
    let datatype = file.expect(datatype, 0, "a dataset has no known type")?;
    let count = space::read(&body(kind::SPACE)?, file.lengths);
    let needed = count.and_then(|count| Some((count, count.checked_mul(datatype.size)?)));
    let (count, needed) = file.expect(needed, 0, "a dataset's shape is beyond all bounds")?;
    let filtered = messages.iter().any(|message| message.kind == kind::FILTERS);
    let filters = if filtered { filters::read(&body(kind::FILTERS)?) } else { Some(Vec::new()) };
    let filters = file.expect(filters, 0, "a dataset's filters are broken")?;
    let layout = layout::read(&body(kind::LAYOUT)?, file, datatype.size);
    let layout = file.expect(layout, 0, "a dataset has no known layout")?;
    Ok(Dataset { datatype, count, needed, filters, layout })
}

/// Whether a dataset only says how long a dimension is, as netCDF writes it: nothing stands in it, and nothing reads it.
fn is_dimension(file: &File<'_>, messages: &[Message], layout: &Layout) -> bool {
    let nowhere = match layout {
        Layout::Contiguous(address, _) => address.is_none(),
        Layout::Chunked(chunked) => chunked.address.is_none(),
        _ => false,
    };
    let note = b"This is a netCDF dimension but not a netCDF variable";
    nowhere
        && attribute::all(file, messages)
            .into_iter()
            .flatten()
            .any(|attribute| attribute.name == "NAME" && attribute.data.starts_with(note))
}

/// A shape that the file can't fill makes programs ask for memory.
fn proportion(walk: &mut Walk<'_, '_, '_>, dataset: &Dataset) {
    let most = walk.file.size().saturating_mul(EXPANSION).max(MODEST);
    if dataset.needed > most {
        let text = format!("a dataset of {} bytes", dataset.needed);
        walk.report.find(&rules::SHAPE, ArtefactVerdict::Malformed, 0, &text);
    }
}

/// Datasets that are packed far beyond what numbers can be.
pub(super) fn expansion(walk: &mut Walk<'_, '_, '_>) {
    if walk.unpacked > walk.file.size().saturating_mul(PACKED).max(UNPACKED) {
        let text = format!("packed datasets of {} bytes", walk.unpacked);
        walk.report.find(&rules::SHAPE, ArtefactVerdict::Malformed, 0, &text);
    }
}

fn compact(walk: &mut Walk<'_, '_, '_>, dataset: &Dataset, bytes: &[u8]) -> Outcome<()> {
    if (bytes.len() as u64) < dataset.needed {
        short(walk, 0);
    }
    walk.values(&dataset.datatype, dataset.count, bytes)
}

fn contiguous(
    walk: &mut Walk<'_, '_, '_>,
    dataset: &Dataset,
    address: u64,
    size: Option<u64>,
) -> Outcome<()> {
    let size = size.unwrap_or(dataset.needed);
    if size < dataset.needed {
        short(walk, walk.file.place(address));
    }
    let piece = Piece { address, size, mask: 0 };
    start(walk, dataset, piece);
    chunk(walk, dataset, piece, dataset.needed)
}

fn short(walk: &mut Walk<'_, '_, '_>, offset: u64) {
    let text = "a dataset has fewer bytes than its shape says";
    walk.report.find(&rules::EXTENT, ArtefactVerdict::Malformed, offset, text);
}

/// One stretch of bytes: those that are numbers are payload.
fn chunk(walk: &mut Walk<'_, '_, '_>, dataset: &Dataset, piece: Piece, whole: u64) -> Outcome<()> {
    if !walk.file.holds(piece.address, piece.size) {
        let text = "a dataset's bytes reach beyond the file";
        let offset = walk.file.place(piece.address);
        walk.report.find(&rules::EXTENT, ArtefactVerdict::Malformed, offset, text);
        return Ok(());
    }
    if dataset.datatype.has_rows() {
        return rows(walk, dataset, piece, whole);
    }
    walk.report.payload(piece.size);
    Ok(())
}

/// The start of bytes that are as they were written is tried as a pickle.
fn start(walk: &mut Walk<'_, '_, '_>, dataset: &Dataset, piece: Piece) {
    if dataset.datatype.is_bytes() {
        let section = walk.file.section(piece.address, piece.size.min(PROBED));
        walk.probe(&section, piece.address);
    }
}

/// The first chunk of bytes is tried as a pickle, if its filters are undone here.
fn first_chunk(
    walk: &mut Walk<'_, '_, '_>,
    dataset: &Dataset,
    piece: Piece,
    whole: u64,
) -> Outcome<()> {
    if !dataset.datatype.is_bytes() || !walk.file.holds(piece.address, piece.size) {
        return Ok(());
    }
    if dataset.filters.is_empty() {
        start(walk, dataset, piece);
        return Ok(());
    }
    let packed =
        walk.file.block(piece.address, usize::try_from(piece.size).unwrap_or(usize::MAX))?;
    match filters::undo(&dataset.filters, piece.mask, packed, whole) {
        Some(plain) => walk.probe(&SliceBytes(&plain), piece.address),
        None if dataset.datatype.is_plain_bytes() => {
            return Err(Trouble::Unread("its filters are not undone"));
        }
        None => {}
    }
    Ok(())
}

/// Rows stand in heaps: each is looked at.
fn rows(walk: &mut Walk<'_, '_, '_>, dataset: &Dataset, piece: Piece, whole: u64) -> Outcome<()> {
    let size = usize::try_from(piece.size).unwrap_or(usize::MAX);
    let packed = walk.file.block(piece.address, size)?;
    let plain = filters::undo(&dataset.filters, piece.mask, packed, whole);
    let plain = plain.ok_or(Trouble::Unread("its filters are not undone"))?;
    walk.values(&dataset.datatype, u64::MAX, &plain)
}

/// Whether bytes begin as pickles do, and as numbers hardly ever do.
pub(super) fn likely(section: &dyn ReadAt) -> bool {
    let mut head = [0; 8];
    let Ok(8) = section.read_at(0, &mut head) else { return false };
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | 0..=5);
    match head {
        [0x80, 4 | 5, framed, ..] => framed == 0x95 || framed.is_ascii_graphic(),
        [0x80, 2 | 3, ..] => true,
        [b'c' | b'(' | b']' | b'}', b'!'..=b'~', rest @ ..] => rest.iter().all(plain),
        _ => false,
    }
}
