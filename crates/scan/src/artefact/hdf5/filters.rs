//! Filter pipelines (IV.A.2.l): what chunks went through before they were written.

use super::fields::Fields;
use crate::{
    bytes::{Section, SliceBytes, read_up_to},
    container::{Codec, Unpacked},
};

/// Filters that HDF5, h5py and PyTables bring along, and those of hdf5plugin and netCDF that only unpack: deflate, shuffle,
/// Fletcher's checksum, SZIP, N-bit, scale-offset, LZO, bzip2, LZF, Blosc, LZ4, Bitshuffle, Zstandard, Blosc2.
const KNOWN: &[u16] = &[1, 2, 3, 4, 5, 6, 305, 307, 32000, 32001, 32004, 32008, 32015, 32026];
/// Filters of one pipeline, by the specification.
const MAX_FILTERS: u8 = 32;
/// Bytes that a chunk may unpack to here.
const MAX_CHUNK: u64 = 8 << 20;

/// One filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// Its registered number.
    pub(super) id: u16,
    /// Its first parameter.
    first: u32,
}

impl Filter {
    /// Whether it comes with a library that reads such files.
    pub(super) fn is_known(self) -> bool {
        KNOWN.contains(&self.id)
    }
}

/// Reads a pipeline; none if it is broken.
pub(super) fn read(body: &[u8]) -> Option<Vec<Filter>> {
    let mut fields = Fields::new(body);
    let version = fields.byte()?;
    let count = fields.byte().filter(|count| *count <= MAX_FILTERS)?;
    match version {
        1 => fields.take(6).map(|_| ())?,
        2 => {}
        _ => return None,
    }
    (0..count).map(|_| one(&mut fields, version)).collect()
}

fn one(fields: &mut Fields<'_>, version: u8) -> Option<Filter> {
    let id = fields.short()?;
    let name = if version == 1 || id >= 256 { fields.short()? } else { 0 };
    fields.short()?;
    let parameters = fields.short()?;
    fields.take(usize::from(name))?;
    let mut first = 0;
    for place in 0..parameters {
        let parameter = fields.word()?;
        if place == 0 {
            first = parameter;
        }
    }
    if version == 1 && parameters % 2 == 1 {
        fields.take(4)?;
    }
    Some(Filter { id, first })
}

/// A chunk before its filters; none if one of them is not undone here, or it is broken. Bit `n` of `mask` leaves filter `n` out.
pub(super) fn undo(filters: &[Filter], mask: u32, packed: Vec<u8>, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = packed;
    for (place, filter) in filters.iter().enumerate().rev() {
        let bit = u32::try_from(place).ok().and_then(|place| 1_u32.checked_shl(place))?;
        if mask & bit != 0 {
            continue;
        }
        bytes = match filter.id {
            1 => inflate(&bytes, limit)?,
            32000 => unpack(&bytes, limit)?,
            2 => unshuffle(&bytes, filter.first)?,
            3 => {
                let end = bytes.len().checked_sub(4)?;
                bytes.truncate(end);
                bytes
            }
            _ => return None,
        };
    }
    Some(bytes)
}

fn inflate(packed: &[u8], limit: u64) -> Option<Vec<u8>> {
    let source = SliceBytes(packed);
    let limit = limit.saturating_add(4).min(MAX_CHUNK);
    let unpacked = Unpacked::new(Section::from(&source, 0), Codec::Zlib, limit);
    let mut bytes = vec![0; usize::try_from(unpacked_size(&unpacked)).ok()?];
    let read = read_up_to(&unpacked, 0, &mut bytes).ok()?;
    bytes.truncate(read);
    Some(bytes)
}

/// Undoes LZF: runs of bytes as they are, and copies of what came before.
fn unpack(packed: &[u8], limit: u64) -> Option<Vec<u8>> {
    let limit = usize::try_from(limit.min(MAX_CHUNK)).ok()?;
    let mut fields = Fields::new(packed);
    let mut plain: Vec<u8> = Vec::new();
    while let Some(control) = fields.byte() {
        let control = usize::from(control);
        if control < 32 {
            plain.extend_from_slice(fields.take(control.checked_add(1)?)?);
        } else {
            let mut length = (control >> 5).checked_add(2)?;
            if control >> 5 == 7 {
                length = length.checked_add(usize::from(fields.byte()?))?;
            }
            let back = ((control & 31) << 8).checked_add(usize::from(fields.byte()?))?;
            let start = plain.len().checked_sub(back)?.checked_sub(1)?;
            for at in 0..length {
                plain.push(*plain.get(start.checked_add(at)?)?);
            }
        }
        if plain.len() > limit {
            return None;
        }
    }
    Some(plain)
}

fn unpacked_size(unpacked: &Unpacked<'_>) -> u64 {
    crate::bytes::ReadAt::size(unpacked).min(MAX_CHUNK)
}

/// Puts the bytes of elements of `size` bytes together again.
fn unshuffle(bytes: &[u8], size: u32) -> Option<Vec<u8>> {
    let size = usize::try_from(size).ok()?;
    let count = bytes.len().checked_div(size)?;
    let whole = count.checked_mul(size)?;
    let (mixed, rest) = bytes.split_at_checked(whole)?;
    let mut plain = Vec::with_capacity(bytes.len());
    for element in 0..count {
        for byte in 0..size {
            plain.push(*mixed.get(byte.checked_mul(count)?.checked_add(element)?)?);
        }
    }
    plain.extend_from_slice(rest);
    Some(plain)
}
