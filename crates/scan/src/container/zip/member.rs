//! One member of an archive.

use crate::{
    bytes::{ReadAt, Section, read_exact_at},
    container::{Codec, Unpacked},
};

/// Bytes before a stream of LZMA in an archive: a version, the length of its properties, and these (APPNOTE 5.8.8).
const LZMA_HEADER: usize = 9;
/// The flag of a member whose stream of LZMA ends in a mark.
const ENDS_IN_MARK: u16 = 1 << 1;

/// A member, as the central directory describes it, or its own header if only that knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// Where its local header stands.
    pub header: u64,
    /// Where its data begins.
    pub data: u64,
    /// How many bytes its data has in the file.
    pub packed: u64,
    /// How many bytes it has unpacked.
    pub size: u64,
    /// How it is packed: 0 stored, 8 deflated, 12 bzip2, 14 LZMA, 93 zstd.
    pub method: u16,
    /// General-purpose flags.
    pub flags: u16,
    /// CRC-32 of its content.
    pub crc: u32,
    /// Whether it lies within what another member claims, or claims some of the same bytes.
    pub overlaps: bool,
}

/// What a member holds.
pub enum Content<'a> {
    /// Stored: read in place.
    Stored(Section<'a>),
    /// Packed: unpacked as it is read.
    Unpacked(Unpacked<'a>),
    /// Packed in a way that is not known; its raw bytes.
    Opaque(Section<'a>),
}

impl Member {
    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/') && self.size == 0 && self.packed == 0
    }

    /// How it is packed, if it is in a way that is read.
    #[must_use]
    pub fn codec(&self, archive: &dyn ReadAt) -> Option<Codec> {
        match self.method {
            8 => Some(Codec::Deflate),
            12 => Some(Codec::Bzip2),
            14 => self.lzma(archive),
            93 => Some(Codec::Zstd),
            _ => None,
        }
    }

    fn lzma(&self, archive: &dyn ReadAt) -> Option<Codec> {
        let mut header = [0; LZMA_HEADER];
        read_exact_at(archive, self.data, &mut header).ok()?;
        let [_, _, 5, 0, properties, dictionary @ ..] = header else { return None };
        let size = if self.flags & ENDS_IN_MARK == 0 { self.size } else { u64::MAX };
        let dictionary = u32::from_le_bytes(dictionary);
        Some(Codec::Lzma1 { properties, dictionary, size, x86: false })
    }

    /// Bytes of its data that stand before the packed stream.
    #[must_use]
    pub const fn before(&self) -> u64 {
        if self.method == 14 { LZMA_HEADER as u64 } else { 0 }
    }

    /// Its content, unpacked to at most `limit` bytes.
    #[must_use]
    pub fn content<'a>(&self, archive: &'a dyn ReadAt, limit: u64) -> Content<'a> {
        let section = Section::new(archive, self.data, self.packed);
        if self.method == 0 {
            return Content::Stored(section);
        }
        let Some(codec) = self.codec(archive) else { return Content::Opaque(section) };
        let before = self.before();
        let start = self.data.saturating_add(before);
        let section = Section::new(archive, start, self.packed.saturating_sub(before));
        Content::Unpacked(Unpacked::new(section, codec, limit))
    }
}

impl Content<'_> {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &dyn ReadAt {
        match self {
            Self::Stored(section) | Self::Opaque(section) => section,
            Self::Unpacked(unpacked) => unpacked,
        }
    }
}
