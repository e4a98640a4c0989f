//! Compression: which, and its decoder. Nothing else touches one.

use std::{
    io::{self, BufRead, ErrorKind, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::source::Source;
use crate::bytes::{ReadAt, Section, read_exact_at, read_up_to};

/// Memory that one decoder may ask for, in KiB: what xz -9 needs is refused, its usual levels are not.
const MAX_MEMORY: u32 = 40 << 10;
/// The largest window of zstd that is followed: up to level 19 it is no larger.
const MAX_WINDOW: u64 = 8 << 20;
/// Length of joblib's own header before 0.10: `ZF`, and the length in hexadecimal, padded.
const JOBLIB_HEADER: u64 = 21;
/// Bytes unpacked of one stream at most, where that is fast.
const MOST: u64 = 512 << 20;
/// Packed bytes that are read however little is asked for: a block of bzip2 comes out as a whole.
const LEAST_PACKED: u64 = 4 << 20;
/// How much more work for a slow decoder a byte that it reads is than one that it makes.
const PACKED: u64 = 4;
/// Bytes of LZMA's end mark, which may stand behind a content of known size.
const END_MARK: usize = 8;
/// Streams or frames in a row, where each needs a decoder of its own.
const MAX_STREAMS: u32 = 8192;
/// The magic number of a frame of zstd (RFC 8878, 3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A way to compress one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Codec {
    /// Raw deflate (RFC 1951), in archives only.
    Deflate,
    /// RFC 1950.
    Zlib,
    /// RFC 1952, members in a row.
    Gzip,
    /// Streams in a row.
    Bzip2,
    /// Streams in a row.
    Xz,
    /// The older container of LZMA, without a magic number.
    Lzma,
    /// RFC 8878, frames in a row.
    Zstd,
    /// Frames in a row.
    Lz4,
    /// Zlib behind joblib's header before 0.10.
    Joblib,
    /// LZMA without a header, in archives only.
    Lzma1 {
        /// Its byte of properties.
        properties: u8,
        /// Bytes of its dictionary.
        dictionary: u32,
        /// Bytes unpacked.
        size: u64,
        /// Whether addresses in code of x86 were made absolute before.
        x86: bool,
    },
    /// LZMA2, in archives only.
    Lzma2 {
        /// Bytes of its dictionary.
        dictionary: u32,
        /// Whether addresses in code of x86 were made absolute before.
        x86: bool,
    },
}

impl Codec {
    /// Told by the first bytes, at least 16 of them where there are so many.
    #[must_use]
    pub fn recognise(head: &[u8]) -> Option<Self> {
        Some(match head {
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => Self::Zlib,
            [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, b'r', b'E', b'8', b'P', 0x90, ..] => {
                Self::Bzip2
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            // A frame that is skipped may stand before those that are not.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            [0x04, 0x22, 0x4d, 0x18, ..] => Self::Lz4,
            [b'Z', b'F', b'0', b'x', ..] => Self::Joblib,
            // Properties, dictionary and size as every writer has them: there is no magic number.
            [0x5d, 0, 0, _, _, size @ ..] if is_size(size) => Self::Lzma,
            _ => return None,
        })
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deflate => "deflate",
            Self::Zlib => "zlib",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lzma => "lzma",
            Self::Zstd => "zstd",
            Self::Lz4 => "lz4",
            Self::Joblib => "joblib",
            Self::Lzma1 { .. } => "lzma1",
            Self::Lzma2 { .. } => "lzma2",
        }
    }

    /// Bytes that its decoder holds of `packed`, about; more than it may hold where that wants more.
    pub(super) fn held(self, packed: &dyn ReadAt) -> u64 {
        let dictionary = match self {
            Self::Xz => xz_dictionary(packed),
            Self::Lzma => lzma_dictionary(packed),
            Self::Lzma1 { dictionary, .. } | Self::Lzma2 { dictionary, .. } => Some(dictionary),
            Self::Zstd => return MAX_WINDOW,
            Self::Bzip2 => return 4 << 20,
            Self::Lz4 => return 9 << 20,
            _ => return 1 << 18,
        };
        let most = u64::from(MAX_MEMORY) << 10;
        dictionary
            .map_or(most, |dictionary| most.min(u64::from(dictionary).saturating_add(1 << 20)))
    }

    /// How much more work a byte that it unpacks is than one of the fastest.
    pub const fn weight(self) -> u64 {
        match self {
            Self::Bzip2 | Self::Xz | Self::Lzma | Self::Lzma1 { .. } | Self::Lzma2 { .. } => 4,
            _ => 1,
        }
    }

    /// What it costs to unpack so many bytes of so many packed ones.
    pub(super) const fn cost(self, bytes: u64, packed: u64) -> u64 {
        let packed = if self.weight() == 1 { 0 } else { packed.saturating_mul(PACKED) };
        let most = if bytes > packed { bytes } else { packed };
        most.saturating_mul(self.weight())
    }

    /// Bytes that are unpacked at most, so that no stream takes longer than a second or two.
    pub(super) const fn most(self) -> u64 {
        match self.weight() {
            1 => MOST,
            _ => MOST >> 2,
        }
    }

    /// Packed bytes that are read at most where `limit` bytes may be unpacked: slow decoders are so by what they read, too.
    pub(super) fn most_packed(self, limit: u64) -> u64 {
        match self.weight() {
            1 => u64::MAX,
            _ => (limit / PACKED).max(LEAST_PACKED),
        }
    }

    /// The unpacked bytes of `packed`; `taken` follows how much of it was used.
    pub(super) fn decoder<'a>(
        self,
        packed: Section<'a>,
        taken: Arc<AtomicU64>,
    ) -> io::Result<Box<dyn Read + Send + 'a>> {
        // No more than was asked for, even if a later part of the stream says that it needs more.
        let held = self.held(&packed) >> 10;
        let memory =
            u32::try_from(held.saturating_add(1 << 10)).unwrap_or(MAX_MEMORY).min(MAX_MEMORY);
        let start = if self == Self::Joblib { joblib_start(&packed) } else { 0 };
        let source = Source::new(packed, start, Arc::clone(&taken));
        #[expect(clippy::disallowed_types, reason = "read through a limit, by `Unpacked` alone")]
        Ok(match self {
            Self::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(source)),
            Self::Zlib | Self::Joblib => Box::new(flate2::bufread::ZlibDecoder::new(source)),
            Self::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(source)),
            Self::Bzip2 => Box::new(Streams(Some(bzip2::bufread::BzDecoder::new(source)), 0)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(source, true, memory)),
            Self::Lzma => {
                let reader = lzma_rust2::LzmaReader::new_mem_limit(source, memory, None)?;
                Box::new(Alone { reader: Some(reader), taken })
            }
            Self::Lzma1 { properties, dictionary, size, x86 } => {
                filtered(lzma1(source, properties, dictionary, size)?, x86)
            }
            Self::Lzma2 { dictionary, x86 } => {
                let reader =
                    lzma_rust2::Lzma2Reader::new_mem_limit(source, dictionary, memory, None)?;
                filtered(reader, x86)
            }
            Self::Zstd => Box::new(Frames::open(source, 0)?),
            Self::Lz4 => Box::new(lz4_flex::frame::FrameDecoder::new(source)),
        })
    }
}

