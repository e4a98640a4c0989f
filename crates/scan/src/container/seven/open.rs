//! From the first bytes to the header, which may be packed itself.

use super::{
    fields::Fields,
    files::{self, Member},
    streams::{self, Content, Stream},
};
use crate::{
    bytes::{ReadAt, Section, read_up_to},
    container::checksum,
};

/// How an archive begins.
pub const MAGIC: &[u8] = b"7z\xbc\xaf\x27\x1c";
/// Bytes of a header.
const MAX_HEADER: u64 = 8 << 20;
/// Headers packed in headers.
const MAX_PACKED: usize = 4;

/// An archive.
#[derive(Debug, Default)]
pub struct Archive {
    /// Its streams.
    pub streams: Vec<Stream>,
    /// Its files. Those with data are the parts of the streams, in their order.
    pub members: Vec<Member>,
    /// The bytes behind its header begin here.
    pub end: u64,
}

/// Reads the header.
///
/// # Errors
/// What is wrong with it; true if it is only more than is read.
pub fn open(bytes: &dyn ReadAt) -> Result<Archive, (bool, &'static str)> {
    let mut start = [0; 32];
    if !matches!(read_up_to(bytes, 0, &mut start), Ok(32)) {
        return Err((false, "the file ends before its header"));
    }
    let mut fields = Fields(start.get(8..).unwrap_or_default());
    let mut next = || fields.take(8).and_then(|bytes| bytes.try_into().ok());
    let crc = u32::from_le_bytes(next().map_or([0; 4], |[a, b, c, d, ..]: [u8; 8]| [a, b, c, d]));
    let numbers = Section::new(bytes, 12, 20);
    if checksum(&numbers) != Some(crc) {
        return Err((false, "the checksum of the first bytes is wrong"));
    }
    let mut place = Fields(start.get(12..).unwrap_or_default());
    let mut long = || place.take(8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
    let (Some(offset), Some(size)) = (long(), long()) else {
        return Err((false, "the file ends before its header"));
    };
    let crc = place.word();
    let begin = offset.saturating_add(32);
    let end = begin.saturating_add(size);
    if end > bytes.size() {
        return Err((false, "the header lies beyond the file"));
    }
    if size == 0 {
        return Ok(Archive { end, ..Archive::default() });
    }
    let header = Section::new(bytes, begin, size);
    if size <= MAX_HEADER && checksum(&header) != crc {
        return Err((false, "the checksum of the header is wrong"));
    }
    let archive = header_of(whole(&header)?, bytes)?;
    Ok(Archive { end, ..archive })
}

/// All bytes of a header.
fn whole(header: &dyn ReadAt) -> Result<Vec<u8>, (bool, &'static str)> {
    if header.size() > MAX_HEADER {
        return Err((true, "it is more than 8 MiB"));
    }
    let mut content = vec![0; usize::try_from(header.size()).unwrap_or(0)];
    let read = read_up_to(header, 0, &mut content).unwrap_or(0);
    content.truncate(read);
    Ok(content)
}

fn header_of(mut header: Vec<u8>, bytes: &dyn ReadAt) -> Result<Archive, (bool, &'static str)> {
    const BROKEN: (bool, &str) = (false, "the header can't be read on");
    for _ in 0..MAX_PACKED {
        let mut fields = Fields(&header);
        match fields.number() {
            Some(1) => return contents(&mut fields, bytes.size()).ok_or(BROKEN),
            Some(0x17) => {}
            _ => return Err(BROKEN),
        }
        let packed = streams::read(&mut fields, bytes.size()).ok_or(BROKEN)?;
        let [stream] = packed.as_slice() else { return Err(BROKEN) };
        let content = stream.content(bytes, MAX_HEADER);
        header = match &content {
            Some(Content::Stored(section)) => whole(section)?,
            Some(Content::Unpacked(unpacked)) if stream.size <= MAX_HEADER => whole(unpacked)?,
            _ => return Err((true, "it is packed in a way that is not read, or too long")),
        };
        if header.len() as u64 != stream.size {
            return Err((false, "the header does not unpack to what it is said to"));
        }
    }
    Err((true, "it is packed too often"))
}

fn contents(fields: &mut Fields<'_>, size: u64) -> Option<Archive> {
    let mut archive = Archive::default();
    loop {
        match fields.number()? {
            0 => break,
            // Properties of the archive: each an id, a length, and bytes.
            2 => {
                while fields.number()? != 0 {
                    let length = fields.number()?;
                    fields.take(length)?;
                }
            }
            3 => drop(streams::read(fields, size)?),
            4 => archive.streams = streams::read(fields, size)?,
            5 => archive.members = files::read(fields)?,
            _ => return None,
        }
    }
    let parts = archive.streams.iter().map(|stream| stream.parts.len()).sum::<usize>();
    let data = archive.members.iter().filter(|member| member.data).count();
    (parts == data).then_some(archive)
}
