//! One header: 512 bytes of fields at fixed places (POSIX.1-1988 `ustar`, and GNU's use of it).

use super::checksum::number;

/// Bytes of a header, and of every unit of an archive.
pub(super) const BLOCK: u64 = 512;

/// Fields of a header.
pub(super) struct Header {
    /// Name, with its prefix where the dialect has one.
    pub(super) name: String,
    /// The name without the prefix, where readers disagree whether there is one.
    pub(super) other: Option<String>,
    /// What a link leads to.
    pub(super) link: String,
    /// Bytes of data; none if the field is no number, or below zero.
    pub(super) size: Option<u64>,
    /// What kind of member it is.
    pub(super) flag: u8,
    /// Whether headers that list the holes of a sparse member follow.
    pub(super) more: bool,
}

/// Reads the fields of a block.
pub(super) fn read(block: &[u8]) -> Header {
    let name = text(block, 0, 100);
    let prefix = text(block, 345, 155);
    let flag = block.get(156).copied().unwrap_or(0);
    let posix = block.get(257..263) == Some(b"ustar\0");
    let sparse = flag == b'S';
    let joined = format!("{prefix}/{name}");
    // Python joins a prefix whatever the dialect is, GNU's tar only where POSIX has one.
    let (name, other) = match (prefix.is_empty() || sparse, posix) {
        (true, _) => (name, None),
        (false, true) => (joined, None),
        (false, false) => (joined, Some(name)),
    };
    let size = block.get(124..136).and_then(number).and_then(|size| u64::try_from(size).ok());
    let below = block.get(124) == Some(&0xff);
    Header {
        name,
        other,
        link: text(block, 157, 100),
        size: size.filter(|_| !below),
        flag,
        more: sparse && block.get(482).is_some_and(|more| *more != 0),
    }
}

/// A field of text, up to its first NUL.
fn text(block: &[u8], start: usize, length: usize) -> String {
    let field = block.get(start..start.saturating_add(length)).unwrap_or_default();
    let field = field.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(field).into_owned()
}
