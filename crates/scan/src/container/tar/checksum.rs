//! Recognising a tar archive as Python's `tarfile` does: by the checksum of its first header. The word
//! `ustar` is no sign: the oldest layout has none.

/// Bytes of a header.
const HEADER: usize = 512;
/// Where the checksum stands, which is summed as if it were blanks.
const FIELD: std::ops::Range<usize> = 148..156;
/// Last byte that `tarfile` sums.
const SUMMED: usize = 500;

/// Whether a reader of tar archives accepts a file that begins with `head`.
#[must_use]
pub fn is_tar(head: &[u8]) -> bool {
    let (Some(header), Some(field)) = (head.get(..HEADER), head.get(FIELD)) else { return false };
    let Some(said) = number(field) else { return false };
    let blanks = i64::from(b' ').saturating_mul(8);
    let (summed, rest) = header.split_at_checked(SUMMED).unwrap_or_default();
    let (part, part_signed) = sums(summed);
    let (field, field_signed) = sums(field);
    let (rest, rest_signed) = sums(rest);
    // Old writers took bytes for signed, and `tarfile` leaves out the last twelve: any of these will do.
    let unsigned = part.saturating_sub(field).saturating_add(blanks);
    let signed = part_signed.saturating_sub(field_signed).saturating_add(blanks);
    let ends = [(unsigned, 0), (unsigned, rest), (signed, 0), (signed, rest_signed)];
    ends.iter().any(|(sum, rest)| said == sum.saturating_add(*rest))
}

/// Sums of bytes, which may be taken for signed.
fn sums(bytes: &[u8]) -> (i64, i64) {
    let fold = |sum: i64, byte: &u8| sum.saturating_add(i64::from(*byte));
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let sum = bytes.iter().fold(0, fold);
    (sum, sum.saturating_sub(i64::try_from(high).unwrap_or(0).saturating_mul(256)))
}

/// A number of a header: octal digits as Python's `int` reads them, or binary if its first byte says so.
pub(super) fn number(field: &[u8]) -> Option<i64> {
    if let [0x80 | 0xff, rest @ ..] = field {
        let fold = |sum: i64, byte: &u8| sum.checked_mul(256)?.checked_add((*byte).into());
        return rest.iter().try_fold(0, fold);
    }
    let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
    let text = std::str::from_utf8(text).ok()?.trim().trim_start_matches('+').replace('_', "");
    let digits = text.strip_prefix("0o").or_else(|| text.strip_prefix("0O")).unwrap_or(&text);
    i64::from_str_radix(digits, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::is_tar;

    /// A header without `ustar`, its checksum written by `write`.
    fn header(write: fn(u32) -> String) -> Vec<u8> {
        let mut header = vec![0; 512];
        header[..8].copy_from_slice(b"sys_info");
        header[148..156].copy_from_slice(b"        ");
        let sum = header.iter().map(|byte| u32::from(*byte)).sum();
        let field = write(sum);
        header[148..148 + field.len()].copy_from_slice(field.as_bytes());
        header
    }

    #[test]
    fn the_checksum_alone_makes_an_archive() {
        assert!(is_tar(&header(|sum| format!("{sum:06o}\0 "))));
        assert!(is_tar(&header(|sum| format!(" {sum:o} "))));
        assert!(is_tar(&header(|sum| format!("0o{sum:o}\0"))));
        assert!(!is_tar(&header(|sum| format!("{:06o}\0 ", sum + 1))));
        assert!(!is_tar(&[0; 512]));
        assert!(!is_tar(b"short"));
    }
}
