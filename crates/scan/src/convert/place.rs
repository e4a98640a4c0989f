//! Where bytes of tensors are: the file itself, a member of it, or text that was decoded.

use crate::{
    bytes::{ReadAt, SliceBytes},
    container::zip::{Content, Member},
};

/// Bytes that storages lie in.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// The file.
    File,
    /// A member of the archive that the file is.
    Member(Box<Member>),
    /// Bytes that stand in the file in another form.
    Held(Vec<u8>),
}

impl Place {
    /// Gives the bytes to `use_them`; a packed member is unpacked for that long.
    pub(super) fn with<T>(&self, file: &dyn ReadAt, use_them: impl FnOnce(&dyn ReadAt) -> T) -> T {
        match self {
            Self::File => use_them(file),
            Self::Held(bytes) => use_them(&SliceBytes(bytes)),
            Self::Member(member) => match member.content(file, member.size) {
                Content::Stored(section) | Content::Opaque(section) => use_them(&section),
                Content::Unpacked(unpacked) => use_them(&unpacked),
            },
        }
    }

    /// How many bytes there are.
    pub(super) fn size(&self, file: &dyn ReadAt) -> u64 {
        match self {
            Self::File => file.size(),
            Self::Held(bytes) => bytes.len() as u64,
            Self::Member(member) => member.size,
        }
    }
}
