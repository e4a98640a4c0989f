//! What a compressed stream holds, as bytes that can be read at any offset, in bounded memory.

use std::{
    io::{self, ErrorKind, Read},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{codec::Codec, end::End};
use crate::bytes::{
    ReadAt, Section,
    room::{self, Share},
};

/// Bytes from the beginning that are kept: smaller contents are read only once.
const HEAD: usize = 4 << 20;
/// Bytes kept behind the place that was read last.
const WINDOW: usize = 4 << 20;
/// Bytes unpacked at a time.
const STEP: usize = 1 << 18;
/// Unpacked from the beginning again, so often at most, and so many times what is unpacked of one stream at most.
const MAX_RESTARTS: u32 = 8;
const MAX_AGAIN: u64 = 2;
/// More than this many times its packed size is out of all proportion …
const MAX_RATIO: u64 = 200;
/// … once so many bytes came out.
const LARGE: u64 = 128 << 20;

/// The content of a compressed stream. Reading on from where the last read ended costs nothing extra; reading far
/// behind it unpacks from the beginning again, which is allowed a few times.
pub struct Unpacked<'a> {
    packed: Section<'a>,
    codec: Codec,
    size: u64,
    crc: u32,
    end: End,
    used: u64,
    head: Vec<u8>,
    /// What its first bytes take of what may be held.
    kept: Share,
    flow: Mutex<Flow<'a>>,
}

/// A decoder at work.
#[derive(Default)]
struct Flow<'a> {
    reader: Option<Box<dyn Read + Send + 'a>>,
    /// What came out last.
    window: Vec<u8>,
    /// Offset of its first byte.
    start: u64,
    restarts: u32,
    /// Bytes that came out again.
    again: u64,
    /// Whether more was asked for than is unpacked again.
    exhausted: bool,
    /// What the decoder takes of what may be held, and the window.
    decoding: Option<Share>,
    kept: Option<Share>,
}

impl<'a> Unpacked<'a> {
    /// Unpacks once, at most `limit` bytes, to learn size and end.
    #[must_use]
    pub fn new(packed: Section<'a>, codec: Codec, limit: u64) -> Self {
        let taken = Arc::new(AtomicU64::new(0));
        let mut unpacked = Self {
            packed,
            codec,
            size: 0,
            crc: 0,
            end: End::Broken,
            used: 0,
            head: Vec::new(),
            kept: Share::up_to(limit.min(HEAD as u64)),
            flow: Mutex::default(),
        };
        let decoding = Share::of(codec.held(&packed));
        match codec.decoder(packed, Arc::clone(&taken)) {
            _ if decoding.is_none() => unpacked.end = End::Limit,
            Ok(mut reader) => unpacked.measure(&mut *reader, limit.min(codec.most()), &taken),
            Err(error) => unpacked.end = ended(&error),
        }
        unpacked.kept.shrink(unpacked.head.len() as u64);
        unpacked.used = taken.load(Ordering::Relaxed);
        unpacked
    }

    fn measure(&mut self, reader: &mut dyn Read, limit: u64, taken: &AtomicU64) {
        let mut chunk = vec![0; usize::try_from(limit).unwrap_or(STEP).saturating_add(1).min(STEP)];
        let most = usize::try_from(self.kept.bytes()).unwrap_or(HEAD);
        let held = self.codec.held(&self.packed).saturating_add(HEAD as u64);
        let mut crc = flate2::Crc::new();
        self.end = loop {
            let read = match reader.read(&mut chunk) {
                Ok(0) => break End::Whole,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => break ended(&error),
            };
            let room = usize::try_from(limit.saturating_sub(self.size)).unwrap_or(usize::MAX);
            let kept = chunk.get(..read.min(room)).unwrap_or_default();
            crc.update(kept);
            let first = most.saturating_sub(self.head.len()).min(kept.len());
            self.head.extend_from_slice(kept.get(..first).unwrap_or_default());
            if self.size < held {
                room::hold(kept.len() as u64);
            }
            self.size = self.size.saturating_add(kept.len() as u64);
            let packed = taken.load(Ordering::Relaxed).max(1);
            if read > room || self.size > LARGE && self.size / MAX_RATIO > packed {
                break End::Limit;
            }
        };
        self.crc = crc.sum();
    }

    /// How unpacking ended; what came out before that can be read.
    #[must_use]
    pub const fn end(&self) -> End {
        self.end
    }

