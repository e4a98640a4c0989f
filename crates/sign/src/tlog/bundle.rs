//! Bundles of entries: c2sp.org/tlog-tiles, "Log entries". Each entry is its length, as two bytes, the higher one first,
//! and its bytes.

use crate::tlog::TILE_WIDTH;

/// The longest entry, in bytes.
pub const MAX_ENTRY: usize = u16::MAX as usize;

/// The longest bundle, in bytes: 256 of the longest entries, some 16 MiB.
pub const MAX_BUNDLE: usize = TILE_WIDTH as usize * (2 + MAX_ENTRY);

/// Why entries and a bundle are not one another.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum BundleError {
    /// An entry longer than 65,535 bytes.
    #[error("an entry is longer than 65,535 bytes")]
    TooLong,
    /// More entries or fewer than the bundle has to have, or more than 256.
    #[error("the bundle has more entries or fewer than it should")]
    Count,
    /// An entry is cut short.
    #[error("the bundle ends within an entry")]
    Cut,
}

/// Appends an entry to a bundle.
///
/// # Errors
///
/// When the entry is too long; the bundle is unchanged then.
pub fn push(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong)?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The bundle of up to 256 entries.
///
/// # Errors
///
/// When an entry is too long or there are more.
pub fn encode<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, BundleError> {
    let mut bundle = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        if index >= usize::from(TILE_WIDTH) {
            return Err(BundleError::Count);
        }
        push(&mut bundle, entry)?;
    }
    Ok(bundle)
}

/// The entries of a bundle, which has exactly `width` of them.
///
/// # Errors
///
/// When it has more or fewer, or ends within one.
pub fn decode(bundle: &[u8], width: u16) -> Result<Vec<&[u8]>, BundleError> {
    if width > TILE_WIDTH {
        return Err(BundleError::Count);
    }
    let mut entries = Vec::with_capacity(width.into());
    let mut rest = bundle;
    while !rest.is_empty() {
        if entries.len() >= usize::from(width) {
            return Err(BundleError::Count);
        }
        let (length, after) = rest.split_first_chunk().ok_or(BundleError::Cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(BundleError::Cut)?;
        entries.push(entry);
        rest = after;
    }
    if entries.len() != usize::from(width) {
        return Err(BundleError::Count);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BundleError, decode, encode};

    #[test]
    fn writes_lengths_high_byte_first() {
        let long = vec![7; 258];
        let bundle = encode([b"ab".as_slice(), b"", &long]).unwrap();
        assert_eq!(bundle[..8], [0, 2, b'a', b'b', 0, 0, 1, 2]);
        assert_eq!(bundle.len(), 8 + 258);
    }

    #[test]
    fn refuses_more_fewer_and_cut_entries() {
        let bundle = encode([b"ab".as_slice(), b"c"]).unwrap();
        assert_eq!(decode(&bundle, 1), Err(BundleError::Count));
        assert_eq!(decode(&bundle, 3), Err(BundleError::Count));
        assert_eq!(decode(&bundle, 257), Err(BundleError::Count));
        for end in [1, 2, 3, 5, 6] {
            assert_eq!(decode(&bundle[..end], 2), Err(BundleError::Cut), "{end}");
        }
        assert_eq!(encode([vec![0; 65_536].as_slice()]), Err(BundleError::TooLong));
        assert_eq!(encode(vec![b"".as_slice(); 257]), Err(BundleError::Count));
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(
            entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20),
        ) {
            let bundle = encode(entries.iter().map(Vec::as_slice)).unwrap();
            prop_assert_eq!(decode(&bundle, entries.len().try_into().unwrap()).unwrap(), entries);
        }

        #[test]
        fn what_is_read_is_written_the_same(bytes: Vec<u8>, width in 0_u16..6) {
            if let Ok(entries) = decode(&bytes, width) {
                prop_assert_eq!(encode(entries).unwrap(), bytes);
            }
        }
    }
}