/// With addresses in code of x86 put back, if they were changed.
fn filtered<'a>(reader: impl Read + Send + 'a, x86: bool) -> Box<dyn Read + Send + 'a> {
    if x86 {
        Box::new(lzma_rust2::filter::bcj::BcjReader::new_x86(reader, 0))
    } else {
        Box::new(reader)
    }
}

/// LZMA without a header, within the memory that a decoder may ask for.
#[expect(clippy::disallowed_types, reason = "read through a limit, by `Unpacked` alone")]
fn lzma1(
    source: Source<'_>,
    properties: u8,
    dictionary: u32,
    size: u64,
) -> io::Result<lzma_rust2::LzmaReader<Source<'_>>> {
    if lzma_rust2::lzma_get_memory_usage_by_props(dictionary, properties)? > MAX_MEMORY {
        return Err(ErrorKind::OutOfMemory.into());
    }
    lzma_rust2::LzmaReader::new_with_props(source, size, properties, dictionary, None)
}

/// The dictionary that the first block of a stream of xz says it needs (its format's section 3.1).
fn xz_dictionary(packed: &dyn ReadAt) -> Option<u32> {
    let mut head = [0; 64];
    let read = read_up_to(packed, 12, &mut head).ok()?;
    let (flags, mut rest) = head.get(1..read)?.split_first()?;
    let mut next = || {
        let (byte, after) = rest.split_first()?;
        rest = after;
        Some(*byte)
    };
    // Sizes that the flags announce: the last byte of each has no high bit.
    for _ in 0..flags.wrapping_shr(6).count_ones() {
        while next()? & 0x80 != 0 {}
    }
    match (next()?, next()?, next()?) {
        (0x21, 1, bits) => lzma2_dictionary(bits),
        _ => None,
    }
}

/// Bytes of a dictionary of LZMA2, from its one byte of properties.
pub(super) fn lzma2_dictionary(bits: u8) -> Option<u32> {
    match bits {
        40 => Some(u32::MAX),
        0..40 => (2 | u32::from(bits & 1)).checked_shl(u32::from(bits / 2).saturating_add(11)),
        _ => None,
    }
}

