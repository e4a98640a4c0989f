//! Decompression with a limit: the only place that touches a raw decompressor.

use std::io::{self, Read};

#[expect(clippy::disallowed_types, reason = "this is the wrapper that bounds them")]
use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::bytes::ReadAt;

/// Bytes that came out of a decompressor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inflated {
    /// The bytes, at most as many as were allowed.
    pub bytes: Vec<u8>,
    /// How it ended.
    pub end: End,
    /// How many compressed bytes were used.
    pub used: u64,
}

/// How a decompression ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At the end of the compressed stream.
    Whole,
    /// The allowance was used up.
    Limit,
    /// The stream is broken or cut short.
    Broken,
}

/// Inflates a raw deflate stream (RFC 1951) to at most `limit` bytes.
#[must_use]
pub fn inflate(bytes: &dyn ReadAt, limit: usize) -> Inflated {
    #[expect(clippy::disallowed_types, reason = "read through a limit")]
    let mut decoder = DeflateDecoder::new(Sequential { bytes, offset: 0 });
    let (bytes, end) = read_limited(&mut decoder, limit);
    Inflated { bytes, end, used: decoder.total_in() }
}

/// Inflates a zlib stream (RFC 1950) to at most `limit` bytes.
#[must_use]
pub fn unzlib(bytes: &dyn ReadAt, limit: usize) -> Inflated {
    #[expect(clippy::disallowed_types, reason = "read through a limit")]
    let mut decoder = ZlibDecoder::new(Sequential { bytes, offset: 0 });
    let (bytes, end) = read_limited(&mut decoder, limit);
    Inflated { bytes, end, used: decoder.total_in() }
}

/// Inflates gzip members one after another (RFC 1952) to at most `limit` bytes.
#[must_use]
pub fn gunzip(bytes: &dyn ReadAt, limit: usize) -> Inflated {
    let mut decoder = flate2::read::MultiGzDecoder::new(Sequential { bytes, offset: 0 });
    let (bytes, end) = read_limited(&mut decoder, limit);
    Inflated { bytes, end, used: decoder.into_inner().offset }
}

/// CRC-32 of all bytes; none if they can't be read.
#[must_use]
pub fn checksum(bytes: &dyn ReadAt) -> Option<u32> {
    let mut crc = flate2::Crc::new();
    let mut chunk = vec![0; 1 << 16];
    let mut offset = 0_u64;
    loop {
        match bytes.read_at(offset, &mut chunk).ok()? {
            0 => return Some(crc.sum()),
            read => {
                crc.update(chunk.get(..read)?);
                offset = offset.saturating_add(read as u64);
            }
        }
    }
}

fn read_limited(reader: &mut dyn Read, limit: usize) -> (Vec<u8>, End) {
    let mut out = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return (out, End::Whole),
            Ok(read) => {
                let room = limit.saturating_sub(out.len());
                out.extend_from_slice(chunk.get(..read.min(room)).unwrap_or_default());
                if read > room {
                    return (out, End::Limit);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return (out, End::Broken),
        }
    }
}

/// Positioned bytes read from front to back.
struct Sequential<'a> {
    bytes: &'a dyn ReadAt,
    offset: u64,
}

impl Read for Sequential<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read_at(self.offset, buf)?;
        self.offset = self.offset.saturating_add(read as u64);
        Ok(read)
    }
}
