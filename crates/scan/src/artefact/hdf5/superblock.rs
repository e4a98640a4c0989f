//! The superblock (II.A): where everything begins.

use super::{
    block::{File, Outcome, Trouble},
    fields::Fields,
};
use crate::bytes::{ReadAt, read_up_to};

/// The eight bytes that every superblock begins with.
pub(super) const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";
/// Bytes that hold any superblock.
const LENGTH: usize = 160;
/// How often the place of the signature doubles before it is beyond any file.
const DOUBLINGS: u32 = 54;

/// What the superblock says.
pub(super) struct Superblock<'a> {
    /// The file.
    pub(super) file: File<'a>,
    /// Where the superblock stands.
    pub(super) start: u64,
    /// The root group's header.
    pub(super) root: u64,
    /// The end of the file, as an offset in it.
    pub(super) end: u64,
    /// Where further settings stand.
    pub(super) extension: Option<u64>,
    /// Whether its parts may be in other files.
    pub(super) driver: bool,
}

/// Where the signature stands: at 0, 512, 1,024, 2,048 and so on. At most `tries` places are looked at.
pub(super) fn find(bytes: &dyn ReadAt, tries: u32) -> Option<u64> {
    let places = (0..tries.min(DOUBLINGS)).map(|power| match power.checked_sub(1) {
        None => 0,
        Some(power) => 512_u64.checked_shl(power).unwrap_or(u64::MAX),
    });
    places.take_while(|place| *place < bytes.size()).find(|place| {
        let mut head = [0; 8];
        matches!(read_up_to(bytes, *place, &mut head), Ok(8)) && head == SIGNATURE
    })
}

/// Reads the superblock at `start`.
pub(super) fn read(bytes: &dyn ReadAt, start: u64) -> Outcome<Superblock<'_>> {
    let raw = File::new(bytes, start, 8, 8).some(0, LENGTH)?;
    let mut fields = Fields::new(&raw);
    fields.take(SIGNATURE.len());
    let version = fields.byte();
    let known = match version {
        Some(0 | 1) => older(fields, version == Some(1), bytes, start),
        Some(2 | 3) => newer(fields, bytes, start),
        _ => return Err(Trouble::Broken(start, "a superblock of a version that is not known")),
    };
    known.ok_or(Trouble::Broken(start, "the superblock is too short, or has sizes that are none"))
}

/// Versions 0 and 1.
fn older<'a>(
    mut fields: Fields<'_>,
    one: bool,
    bytes: &'a dyn ReadAt,
    start: u64,
) -> Option<Superblock<'a>> {
    fields.take(4)?;
    let (offsets, lengths) = sizes(&mut fields)?;
    fields.take(if one { 13 } else { 9 })?;
    let base = fields.uint(offsets)?;
    fields.uint(offsets)?;
    let end = fields.uint(offsets)?;
    let driver = fields.uint(offsets)?;
    fields.uint(offsets)?;
    let root = fields.uint(offsets)?;
    let (file, end) = moved(File::new(bytes, start, offsets, lengths), base, end);
    let driver = !file.is_undefined(driver);
    Some(Superblock { file, start, root, end, extension: None, driver })
}

/// Versions 2 and 3.
fn newer<'a>(mut fields: Fields<'_>, bytes: &'a dyn ReadAt, start: u64) -> Option<Superblock<'a>> {
    let (offsets, lengths) = sizes(&mut fields)?;
    fields.byte()?;
    let base = fields.uint(offsets)?;
    let extension = fields.uint(offsets)?;
    let end = fields.uint(offsets)?;
    let root = fields.uint(offsets)?;
    let (file, end) = moved(File::new(bytes, start, offsets, lengths), base, end);
    let extension = (!file.is_undefined(extension)).then_some(extension);
    Some(Superblock { file, start, root, end, extension, driver: false })
}

/// A file whose addresses count from its superblock, and its end: where the superblock says that they count from another place, all
/// of the file was moved (II.A, "Base Address").
const fn moved(file: File<'_>, base: u64, end: u64) -> (File<'_>, u64) {
    let end = match file.base.checked_sub(base) {
        Some(later) => end.saturating_add(later),
        None => end.saturating_sub(base.saturating_sub(file.base)),
    };
    (file, end)
}

fn sizes(fields: &mut Fields<'_>) -> Option<(usize, usize)> {
    let usual = |size: &usize| matches!(size, 2 | 4 | 8);
    let offsets = usize::from(fields.byte()?);
    let lengths = usize::from(fields.byte()?);
    usual(&offsets).then_some(())?;
    usual(&lengths).then_some((offsets, lengths))
}
