//! Packed streams, and how they are unpacked.

use super::fields::Fields;
use crate::{
    bytes::{ReadAt, Section},
    container::{Codec, Unpacked, codec::lzma2_dictionary},
};

/// Streams of one archive, and of one of its folders.
const MAX_STREAMS: u64 = 65_536;
/// Steps in which one stream is unpacked.
const MAX_CODERS: u64 = 8;
/// The smallest dictionary.
const MIN_DICTIONARY: u32 = 4096;

/// Ids of the filter for code of x86.
const X86: &[&[u8]] = &[&[4], &[3, 3, 1, 3]];

/// How a stream is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// Not at all.
    Copy,
    /// In one step that is known.
    Packed(Codec),
    /// In a way that is not read: what it is called.
    Other(&'static str),
}

/// A stream: one or more files in a row.
#[derive(Clone, Debug)]
pub struct Stream {
    /// How it is packed.
    pub method: Method,
    /// Where it stands in the file.
    pub start: u64,
    /// Bytes in the file.
    pub packed: u64,
    /// Bytes unpacked.
    pub size: u64,
    /// CRC-32 of what it unpacks to.
    pub crc: Option<u32>,
    /// Sizes and checksums of its files.
    pub parts: Vec<(u64, Option<u32>)>,
}

/// What a stream holds.
pub enum Content<'a> {
    /// In place.
    Stored(Section<'a>),
    /// Unpacked as it is read.
    Unpacked(Unpacked<'a>),
}

impl Stream {
    /// What it holds, unpacked to at most `limit` bytes; nothing if its method is not read.
    #[must_use]
    pub fn content<'a>(&self, bytes: &'a dyn ReadAt, limit: u64) -> Option<Content<'a>> {
        let section = Section::new(bytes, self.start, self.packed);
        match self.method {
            Method::Copy => Some(Content::Stored(section)),
            Method::Packed(codec) => {
                // A byte more than it should be, to see that it ends there.
                let limit = limit.min(self.size.saturating_add(1));
                Some(Content::Unpacked(Unpacked::new(section, codec, limit)))
            }
            Method::Other(_) => None,
        }
    }
}

/// Reads the description of all streams.
pub(super) fn read(fields: &mut Fields<'_>, size: u64) -> Option<Vec<Stream>> {
    let mut id = fields.number()?;
    let (mut position, mut packed) = (0, Vec::new());
    if id == 6 {
        position = fields.number()?.checked_add(32)?;
        packed = packs(fields)?;
        id = fields.number()?;
    }
    let mut streams = Vec::new();
    if id == 7 {
        streams = folders(fields, position, &packed)?;
        id = fields.number()?;
    }
    if id == 8 {
        parts(fields, &mut streams)?;
        id = fields.number()?;
    }
    let within = |stream: &Stream| stream.start.saturating_add(stream.packed) <= size;
    (id == 0 && streams.iter().all(within)).then_some(streams)
}

/// Sizes of the packed streams.
fn packs(fields: &mut Fields<'_>) -> Option<Vec<u64>> {
    let count = fields.count(MAX_STREAMS)?;
    let mut sizes = Vec::new();
    loop {
        match fields.number()? {
            0 => return Some(sizes),
            9 => sizes = (0..count).map(|_| fields.number()).collect::<Option<_>>()?,
            10 => drop(fields.digests(count)?),
            _ => return None,
        }
    }
}

/// Each folder of coders is one stream.
fn folders(fields: &mut Fields<'_>, position: u64, packed: &[u64]) -> Option<Vec<Stream>> {
    (fields.number()? == 11).then_some(())?;
    let count = fields.count(MAX_STREAMS)?;
    (fields.byte()? == 0).then_some(())?;
    let folders = (0..count).map(|_| folder(fields)).collect::<Option<Vec<_>>>()?;
    (fields.number()? == 12).then_some(())?;
    let mut streams = Vec::new();
    let (mut start, mut sizes) = (position, packed.iter());
    for folder in folders {
        let outs = (0..folder.outs).map(|_| fields.number()).collect::<Option<Vec<_>>>()?;
        let size = outs.iter().copied().max().unwrap_or(0);
        let used = sizes.by_ref().take(folder.packs).copied().collect::<Vec<_>>();
        (used.len() == folder.packs).then_some(())?;
        let length = used.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size))?;
        let method = folder.method(size);
        let parts = vec![(size, None)];
        streams.push(Stream { method, start, packed: length, size, crc: None, parts });
        start = start.checked_add(length)?;
    }
    loop {
        match fields.number()? {
            0 => return Some(streams),
            10 => {
                for (stream, crc) in streams.iter_mut().zip(fields.digests(count)?) {
                    stream.crc = crc;
                    stream.parts = vec![(stream.size, crc)];
                }
            }
            _ => return None,
        }
    }
}

/// The steps of one stream.
struct Folder {
    coders: Vec<(Vec<u8>, Vec<u8>)>,
    outs: u64,
    packs: usize,
    /// The step that takes, and the one that it takes from, where there are two.
    pair: Option<(u64, u64)>,
}