    /// Packed bytes that were used.
    #[must_use]
    pub const fn used(&self) -> u64 {
        self.used
    }

    /// Whether a read was refused because it would have unpacked from the beginning once more.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        let flow = self.flow.lock().unwrap_or_else(PoisonError::into_inner);
        flow.exhausted
    }

    /// CRC-32 of what came out.
    #[must_use]
    pub const fn checksum(&self) -> u32 {
        self.crc
    }

    /// Its first bytes, up to 4 MiB.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }
}

/// How an error of a decoder ends the content.
fn ended(error: &io::Error) -> End {
    if error.kind() == ErrorKind::OutOfMemory { End::Limit } else { End::Broken }
}

impl ReadAt for Unpacked<'_> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.size || buf.is_empty() {
            return Ok(0);
        }
        let held = usize::try_from(offset).ok().and_then(|at| self.head.get(at..));
        if let Some(held) = held.filter(|held| !held.is_empty()) {
            let read = copy(held, buf);
            room::read(read);
            return Ok(read);
        }
        let room = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let buf = buf.get_mut(..room.min(buf.len())).unwrap_or_default();
        let mut flow = self.flow.lock().unwrap_or_else(PoisonError::into_inner);
        if flow.reader.is_none() || offset < flow.start {
            flow.restart(self.codec, self.packed)?;
        }
        let read = flow.read(offset, buf, self.codec.most().saturating_mul(MAX_AGAIN))?;
        room::read(read);
        Ok(read)
    }
}

impl<'a> Flow<'a> {
    fn restart(&mut self, codec: Codec, packed: Section<'a>) -> io::Result<()> {
        self.restarts = self.restarts.saturating_add(1);
        if self.restarts > MAX_RESTARTS {
            return Err(self.exhaust("unpacked from the beginning too often"));
        }
        let held = codec.held(&packed);
        let window = (WINDOW as u64).saturating_mul(2);
        if self.restarts == 1 {
            room::hold(held.saturating_add(window));
            self.decoding = Share::of(held);
            self.kept = Some(Share::up_to(window));
        }
        if self.decoding.is_none() {
            return Err(self.exhaust("streams within streams hold too much"));
        }
        self.reader = Some(codec.decoder(packed, Arc::default())?);
        self.window.clear();
        self.start = 0;
        Ok(())
    }

    fn exhaust(&mut self, why: &'static str) -> io::Error {
        self.exhausted = true;
        self.reader = None;
        io::Error::other(why)
    }

    /// Bytes kept behind the place that was read last: less where streams stand within streams.
    fn window(&self) -> usize {
        let kept = self.kept.as_ref().map_or(0, Share::bytes);
        usize::try_from(kept / 2).unwrap_or(WINDOW).clamp(STEP, WINDOW)
    }

    fn read(&mut self, offset: u64, buf: &mut [u8], most: u64) -> io::Result<usize> {
        let window = self.window();
        if self.again > most {
            return Err(self.exhaust("unpacked again too often"));
        }
        let Some(reader) = &mut self.reader else { return Ok(0) };
        loop {
            let behind = offset.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
            let held = behind.and_then(|at| self.window.get(at..)).unwrap_or_default();
            if !held.is_empty() {
                return Ok(copy(held, buf));
            }
            if self.window.len() >= window.saturating_mul(2) {
                self.window.drain(..window);
                self.start = self.start.saturating_add(window as u64);
            }
            let filled = self.window.len();
            self.window.resize(filled.saturating_add(STEP), 0);
            let read = reader.read(self.window.get_mut(filled..).unwrap_or_default());
            let more = read.as_ref().copied().unwrap_or(0);
            self.window.truncate(filled.saturating_add(more));
            self.again = self.again.saturating_add(more as u64);
            match read {
                Ok(0) => return Ok(0),
                Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
        }
    }
}

fn copy(from: &[u8], to: &mut [u8]) -> usize {
    let count = from.len().min(to.len());
    if let (Some(to), Some(from)) = (to.get_mut(..count), from.get(..count)) {
        to.copy_from_slice(from);
    }
    count
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Codec, End, Unpacked};
    use crate::bytes::{ReadAt as _, Section, SliceBytes};

