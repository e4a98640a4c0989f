//! One member of an archive.

use crate::{
    bytes::{ReadAt, Section},
    container::{Codec, Unpacked},
};

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
    /// How it is packed: 0 stored, 8 deflated.
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
    /// Deflated: unpacked as it is read.
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

    /// Its content, unpacked to at most `limit` bytes.
    #[must_use]
    pub fn content<'a>(&self, archive: &'a dyn ReadAt, limit: u64) -> Content<'a> {
        let section = Section::new(archive, self.data, self.packed);
        match self.method {
            0 => Content::Stored(section),
            8 => Content::Unpacked(Unpacked::new(section, Codec::Deflate, limit)),
            _ => Content::Opaque(section),
        }
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