/// The dictionary that a header of LZMA gives.
fn lzma_dictionary(packed: &dyn ReadAt) -> Option<u32> {
    let mut said = [0; 4];
    read_exact_at(packed, 1, &mut said).ok()?;
    Some(u32::from_le_bytes(said))
}

/// Whether eight bytes are a size that LZMA's header can have: unknown, or below a tebibyte.
fn is_size(bytes: &[u8]) -> bool {
    let Some(size) = bytes.first_chunk::<8>() else { return false };
    *size == [0xff; 8] || u64::from_le_bytes(*size) < 1 << 40
}

/// Where the stream of zlib begins: a longer header once ended in a blank.
fn joblib_start(packed: &dyn ReadAt) -> u64 {
    let mut next = [0];
    let blank = matches!(packed.read_at(JOBLIB_HEADER, &mut next), Ok(1)) && next == *b" ";
    JOBLIB_HEADER.saturating_add(u64::from(blank))
}

/// LZMA with its header. Its decoder reads ahead: what it did not use was not taken.
#[expect(clippy::disallowed_types, reason = "read through a limit, by `Unpacked` alone")]
struct Alone<'a> {
    reader: Option<lzma_rust2::LzmaReader<Source<'a>>>,
    taken: Arc<AtomicU64>,
}

impl Read for Alone<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(reader) = &mut self.reader else { return Ok(0) };
        let read = reader.read(buf)?;
        if read == 0
            && !buf.is_empty()
            && let Some((_, unused)) = self.reader.take().map(|reader| reader.into_parts())
            && unused.len() > END_MARK
        {
            self.taken.fetch_sub(unused.len() as u64, Ordering::Relaxed);
        }
        Ok(read)
    }
}

/// Streams of bzip2 in a row, and how many there were before.
struct Streams<'a>(Option<bzip2::bufread::BzDecoder<Source<'a>>>, u32);

impl Read for Streams<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(stream) = &mut self.0 {
            let read = stream.read(buf)?;
            if read > 0 || buf.is_empty() {
                return Ok(read);
            }
            let Some(mut source) = self.0.take().map(bzip2::bufread::BzDecoder::into_inner) else {
                break;
            };
            if source.fill_buf()?.is_empty() {
                break;
            }
            self.1 = next(self.1)?;
            let stream = bzip2::bufread::BzDecoder::new(source);
            self.0 = Some(stream);
        }
        Ok(0)
    }
}

/// The number of one more stream.
fn next(streams: u32) -> io::Result<u32> {
    let next = streams.saturating_add(1);
    if next < MAX_STREAMS { Ok(next) } else { Err(ErrorKind::OutOfMemory.into()) }
}

/// Frames of zstd in a row, and how many there were before.
struct Frames<'a>(Option<Frame<'a>>, u32);

#[expect(clippy::disallowed_types, reason = "read through a limit, by `Unpacked` alone")]
type Frame<'a> = ruzstd::decoding::StreamingDecoder<Source<'a>, ruzstd::decoding::FrameDecoder>;

impl<'a> Frames<'a> {
    fn open(mut source: Source<'a>, before: u32) -> io::Result<Self> {
        skip(&mut source)?;
        let frame = Frame::new_with_max_window_size(source, MAX_WINDOW);
        Ok(Self(Some(frame.map_err(refused)?), before))
    }
}

/// Passes frames that decoders skip (RFC 8878, 3.1.2).
fn skip(source: &mut Source<'_>) -> io::Result<()> {
    while let [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] = source.fill_buf()? {
        let mut header = [0; 8];
        source.read_exact(&mut header)?;
        let [_, _, _, _, length @ ..] = header;
        let mut left = u64::from(u32::from_le_bytes(length));
        while left > 0 {
            let held = source.fill_buf()?.len();
            let count = held.min(usize::try_from(left).unwrap_or(held));
            if count == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            source.consume(count);
            left = left.saturating_sub(count as u64);
        }
    }
    Ok(())
}

/// A window beyond the limit is one of memory; anything else is broken.
fn refused(error: ruzstd::decoding::errors::FrameDecoderError) -> io::Error {
    use ruzstd::decoding::errors::FrameDecoderError::WindowSizeTooBig;
    match error {
        WindowSizeTooBig { .. } => ErrorKind::OutOfMemory.into(),
        error => io::Error::new(ErrorKind::InvalidData, error),
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = &mut self.0 {
            let read = frame.read(buf)?;
            if read > 0 || buf.is_empty() {
                return Ok(read);
            }
            // The end of a frame: another may follow.
            let Some(mut source) = self.0.take().map(Frame::into_inner) else { break };
            skip(&mut source)?;
            if !source.fill_buf()?.starts_with(&ZSTD) {
                break;
            }
            *self = Self::open(source, next(self.1)?)?;
        }
        Ok(0)
    }
}
