//! What an archive holds.

use super::header::Header;

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file with its data.
    File,
    /// A file with holes: its data is not what it unpacks to.
    Sparse,
    /// A folder.
    Folder,
    /// A second name of another member.
    Hard,
    /// A symbolic link.
    Symbolic,
    /// A device or a pipe.
    Device,
    /// A label, a part of another volume, or another thing without a file.
    Note,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its names: the second is what readers of another dialect see.
    pub names: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// What a link leads to.
    pub link: String,
    /// Where its header stands.
    pub header: u64,
    /// Where its data begins.
    pub data: u64,
    /// Bytes of data.
    pub size: u64,
}

impl Entry {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// An archive as it was found.
#[derive(Debug, Default)]
pub struct Archive {
    /// Members, in their order.
    pub entries: Vec<Entry>,
    /// What readers may disagree on, and where; none in an archive that an ordinary program wrote.
    pub problems: Vec<(u64, String)>,
    /// Where bytes begin that are neither a member nor the end.
    pub rest: Option<u64>,
    /// Whether all members were followed.
    pub whole: bool,
}

/// What the member of a header is; `sparse` as what stands before it says.
pub(super) fn kind(header: &Header, sparse: bool) -> Kind {
    match header.flag {
        0 if header.name.ends_with('/') => Kind::Folder,
        b'1' => Kind::Hard,
        b'2' => Kind::Symbolic,
        b'3' | b'4' | b'6' => Kind::Device,
        b'5' | b'D' => Kind::Folder,
        b'S' => Kind::Sparse,
        b'V' | b'M' | b'N' => Kind::Note,
        _ if sparse => Kind::Sparse,
        // Readers take what they don't know for a file.
        _ => Kind::File,
    }
}