    /// Five megabytes that are neither all the same nor noise.
    fn content() -> Vec<u8> {
        (0_u32..1_300_000)
            .flat_map(|i| ((i / 7).wrapping_mul(2_654_435_761) >> 20).to_le_bytes())
            .collect()
    }

    fn packed(codec: Codec, content: &[u8]) -> Vec<u8> {
        use flate2::{Compression, write};
        match codec {
            Codec::Deflate => {
                finish(write::DeflateEncoder::new(Vec::new(), Compression::fast()), content, |e| {
                    e.finish()
                })
            }
            Codec::Zlib => {
                finish(write::ZlibEncoder::new(Vec::new(), Compression::fast()), content, |e| {
                    e.finish()
                })
            }
            Codec::Gzip => {
                finish(write::GzEncoder::new(Vec::new(), Compression::fast()), content, |e| {
                    e.finish()
                })
            }
            Codec::Bzip2 => finish(
                bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast()),
                content,
                |e| e.finish(),
            ),
            Codec::Xz => finish(
                lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1))
                    .unwrap(),
                content,
                |e| e.finish(),
            ),
            Codec::Lzma => finish(
                lzma_rust2::LzmaWriter::new_use_header(
                    Vec::new(),
                    &lzma_rust2::LzmaOptions::with_preset(1),
                    None,
                )
                .unwrap(),
                content,
                |e| e.finish(),
            ),
            Codec::Zstd => ruzstd::encoding::compress_to_vec(
                content,
                ruzstd::encoding::CompressionLevel::Fastest,
            ),
            Codec::Lz4 => finish(lz4_flex::frame::FrameEncoder::new(Vec::new()), content, |e| {
                e.finish().map_err(io::Error::other)
            }),
            Codec::Joblib => {
                let mut head = format!("ZF{:<19}", format!("{:#x}", content.len())).into_bytes();
                head.extend(packed(Codec::Zlib, content));
                head
            }
            Codec::Lzma1 { .. } | Codec::Lzma2 { .. } => unreachable!("in archives only"),
        }
    }

    fn finish<W: io::Write>(
        mut writer: W,
        content: &[u8],
        end: impl FnOnce(W) -> io::Result<Vec<u8>>,
    ) -> Vec<u8> {
        writer.write_all(content).unwrap();
        end(writer).unwrap()
    }

    const ALL: [Codec; 9] = [
        Codec::Deflate,
        Codec::Zlib,
        Codec::Gzip,
        Codec::Bzip2,
        Codec::Xz,
        Codec::Lzma,
        Codec::Zstd,
        Codec::Lz4,
        Codec::Joblib,
    ];

    #[test]
    fn what_every_codec_packed_is_read_at_any_offset() {
        let content = content();
        for codec in ALL {
            let packed = packed(codec, &content);
            assert!(
                codec == Codec::Deflate || Codec::recognise(&packed) == Some(codec),
                "{codec:?}"
            );
            let source = SliceBytes(&packed);
            let unpacked = Unpacked::new(Section::from(&source, 0), codec, u64::MAX);
            assert_eq!(
                (unpacked.end(), unpacked.size()),
                (End::Whole, content.len() as u64),
                "{codec:?}"
            );
            assert_eq!(unpacked.used(), packed.len() as u64, "{codec:?}");
            for offset in [0, 5_000_000, 4_194_300, 5_199_999, 4_500_000, 5_200_000] {
                let mut read = [0; 9];
                let count = crate::bytes::read_up_to(&unpacked, offset as u64, &mut read).unwrap();
                assert_eq!(
                    &read[..count],
                    &content[offset..(offset + 9).min(content.len())],
                    "{codec:?} {offset}"
                );
            }
        }
    }

    #[test]
    fn a_stream_cut_short_is_broken_and_what_came_before_is_kept() {
        let content = content();
        for codec in ALL {
            let packed = packed(codec, &content);
            let source = SliceBytes(&packed[..packed.len() - 9]);
            let unpacked = Unpacked::new(Section::from(&source, 0), codec, u64::MAX);
            assert_eq!(unpacked.end(), End::Broken, "{codec:?}");
            assert!(unpacked.size() > 1 << 20, "{codec:?}");
            assert_eq!(unpacked.head()[..99], content[..99], "{codec:?}");
            let some = Unpacked::new(Section::from(&source, 0), codec, 1000);
            assert_eq!((some.end(), some.size()), (End::Limit, 1000), "{codec:?}");
        }
    }
}
