//! How unpacking ended, and checksums.

use crate::bytes::ReadAt;

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

/// CRC-32 of all bytes; none if they can't be read.
#[must_use]
pub fn checksum(bytes: &dyn ReadAt) -> Option<u32> {
    let mut crc = flate2::Crc::new();
    let size = usize::try_from(bytes.size()).unwrap_or(usize::MAX);
    let mut chunk = vec![0; size.clamp(1, 1 << 16)];
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