fn folder(fields: &mut Fields<'_>) -> Option<Folder> {
    let count = fields.number().filter(|count| (1..=MAX_CODERS).contains(count))?;
    let (mut ins, mut outs) = (0_u64, 0_u64);
    let mut coders = Vec::new();
    for _ in 0..count {
        let flags = fields.byte()?;
        let id = fields.take(u64::from(flags & 15))?.to_vec();
        let complex = flags & 16 != 0;
        let (i, o) = if complex { (fields.number()?, fields.number()?) } else { (1, 1) };
        let length = if flags & 32 != 0 { fields.number()? } else { 0 };
        (flags & 0xc0 == 0 && i <= 32 && o <= 32).then_some(())?;
        coders.push((id, fields.take(length)?.to_vec()));
        (ins, outs) = (ins.checked_add(i)?, outs.checked_add(o)?);
    }
    let bound = outs.checked_sub(1)?;
    let mut pair = None;
    for _ in 0..bound {
        pair = Some((fields.number()?, fields.number()?));
    }
    let packs = ins.checked_sub(bound).filter(|packs| *packs > 0)?;
    if packs > 1 {
        for _ in 0..packs {
            fields.number()?;
        }
    }
    Some(Folder { coders, outs, packs: usize::try_from(packs).ok()?, pair })
}

impl Folder {
    fn method(&self, size: u64) -> Method {
        let ((id, properties), x86) = match self.coders.as_slice() {
            [main] => (main, false),
            [(filter, _), main]
                if X86.contains(&filter.as_slice()) && self.pair == Some((0, 1)) =>
            {
                (main, true)
            }
            [main, (filter, _)]
                if X86.contains(&filter.as_slice()) && self.pair == Some((1, 0)) =>
            {
                (main, true)
            }
            coders => {
                let locked = coders.iter().any(|(id, _)| id.starts_with(&[6, 0xf1]));
                return Method::Other(if locked { "encryption" } else { "several steps" });
            }
        };
        let window =
            |said: u32| said.min(u32::try_from(size).unwrap_or(u32::MAX)).max(MIN_DICTIONARY);
        match (id.as_slice(), properties.as_slice()) {
            ([0], _) if !x86 => Method::Copy,
            ([3, 1, 1], [properties, dictionary @ ..]) => match dictionary.try_into() {
                Ok(dictionary) => Method::Packed(Codec::Lzma1 {
                    properties: *properties,
                    dictionary: window(u32::from_le_bytes(dictionary)),
                    size,
                    x86,
                }),
                Err(_) => Method::Other("LZMA without its properties"),
            },
            ([0x21], [bits, ..]) => match lzma2_dictionary(*bits) {
                Some(said) => Method::Packed(Codec::Lzma2 { dictionary: window(said), x86 }),
                None => Method::Other("LZMA2 without its properties"),
            },
            _ if x86 => Method::Other("several steps"),
            ([4, 1, 8], _) => Method::Packed(Codec::Deflate),
            ([4, 2, 2], _) => Method::Packed(Codec::Bzip2),
            ([4, 0xf7, 0x11, 1], _) => Method::Packed(Codec::Zstd),
            ([4, 0xf7, 0x11, 4], _) => Method::Packed(Codec::Lz4),
            ([3, 4, 1], _) => Method::Other("PPMd"),
            ([6, 0xf1, ..], _) => Method::Other("encryption"),
            _ => Method::Other("a method that is not known"),
        }
    }
}

/// Files in each stream.
fn parts(fields: &mut Fields<'_>, streams: &mut [Stream]) -> Option<()> {
    let mut counts = vec![1_u64; streams.len()];
    let mut id = fields.number()?;
    if id == 13 {
        counts = streams.iter().map(|_| fields.number()).collect::<Option<_>>()?;
        id = fields.number()?;
    }
    let total = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count))?;
    (total <= MAX_STREAMS).then_some(())?;
    for (stream, count) in streams.iter_mut().zip(&counts) {
        let sized = if id == 9 { count.saturating_sub(1) } else { 0 };
        let mut left = stream.size;
        let mut parts = Vec::new();
        for _ in 0..sized {
            let size = fields.number()?;
            left = left.checked_sub(size)?;
            parts.push((size, None));
        }
        if *count > 0 {
            parts.push((left, stream.crc.filter(|_| *count == 1)));
        }
        stream.parts = parts;
    }
    if id == 9 {
        id = fields.number()?;
    }
    if id == 10 {
        let open = |part: &&mut (u64, Option<u32>)| part.1.is_none();
        let missing = || streams.iter().flat_map(|stream| &stream.parts);
        let count = missing().filter(|part| part.1.is_none()).count();
        let digests = fields.digests(count)?;
        let parts = streams.iter_mut().flat_map(|stream| &mut stream.parts).filter(open);
        for (part, crc) in parts.zip(digests) {
            part.1 = crc;
        }
        id = fields.number()?;
    }
    (id == 0).then_some(())
}
