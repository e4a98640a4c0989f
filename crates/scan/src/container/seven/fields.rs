//! Fields of the header, one after another.

/// What is left of a header, or of a part of it.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn word(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A number of one to nine bytes: leading ones of the first say how many follow.
    pub(super) fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        let more = first.leading_ones();
        let mut value = 0_u64;
        for index in 0..more {
            let byte = u64::from(self.byte()?);
            value |= byte.checked_shl(index.saturating_mul(8))?;
        }
        let mask = 0x7f_u8.checked_shr(more).unwrap_or(0);
        let high = u64::from(first & mask).checked_shl(more.saturating_mul(8)).unwrap_or(0);
        Some(value | high)
    }

    /// A number of things, which can't be more than `most`.
    pub(super) fn count(&mut self, most: u64) -> Option<usize> {
        self.number().filter(|count| *count <= most).and_then(|count| usize::try_from(count).ok())
    }

    /// One bit for each of `count` things.
    pub(super) fn bits(&mut self, count: usize) -> Option<Vec<bool>> {
        let bytes = self.take(count.div_ceil(8) as u64)?;
        let bit = |at: usize| {
            let byte = bytes.get(at / 8).copied().unwrap_or(0);
            byte & 0x80_u8.checked_shr(u32::try_from(at % 8).unwrap_or(0)).unwrap_or(0) != 0
        };
        Some((0..count).map(bit).collect())
    }

    /// Checksums of those of `count` streams that have one.
    pub(super) fn digests(&mut self, count: usize) -> Option<Vec<Option<u32>>> {
        let defined = if self.byte()? == 0 { self.bits(count)? } else { vec![true; count] };
        defined
            .into_iter()
            .map(|has| if has { self.word().map(Some) } else { Some(None) })
            .collect()
    }
}
